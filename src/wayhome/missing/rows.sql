-- Missing: the standard policy, and tables that staff of a home do not see: what the child told an independent
-- interviewer may be about the home, and so may be why they were not heard in time, or what one colleague writes to the
-- next. They see from the episode's milestones that the child was heard.
-- Who sees the child only because they reported them missing, or screen a worry, sees what that needs: not what the child
-- told anyone, nor what others made of it. That it was done they see from the episode's milestones.
CALL access_protect('missing_episode', 'person_id');
CALL access_protect('missing_report', 'person_id');
CALL access_protect('missing_returncorrection', 'person_id');
CALL access_protect('missing_riskjudgement', 'person_id');
CALL access_protect('missing_safeandwellcheck', 'person_id', '{home_staff}', not_by => '{report,referral}');
CALL access_protect('missing_interviewoffer', 'person_id', '{home_staff}', not_by => '{report,referral}');
CALL access_protect('missing_returninterview', 'person_id', '{home_staff}', not_by => '{report,referral}');
CALL access_protect('missing_analysis', 'person_id', '{home_staff}', not_by => '{report,referral}');
CALL access_protect('missing_chosenfact', 'person_id');
CALL access_protect('missing_breachreason', 'person_id', '{home_staff}', not_by => '{report,referral}');
CALL access_protect('missing_handoveritem', 'person_id', '{home_staff}');
CALL access_protect('missing_dutyanswer', 'person_id', '{home_staff}', not_by => '{report,referral}');
CALL access_protect('missing_mark', 'person_id', '{home_staff}', not_by => '{report,referral}');
CALL access_protect('missing_substancescreen', 'person_id', '{home_staff}', not_by => '{report,referral}');
CALL access_protect('missing_triggerhit', 'person_id', '{home_staff}', not_by => '{report,referral}');
CALL access_protect('missing_seminarinvitation', 'person_id', '{home_staff}', not_by => '{report,referral}');

-- Nor do they judge the risk, choose between sources or hand the work over.
DO $$
DECLARE
    judged text;
BEGIN
    FOREACH judged IN ARRAY '{missing_riskjudgement,missing_chosenfact,missing_handoveritem}'::text[] LOOP
        CALL access_replace_policy(judged, 'not_added_by_a_report_alone', format($policy$AS RESTRICTIVE FOR INSERT
            TO wayhome_app WITH CHECK (EXISTS (SELECT FROM access_grant g
                                               WHERE g.person_id = %1$I.person_id
                                                   AND g.basis NOT IN ('report', 'referral')))$policy$,
            judged));
        CALL access_replace_policy(judged, 'not_changed_by_a_report_alone', format($policy$AS RESTRICTIVE FOR UPDATE
            TO wayhome_app USING (EXISTS (SELECT FROM access_grant g
                                          WHERE g.person_id = %1$I.person_id
                                              AND g.basis NOT IN ('report', 'referral')))$policy$, judged));
    END LOOP;
END $$;

-- What is written about an episode is about its child: no row goes under the episode of another, seen or hidden.
DO $$
DECLARE
    written text;
BEGIN
    FOREACH written IN ARRAY '{missing_report,missing_returncorrection,missing_riskjudgement,
                               missing_safeandwellcheck,missing_interviewoffer,missing_returninterview,
                               missing_analysis,missing_chosenfact,missing_breachreason,missing_handoveritem,
                               missing_dutyanswer,missing_substancescreen,missing_triggerhit,
                               missing_seminarinvitation}'::text[] LOOP
        CALL access_replace_policy(written, 'of_the_same_child', format($policy$AS RESTRICTIVE TO wayhome_app
            USING (true) WITH CHECK (EXISTS (SELECT FROM missing_episode e
                                             WHERE e.id = %1$I.episode_id AND e.person_id = %1$I.person_id))$policy$,
            written));
    END LOOP;
END $$;

CALL access_replace_policy('missing_mark', 'of_the_same_child', 'AS RESTRICTIVE TO wayhome_app
    USING (true) WITH CHECK (EXISTS (SELECT FROM missing_returninterview i
                                     WHERE i.id = missing_mark.interview_id AND i.person_id = missing_mark.person_id))');

-- What reached us about a child not named yet is for those who find out who it is; whoever wrote a notification down
-- keeps sight of what they wrote. Nobody points one at a child they do not see.
CALL access_replace_policy('missing_notification', 'told_of_the_child_or_nobody_named', 'FOR SELECT TO wayhome_app
    USING (recorded_by_id = (SELECT access_user())
           OR CASE WHEN person_id IS NULL
                   THEN (SELECT access_scopes() && ''{police_desk,coordinator}''::text[])
                   ELSE EXISTS (SELECT FROM access_grant g WHERE g.person_id = missing_notification.person_id) END)');
CALL access_replace_policy('missing_notification', 'written_down_by_oneself', 'FOR INSERT TO wayhome_app
    WITH CHECK (recorded_by_id = (SELECT access_user())
                AND (person_id IS NULL
                     OR EXISTS (SELECT FROM access_grant g WHERE g.person_id = missing_notification.person_id)))');
CALL access_replace_policy('missing_notification', 'decided_by_who_sees_the_child', 'FOR UPDATE TO wayhome_app
    USING ((SELECT access_scopes() && ''{police_desk,coordinator}''::text[])
           AND (person_id IS NULL
                OR EXISTS (SELECT FROM access_grant g WHERE g.person_id = missing_notification.person_id)))
    WITH CHECK (person_id IS NULL
                OR EXISTS (SELECT FROM access_grant g WHERE g.person_id = missing_notification.person_id))');
-- A function, because a policy of a table cannot ask the table itself. It tells of none that the viewer does not see.
CREATE OR REPLACE FUNCTION missing_may_repeat(first uuid, person uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM missing_notification n
        WHERE n.id = first AND (n.person_id IS NULL OR person IS NULL OR n.person_id = person)
            AND (n.recorded_by_id = access_user() OR CASE WHEN n.person_id IS NULL
                 THEN access_scopes() && '{police_desk,coordinator}' ELSE access_sees(n.person_id) END))
$$;
ALTER FUNCTION missing_may_repeat(uuid, uuid) OWNER TO wayhome_definer;
CALL access_open_to_definer('missing_notification');
CALL access_replace_policy('missing_notification', 'repeats_one_of_the_same_child', 'AS RESTRICTIVE TO wayhome_app
    USING (true) WITH CHECK (repeats_id IS NULL OR missing_may_repeat(repeats_id, person_id))');
CALL access_replace_policy('missing_notification', 'works_by_itself', 'TO wayhome_worker USING (true)');
-- What was told is never changed: only what becomes of it.
GRANT SELECT, INSERT, UPDATE (person_id, episode_id, outcome, outcome_reason, repeats_id, decided_at, decided_by_id)
    ON missing_notification TO wayhome_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON missing_notification TO wayhome_worker;

-- How complete, how quick and how right the notifications of each source are (rules/accuracy.py says what each is of).
-- It looks with the eyes of whoever calls it. Half and nine in ten are by nearest rank: no time is made up.
-- What was written or decided after `cut` is not known yet.
DROP FUNCTION IF EXISTS missing_seen_accuracy(timestamptz, timestamptz);
CREATE OR REPLACE FUNCTION missing_seen_accuracy(since timestamptz, until timestamptz,
                                                 cut timestamptz DEFAULT 'infinity')
RETURNS TABLE (source text, received bigint, repeated bigint, complete bigint,
               noticed_told bigint, noticed_half interval, noticed_most interval,
               reported_told bigint, reported_half interval, reported_most interval,
               decided bigint, not_missing bigint, of_an_episode bigint, set_aside bigint)
LANGUAGE sql STABLE AS $$
    WITH told AS (
        SELECT n.source, known.outcome = 'repeated' AS is_repeat, known.outcome IN ('opened', 'added') AS counts,
            known.outcome IN ('waiting', 'repeated') AS is_open,
            (n.person_id IS NOT NULL AND (cut = 'infinity' OR known.outcome <> 'waiting') OR n.number_told <> '' OR n.name_told <> '' AND n.born_told <> '')
                AND n.last_seen_at IS NOT NULL AND n.last_seen_place <> '' AND n.reported_at IS NOT NULL
                AND n.circumstances <> '' AND n.told_by <> '' AND n.contact <> '' AS is_complete,
            CASE WHEN n.noticed_at <= n.reported_at THEN n.reported_at - n.noticed_at END AS to_report,
            CASE WHEN n.reported_at <= n.received_at THEN n.received_at - n.reported_at END AS to_receive,
            known.outcome = 'not_missing'
                OR coalesce(e.cancelled_at < cut AND e.merged_into_id IS NULL, false) AS was_not_missing,
            EXISTS (
                SELECT FROM missing_report r
                CROSS JOIN LATERAL (
                    SELECT DISTINCT ON (c.fact) c.fact, c.report_id FROM missing_chosenfact c
                    WHERE c.episode_id = r.episode_id AND c.fact IN ('last_seen_at', 'noticed_at')
                        AND c.chosen_at < cut
                    ORDER BY c.fact, c.chosen_at DESC, c.id DESC) latest
                JOIN missing_report chosen ON chosen.id = latest.report_id
                WHERE r.episode_id = n.episode_id AND r.notification_id = n.id AND chosen.id <> r.id
                    AND CASE latest.fact WHEN 'last_seen_at' THEN chosen.last_seen_at <> r.last_seen_at
                        ELSE r.noticed_at IS NOT NULL AND chosen.noticed_at IS DISTINCT FROM r.noticed_at END
            ) AS was_set_aside
        FROM missing_notification n LEFT JOIN missing_episode e ON e.id = n.episode_id
        CROSS JOIN LATERAL (
            SELECT CASE WHEN n.decided_at < cut THEN n.outcome ELSE 'waiting' END AS outcome) known
        WHERE n.received_at >= since AND n.received_at < until AND n.recorded_at < cut)
    SELECT source, count(*), count(*) FILTER (WHERE is_repeat), count(*) FILTER (WHERE NOT is_repeat AND is_complete),
        count(to_report) FILTER (WHERE NOT is_repeat),
        percentile_disc(0.5) WITHIN GROUP (ORDER BY to_report) FILTER (WHERE NOT is_repeat),
        percentile_disc(0.9) WITHIN GROUP (ORDER BY to_report) FILTER (WHERE NOT is_repeat),
        count(to_receive) FILTER (WHERE NOT is_repeat),
        percentile_disc(0.5) WITHIN GROUP (ORDER BY to_receive) FILTER (WHERE NOT is_repeat),
        percentile_disc(0.9) WITHIN GROUP (ORDER BY to_receive) FILTER (WHERE NOT is_repeat),
        count(*) FILTER (WHERE NOT is_open), count(*) FILTER (WHERE NOT is_open AND was_not_missing),
        count(*) FILTER (WHERE counts), count(*) FILTER (WHERE counts AND was_set_aside)
    FROM told GROUP BY source ORDER BY source
$$;

-- A handover is between colleagues of a team, and coordinators see that one waits. Its items are about children, and
-- each is seen by who sees the child.
CALL access_replace_policy('missing_handover', 'of_ones_own_team', 'TO wayhome_app
    USING (made_by_id = (SELECT access_user()) OR to_user_id = (SELECT access_user())
           OR team_id = ANY ((SELECT access_holders())::uuid[])
           OR (SELECT access_scopes() && ''{coordinator}''::text[]))
    WITH CHECK (made_by_id = (SELECT access_user()) AND team_id = ANY ((SELECT access_holders())::uuid[]))');
CALL access_replace_policy('missing_handover', 'works_by_itself', 'TO wayhome_worker USING (true)');
GRANT SELECT (id, team_id, made_at, made_by_id, to_user_id), INSERT ON missing_handover TO wayhome_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON missing_handover TO wayhome_worker;
CALL access_open_to_definer('missing_handover');
CALL access_open_to_definer('missing_handoveritem');
-- The note about all of it may name any of the children: it is read by who sees each of them, and by nobody else.
CREATE OR REPLACE FUNCTION missing_handover_notes(asked uuid[]) RETURNS TABLE (handover uuid, note text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT h.id, h.note FROM missing_handover h
    WHERE h.id = ANY (asked) AND h.note <> '' AND NOT access_scopes() && '{home_staff}'
        AND (h.made_by_id = access_user() OR h.to_user_id = access_user() OR h.team_id = ANY (access_holders())
             OR access_scopes() && '{coordinator}')
        AND EXISTS (SELECT FROM missing_handoveritem i WHERE i.handover_id = h.id)
        AND NOT EXISTS (SELECT FROM missing_handoveritem i
                        WHERE i.handover_id = h.id AND NOT access_sees(i.person_id))
$$;
ALTER FUNCTION missing_handover_notes(uuid[]) OWNER TO wayhome_definer;
-- An item goes under a handover of one's own, and is taken over; nothing else of it changes.
CALL access_replace_policy('missing_handoveritem', 'under_ones_own_handover', 'AS RESTRICTIVE FOR INSERT TO wayhome_app
    WITH CHECK (EXISTS (SELECT FROM missing_handover h
                        WHERE h.id = handover_id AND h.made_by_id = (SELECT access_user())))');
REVOKE UPDATE ON missing_handoveritem FROM wayhome_app;
GRANT UPDATE (acknowledged_at, acknowledged_by_id) ON missing_handoveritem TO wayhome_app;

-- When a seminar is and where: no child is in here. Who comes is in the invitations.
CALL access_replace_policy('missing_seminar', 'open_to_who_signs_in', 'FOR SELECT TO wayhome_app
    USING ((SELECT access_user()) IS NOT NULL)');
CALL access_replace_policy('missing_seminar', 'planned', 'FOR INSERT TO wayhome_app
    WITH CHECK ((SELECT access_scopes() && ''{coordinator,return_interviewer}''::text[]))');
-- Whether anybody came, also one whom the viewer does not see: one who came was there, so it was held. Says not who.
CREATE OR REPLACE FUNCTION missing_somebody_came(held uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM missing_seminarinvitation i WHERE i.seminar_id = held AND i.attended)
        AND access_scopes() && '{coordinator,return_interviewer}'
$$;
ALTER FUNCTION missing_somebody_came(uuid) OWNER TO wayhome_definer;
CALL access_open_to_definer('missing_seminarinvitation');
CALL access_replace_policy('missing_seminar', 'changed', 'FOR UPDATE TO wayhome_app
    USING ((SELECT access_scopes() && ''{coordinator,return_interviewer}''::text[]))
    WITH CHECK (cancelled_at IS NULL OR NOT missing_somebody_came(id))');
CALL access_replace_policy('missing_seminar', 'works_by_itself', 'TO wayhome_worker USING (true)');
GRANT SELECT, INSERT, UPDATE ON missing_seminar TO wayhome_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON missing_seminar TO wayhome_worker;

-- A report about a child who was made known by it, and who may be one whose record is restricted. The table is open to
-- nobody: it would say who is restricted.
CALL access_replace_policy('missing_possiblematch', 'works_by_itself', 'TO wayhome_worker USING (true)');
GRANT SELECT, INSERT, UPDATE, DELETE ON missing_possiblematch TO wayhome_worker;
CALL access_open_to_definer('missing_possiblematch', 'SELECT, INSERT');
CALL access_open_to_definer('missing_episode');

-- Notes whom the child of an episode may be, if they are restricted: the same words in the name and the same birth
-- date, or the same number. Says nothing to who reports.
CREATE OR REPLACE FUNCTION missing_notice_restricted(reported uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO missing_possiblematch (id, episode_id, person_id, noticed_at)
    SELECT gen_random_uuid(), e.id, hidden.id, now()
    FROM missing_episode e JOIN people_person child ON child.id = e.person_id
    CROSS JOIN access_restriction r JOIN people_person hidden ON hidden.id = r.person_id
    WHERE e.id = reported AND access_sees(e.person_id) AND r.lifted_at IS NULL AND hidden.id <> child.id AND (
        hidden.date_of_birth = child.date_of_birth
        AND hidden.birth_precision = 'day' AND child.birth_precision = 'day'
        AND ARRAY(SELECT people_words(hidden.given_name || ' ' || hidden.family_name) ORDER BY 1)
            = ARRAY(SELECT people_words(child.given_name || ' ' || child.family_name) ORDER BY 1)
        OR EXISTS (
            SELECT FROM people_identifier theirs JOIN people_identifier ours USING (type, value, issuer)
            WHERE theirs.person_id = hidden.id AND ours.person_id = child.id
                AND theirs.valid_to IS NULL AND ours.valid_to IS NULL AND theirs.value !~ '^UN[1-5]$'))
    ON CONFLICT DO NOTHING
$$;
ALTER FUNCTION missing_notice_restricted(uuid) OWNER TO wayhome_definer;

-- What is noticed and not over: with the restricted child, to those who see them; with the episode, to coordinators
-- who see it. Neither learns the other side.
CREATE OR REPLACE FUNCTION missing_possible_matches()
RETURNS TABLE (noticed timestamptz, episode uuid, restricted uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    -- The episode of the report, or the one it was merged into, and so on.
    WITH RECURSIVE told AS (
        SELECT id AS match, episode_id FROM missing_possiblematch
        UNION
        SELECT t.match, e.merged_into_id FROM told t JOIN missing_episode e ON e.id = t.episode_id
        WHERE e.merged_into_id IS NOT NULL
    )
    SELECT m.noticed_at,
        CASE WHEN access_sees(e.person_id) AND 'coordinator' = ANY (access_scopes()) THEN e.id END,
        CASE WHEN access_sees(m.person_id) THEN m.person_id END
    FROM missing_possiblematch m JOIN told t ON t.match = m.id JOIN missing_episode e ON e.id = t.episode_id
    WHERE e.closed_at IS NULL AND e.cancelled_at IS NULL AND access_is_restricted(m.person_id)
        AND (access_sees(m.person_id) OR access_sees(e.person_id) AND 'coordinator' = ANY (access_scopes()))
    ORDER BY 1
$$;
ALTER FUNCTION missing_possible_matches() OWNER TO wayhome_definer;

-- Nothing of the kept-current part of a missing pack is shown to the police before a report: what a child likes to wear,
-- what they look like and where their friends live is no matter of theirs until the child is missing. It
-- closes when the child is back.
DO $$
DECLARE
    kept text;
BEGIN
    FOREACH kept IN ARRAY '{people_description,people_knownplace,people_photo}'::text[] LOOP
        CALL access_replace_policy(kept, 'to_the_police_with_a_report', format($policy$AS RESTRICTIVE FOR SELECT
            TO wayhome_app USING (NOT (SELECT access_scopes() && '{police_desk}')
                OR (SELECT access_scopes() && '{practitioner,coordinator,home_staff}')
                OR EXISTS (SELECT FROM missing_episode e WHERE e.person_id = %1$I.person_id
                           AND e.returned_at IS NULL AND e.cancelled_at IS NULL))$policy$, kept));
    END LOOP;
END $$;
