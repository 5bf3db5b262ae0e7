-- Measures. What is counted is said once, in functions that look with the eyes of whoever calls them; those who see no
-- child are given the counts of all children by functions that look past the policies, and by nothing else.
CALL access_open_to_definer('missing_episode');
CALL access_open_to_definer('missing_safeandwellcheck');
CALL access_open_to_definer('missing_returninterview');
CALL access_open_to_definer('missing_report');
CALL access_open_to_definer('missing_chosenfact');

-- From the start of the first of some months to the end of the last. No SQL function: PostgreSQL makes one plan of those
-- that call each other only as long as nothing handed to them is a query.
CREATE OR REPLACE FUNCTION insight_span(months date[]) RETURNS tstzrange LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN (SELECT tstzrange(min(m)::timestamp AT TIME ZONE 'Europe/London',
                             (max(m) + interval '1 month') AT TIME ZONE 'Europe/London') FROM unnest(months) m);
END $$;

-- The episodes that began in a time, as its caller sees them. The application goes from its own grants to the children
-- and their episodes: the policy lets the same rows through, but would be asked of every episode of the time, and most
-- are of children hidden from the viewer. It is asked of these all the same. Who is not held by grants gets the second
-- part; of the two, the other is never begun.
CREATE OR REPLACE FUNCTION insight_begun(since timestamptz, until timestamptz) RETURNS SETOF missing_episode
LANGUAGE sql STABLE AS $$
    SELECT e.* FROM missing_episode e
    WHERE current_user = 'wayhome_app' AND e.last_seen_at >= since AND e.last_seen_at < until
        AND e.person_id = ANY (ARRAY(SELECT DISTINCT g.person_id FROM access_grant g))
    UNION ALL
    SELECT e.* FROM missing_episode e
    WHERE current_user <> 'wayhome_app' AND e.last_seen_at >= since AND e.last_seen_at < until
$$;

-- By whole months of one collection year (1 April to 31 March, named after the year in which it ends). The row without
-- a month is the whole year. What was written after `cut` is not counted. Returned are those who are back alive, of an
-- episode that did not come as history: nothing is asked of any other.
CREATE OR REPLACE FUNCTION insight_seen_year(ends_in integer, interview_hours integer, cut timestamptz)
RETURNS TABLE (month date, episodes bigint, children bigint, returned bigint, settled bigint, offered bigint,
               accepted bigint, held bigint, held_in_time bigint, declined_child bigint, declined_parent bigint,
               not_reached bigint, not_offered bigint)
LANGUAGE sql STABLE AS $$
    SELECT date_trunc('month', e.last_seen_at AT TIME ZONE 'Europe/London')::date,
           count(*), count(DISTINCT e.person_id),
           count(*) FILTER (WHERE e.returned_at < cut AND e.return_method <> 'DECEASED' AND NOT e.is_history),
           count(*) FILTER (WHERE e.interview_settled_at < cut),
           count(*) FILTER (WHERE e.interview_settled_at < cut AND e.interview_offered_at < cut),
           count(*) FILTER (WHERE e.interview_settled_at < cut AND e.interview_accepted_at < cut),
           count(*) FILTER (WHERE e.interview_settled_at < cut AND e.interview_held_at < cut),
           count(*) FILTER (WHERE e.interview_settled_at < cut AND e.interview_held_at < cut
                           AND e.interview_held_at <= e.returned_at + interview_hours * interval '1 hour'),
           count(*) FILTER (WHERE e.interview_settled_at < cut AND e.interview_outcome = 'declined_child'),
           count(*) FILTER (WHERE e.interview_settled_at < cut AND e.interview_outcome = 'declined_parent'),
           count(*) FILTER (WHERE e.interview_settled_at < cut AND e.interview_outcome = 'not_contactable'),
           count(*) FILTER (WHERE e.interview_settled_at < cut AND e.interview_outcome = 'not_offered')
    FROM insight_begun(make_timestamp(ends_in - 1, 4, 1, 0, 0, 0) AT TIME ZONE 'Europe/London',
                       make_timestamp(ends_in, 4, 1, 0, 0, 0) AT TIME ZONE 'Europe/London') e
    WHERE (e.cancelled_at IS NULL OR e.cancelled_at >= cut)
      AND e.recorded_at < cut AND e.last_seen_at < cut
    GROUP BY GROUPING SETS ((1), ())
    ORDER BY 1 NULLS LAST
$$;

-- The episodes that began in some months, each with what a measure asks of it. Each month has its own cut: what was
-- written or happened later is not known yet. Returned are those who are back alive, of an episode that did not come as
-- history: of no other is anything asked here, and whether it was done elsewhere nobody told.
CREATE OR REPLACE FUNCTION insight_episodes(months date[], cuts timestamptz[], interview_hours integer,
                                            safe_hours integer, repeat_days integer)
RETURNS TABLE (month date, episode uuid, person uuid, recorded_at timestamptz, is_repeat boolean, is_first boolean,
               is_returned boolean, is_offered boolean, is_accepted boolean, is_held boolean,
               is_held_in_time boolean, is_seen boolean, is_seen_in_time boolean)
LANGUAGE sql STABLE AS $$
    SELECT asked.month, e.id, e.person_id, e.recorded_at,
           coalesce(earlier.last_seen_at >= e.last_seen_at - repeat_days * interval '1 day', false),
           earlier.last_seen_at IS NULL,
           back.alive,
           back.alive AND coalesce(e.interview_offered_at < asked.cut, false),
           back.alive AND coalesce(e.interview_offered_at < asked.cut AND e.interview_accepted_at < asked.cut, false),
           back.heard,
           back.heard AND e.interview_held_at <= e.returned_at + interview_hours * interval '1 hour',
           back.seen,
           back.seen AND e.safe_and_well_at <= e.returned_at + safe_hours * interval '1 hour'
    FROM insight_begun(lower(insight_span(months)), upper(insight_span(months))) e
    JOIN unnest(months, cuts) AS asked (month, cut)
        ON asked.month = date_trunc('month', e.last_seen_at AT TIME ZONE 'Europe/London')::date
    LEFT JOIN LATERAL (
        SELECT before.last_seen_at FROM missing_episode before
        WHERE before.person_id = e.person_id AND before.last_seen_at < e.last_seen_at
            AND before.recorded_at < asked.cut AND (before.cancelled_at IS NULL OR before.cancelled_at >= asked.cut)
        ORDER BY before.last_seen_at DESC LIMIT 1) earlier ON true
    CROSS JOIN LATERAL (
        SELECT coalesce(e.returned_at < asked.cut AND e.return_method <> 'DECEASED' AND NOT e.is_history, false)
            AS alive) returned
    CROSS JOIN LATERAL (
        SELECT returned.alive,
            returned.alive AND coalesce(e.interview_settled_at < asked.cut AND e.interview_held_at < asked.cut
                AND e.interview_offered_at < asked.cut AND e.interview_accepted_at < asked.cut, false) AS heard,
            returned.alive AND coalesce(e.safe_and_well_at < asked.cut, false) AND NOT EXISTS (
                SELECT FROM missing_safeandwellcheck c
                WHERE c.episode_id = e.id AND c.outcome = 'no_further_try') AS seen
        OFFSET 0) back
    WHERE e.last_seen_at < asked.cut AND e.recorded_at < asked.cut
        AND (e.cancelled_at IS NULL OR e.cancelled_at >= asked.cut)
$$;

CREATE OR REPLACE FUNCTION insight_seen_months(months date[], cuts timestamptz[], interview_hours integer,
                                               safe_hours integer, repeat_days integer)
RETURNS TABLE (month date, episodes bigint, children bigint, repeat bigint, first_time bigint, returned bigint,
               offered bigint, accepted bigint, held bigint, held_in_time bigint, seen bigint, seen_in_time bigint,
               facts_until timestamptz)
LANGUAGE sql STABLE AS $$
    SELECT month, count(*), count(DISTINCT person), count(*) FILTER (WHERE is_repeat),
           count(*) FILTER (WHERE is_first), count(*) FILTER (WHERE is_returned), count(*) FILTER (WHERE is_offered),
           count(*) FILTER (WHERE is_accepted), count(*) FILTER (WHERE is_held),
           count(*) FILTER (WHERE is_held_in_time), count(*) FILTER (WHERE is_seen),
           count(*) FILTER (WHERE is_seen_in_time), max(recorded_at)
    FROM insight_episodes(months, cuts, interview_hours, safe_hours, repeat_days)
    GROUP BY month ORDER BY month
$$;

-- Reasons given in the interviews of a month's episodes. A child may give several, so they do not add up. The row
-- without a code is how many interviews were held.
CREATE OR REPLACE FUNCTION insight_seen_reasons(months date[], cut timestamptz)
RETURNS TABLE (month date, kind text, code text, times bigint)
LANGUAGE sql STABLE AS $$
    WITH heard AS MATERIALIZED (
        SELECT asked.month, i.push_reasons, i.pull_reasons
        FROM insight_begun(lower(insight_span(months)), upper(insight_span(months))) e
        JOIN unnest(months) AS asked (month)
            ON asked.month = date_trunc('month', e.last_seen_at AT TIME ZONE 'Europe/London')::date
        JOIN missing_returninterview i ON i.episode_id = e.id
        WHERE i.held_at < cut AND i.settled_at < cut AND e.recorded_at < cut
            AND (e.cancelled_at IS NULL OR e.cancelled_at >= cut))
    SELECT month, '', '', count(*) FROM heard GROUP BY month
    UNION ALL SELECT month, 'push', code, count(*) FROM heard, unnest(push_reasons) code GROUP BY month, code
    UNION ALL SELECT month, 'pull', code, count(*) FROM heard, unnest(pull_reasons) code GROUP BY month, code
$$;

-- ── For those who see no child: all children, whole months, as it was when the present month began ────────────
-- By the database's own clock: two looks a minute apart would otherwise differ by the one child about whom something
-- was written in between.
CREATE OR REPLACE FUNCTION insight_cut() RETURNS timestamptz LANGUAGE sql STABLE AS
    $$ SELECT date_trunc('month', now() AT TIME ZONE 'Europe/London') AT TIME ZONE 'Europe/London' $$;

CREATE OR REPLACE FUNCTION insight_sees_counts_only() RETURNS boolean LANGUAGE sql STABLE AS
    $$ SELECT access_scopes() && '{analyst,strategic_lead}' $$;

CREATE OR REPLACE FUNCTION insight_year(ends_in integer, interview_hours integer)
RETURNS TABLE (month date, episodes bigint, children bigint, returned bigint, settled bigint, offered bigint,
               accepted bigint, held bigint, held_in_time bigint, declined_child bigint, declined_parent bigint,
               not_reached bigint, not_offered bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT * FROM insight_seen_year(ends_in, interview_hours, insight_cut()) WHERE insight_sees_counts_only()
$$;
ALTER FUNCTION insight_year(integer, integer) OWNER TO wayhome_definer;

CREATE OR REPLACE FUNCTION insight_months(months date[], interview_hours integer, safe_hours integer,
                                          repeat_days integer)
RETURNS TABLE (month date, episodes bigint, children bigint, repeat bigint, first_time bigint, returned bigint,
               offered bigint, accepted bigint, held bigint, held_in_time bigint, seen bigint, seen_in_time bigint,
               facts_until timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT counted.* FROM insight_seen_months(
        ARRAY(SELECT DISTINCT date_trunc('month', m)::date FROM unnest(months) m),
        array_fill(insight_cut(), ARRAY[cardinality(months)]), interview_hours, safe_hours, repeat_days) counted
    WHERE insight_sees_counts_only()
$$;
ALTER FUNCTION insight_months(date[], integer, integer, integer) OWNER TO wayhome_definer;

CREATE OR REPLACE FUNCTION insight_reasons(months date[])
RETURNS TABLE (month date, kind text, code text, times bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT * FROM insight_seen_reasons(
        ARRAY(SELECT DISTINCT date_trunc('month', m)::date FROM unnest(months) m), insight_cut())
    WHERE insight_sees_counts_only()
$$;
ALTER FUNCTION insight_reasons(date[]) OWNER TO wayhome_definer;

-- How complete and how quick notifications were, by source, in the twelve full months before the present one.
CREATE OR REPLACE FUNCTION insight_accuracy()
RETURNS TABLE (source text, received bigint, repeated bigint, complete bigint,
               noticed_told bigint, noticed_half interval, noticed_most interval,
               reported_told bigint, reported_half interval, reported_most interval,
               decided bigint, not_missing bigint, of_an_episode bigint, set_aside bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT * FROM missing_seen_accuracy(
        (insight_cut() AT TIME ZONE 'Europe/London' - interval '12 months') AT TIME ZONE 'Europe/London',
        insight_cut(), insight_cut())
    WHERE insight_sees_counts_only()
$$;
ALTER FUNCTION insight_accuracy() OWNER TO wayhome_definer;

-- ── Figures as they were counted ──────────────────────────────────────────────────────────────────────────
-- The table holds counts of all children, small ones too: nobody reads it as it is. Who may see measures learns when
-- each figure was counted; those who see no child also what it was. To one who sees most children the count of all
-- would tell how many are hidden from them.
CALL access_replace_policy('insight_countedmonth', 'works_by_itself', 'TO wayhome_worker USING (true)');
GRANT SELECT, INSERT ON insight_countedmonth TO wayhome_worker;
CALL access_open_to_definer('insight_countedmonth');

CREATE OR REPLACE FUNCTION insight_counted(asked date[])
RETURNS TABLE (month date, measure text, counted_at timestamptz, numerator integer, denominator integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT c.month, c.measure, c.counted_at,
        CASE WHEN insight_sees_counts_only() THEN c.numerator END,
        CASE WHEN insight_sees_counts_only() THEN c.denominator END
    FROM insight_countedmonth c
    WHERE c.month = ANY (asked) AND c.counted_at <= insight_cut()
        AND access_scopes() && '{analyst,strategic_lead,coordinator}'
    ORDER BY c.counted_at
$$;
ALTER FUNCTION insight_counted(date[]) OWNER TO wayhome_definer;

-- ── The exploitation pathway ──────────────────────────────────────────────────────────────────────────────
CALL access_open_to_definer('access_membership');
CALL access_open_to_definer('exploitation_judgement');
CALL access_open_to_definer('exploitation_childplan');
CALL access_open_to_definer('exploitation_planreview');
CALL access_open_to_definer('exploitation_justicecontact');

-- The rows of a table that its caller sees. The application goes from its own grants to the children and their rows by
-- index, and takes those about nobody who is named yet: as insight_begun(), for the same reason.
DO $$
DECLARE
    kept text;
BEGIN
    FOREACH kept IN ARRAY '{referral,screening,pathway,assessment,judgement,childplan,planreview,justicecontact,
                            childanswer}'::text[] LOOP
        EXECUTE format($function$
            CREATE OR REPLACE FUNCTION insight_%1$s_seen() RETURNS SETOF exploitation_%1$s LANGUAGE sql STABLE AS $body$
                SELECT t.* FROM exploitation_%1$s t
                WHERE current_user = 'wayhome_app'
                    AND t.person_id = ANY (ARRAY(SELECT DISTINCT g.person_id FROM access_grant g))
                UNION ALL
                SELECT t.* FROM exploitation_%1$s t WHERE current_user = 'wayhome_app' AND t.person_id IS NULL
                UNION ALL
                SELECT t.* FROM exploitation_%1$s t WHERE current_user <> 'wayhome_app'
            $body$ $function$, kept);
    END LOOP;
END $$;

-- What the measures of the pathway count in a time, as its caller sees it: one row for each thing, in which part, in which
-- line and column, and when. What was written after `cut` is not counted. `days` are days of London, one after the other,
-- with the end of the time for an answer and for a plan that begins on each.
DROP FUNCTION IF EXISTS insight_pathway_facts(timestamptz, timestamptz, timestamptz, date[], timestamptz[], timestamptz[]);
CREATE OR REPLACE FUNCTION insight_pathway_facts(since timestamptz, until timestamptz, cut timestamptz, days date[],
                                                 answer_ends timestamptz[], plan_ends timestamptz[])
RETURNS TABLE (part text, line text, col text, person uuid, took interval, at timestamptz)
LANGUAGE sql STABLE AS $$
    SELECT 'told', to_char(date_trunc('month', r.received_at AT TIME ZONE 'Europe/London'), 'YYYY-MM-DD'), '',
           r.person_id, NULL::interval, r.received_at
    FROM insight_referral_seen() r
    WHERE r.received_at >= since AND r.received_at < until AND r.recorded_at < cut
    UNION ALL
    SELECT 'kinds', named.one, unnest(named.kinds), named.person_id, NULL, named.received_at
    FROM (SELECT unnest(r.kinds) AS one, r.kinds, r.person_id, r.received_at FROM insight_referral_seen() r
          WHERE r.received_at >= since AND r.received_at < until AND r.recorded_at < cut) named
    UNION ALL
    -- The first decision about a worry: by the highest of what was found to be needed, and how long it took.
    SELECT unnest('{threshold,time}'::text[]),
           unnest(ARRAY[CASE WHEN 'pathway' = ANY (first.thresholds) THEN 'pathway'
                             WHEN 'section_47' = ANY (first.thresholds) THEN 'section_47'
                             WHEN 'child_in_need' = ANY (first.thresholds) THEN 'child_in_need'
                             WHEN 'early_help' = ANY (first.thresholds) THEN 'early_help'
                             WHEN 'no_role' = ANY (first.thresholds) THEN 'no_role' END, 'screen']),
           unnest(ARRAY['', CASE WHEN first.decided_at <= first.due_at THEN 'in_time' ELSE 'late' END]),
           first.person_id, first.decided_at - r.received_at, first.decided_at
    FROM (SELECT DISTINCT ON (s.referral_id) s.* FROM insight_screening_seen() s WHERE s.decided_at < cut
          ORDER BY s.referral_id, s.decided_at) first
    JOIN insight_referral_seen() r ON r.id = first.referral_id
    WHERE first.decided_at >= since AND first.decided_at < until
    UNION ALL
    SELECT 'time', 'answer',
           CASE WHEN r.answered_at <= answer_ends[(r.received_at AT TIME ZONE 'Europe/London')::date - days[1] + 1]
                THEN 'in_time' ELSE 'late' END,
           r.person_id, r.answered_at - r.received_at, r.answered_at
    FROM insight_referral_seen() r
    WHERE r.answered_at >= since AND r.answered_at < until AND r.answered_at < cut
    UNION ALL
    -- A screen is no assessment: only a form that says it is one ends the wait.
    SELECT 'time', 'assess', CASE WHEN a.finished_at <= w.assess_by THEN 'in_time' ELSE 'late' END, a.person_id,
           a.finished_at - w.opened_at, a.finished_at
    FROM insight_assessment_seen() a JOIN exploitation_pathway w ON w.id = a.pathway_id
    WHERE a.finished_at >= since AND a.finished_at < until AND a.finished_at < cut AND a.state <> 'set_aside'
        AND a.instrument_id IN (SELECT i.id FROM exploitation_instrument i WHERE i.kind = 'assessment')
        AND w.opened_at <= a.finished_at AND NOT EXISTS (
            SELECT FROM exploitation_assessment e WHERE e.person_id = a.person_id AND e.pathway_id = a.pathway_id
                AND e.instrument_id IN (SELECT i.id FROM exploitation_instrument i WHERE i.kind = 'assessment')
                AND e.state <> 'set_aside' AND e.finished_at < a.finished_at)
    UNION ALL
    -- From being taken on to the first plan. In time: so many working days after the first assessment; without one, as
    -- many after the day by which it had to be there.
    SELECT 'time', 'plan', CASE WHEN p.opened_at < d.ends THEN 'in_time' ELSE 'late' END, p.person_id,
           p.opened_at - w.opened_at, p.opened_at
    FROM insight_childplan_seen() p JOIN exploitation_pathway w ON w.id = p.pathway_id
    LEFT JOIN LATERAL (SELECT min(a.finished_at) AS at FROM exploitation_assessment a
                       WHERE a.person_id = p.person_id AND a.pathway_id = p.pathway_id
                           AND a.instrument_id IN (
                               SELECT i.id FROM exploitation_instrument i WHERE i.kind = 'assessment')
                           AND a.state <> 'set_aside') assessed ON true
    LEFT JOIN unnest(days, plan_ends) d (day, ends)
        ON d.day = (coalesce(assessed.at, w.assess_by - interval '1 second') AT TIME ZONE 'Europe/London')::date
    WHERE p.opened_at >= since AND p.opened_at < until AND p.opened_at < cut AND NOT EXISTS (
        SELECT FROM exploitation_childplan e WHERE e.pathway_id = p.pathway_id AND e.opened_at < p.opened_at)
    UNION ALL
    -- As each kind stood at the end of the time, of children on the pathway then.
    SELECT 'level', j.kind, j.level, j.person_id, NULL, j.judged_at
    FROM insight_judgement_seen() j JOIN exploitation_pathway w ON w.id = j.pathway_id
    WHERE j.judged_at < least(until, cut) AND (j.replaced_at IS NULL OR j.replaced_at >= least(until, cut))
        AND (w.closed_at IS NULL OR w.closed_at >= least(until, cut))
    UNION ALL
    -- The same, by where each stood when the time began.
    SELECT 'moved', coalesce(earlier.level, 'not_judged'), j.level, j.person_id, NULL, j.judged_at
    FROM insight_judgement_seen() j JOIN exploitation_pathway w ON w.id = j.pathway_id
    LEFT JOIN LATERAL (SELECT e.level FROM exploitation_judgement e
                       WHERE e.person_id = j.person_id AND e.kind = j.kind AND e.judged_at < since
                           AND (e.replaced_at IS NULL OR e.replaced_at >= since) LIMIT 1) earlier ON true
    WHERE j.judged_at < least(until, cut) AND (j.replaced_at IS NULL OR j.replaced_at >= least(until, cut))
        AND (w.closed_at IS NULL OR w.closed_at >= least(until, cut))
    UNION ALL
    -- By the day that the review before had set; for a plan's first review, the day that its levels had.
    SELECT 'review', '', CASE WHEN (v.held_at AT TIME ZONE 'Europe/London')::date
                                  <= coalesce(earlier.next_on, levels.review_on) THEN 'in_time' ELSE 'late' END,
           v.person_id, NULL, v.held_at
    FROM insight_planreview_seen() v
    LEFT JOIN LATERAL (SELECT e.next_on FROM exploitation_planreview e
                       WHERE e.person_id = v.person_id AND e.plan_id = v.plan_id AND e.held_at < v.held_at
                       ORDER BY e.held_at DESC LIMIT 1) earlier ON true
    LEFT JOIN LATERAL (SELECT min(j.review_on) AS review_on FROM exploitation_judgement j
                       WHERE j.person_id = v.person_id AND j.judged_at < v.held_at
                           AND (j.replaced_at IS NULL OR j.replaced_at >= v.held_at)) levels ON true
    WHERE v.held_at >= since AND v.held_at < until AND v.recorded_at < cut
    UNION ALL
    -- What a person judged beside what the form said: by who judged, and by what is known of the child.
    SELECT unnest('{beside_form_team,beside_form_sex,beside_form_ethnicity,beside_form_age,beside_form_care}'::text[]),
           unnest(ARRAY[
               coalesce(judge.name, ''), p.sex, p.ethnicity,
               coalesce(extract(year FROM age((j.judged_at AT TIME ZONE 'Europe/London')::date, p.date_of_birth))::text,
                        ''),
               CASE WHEN EXISTS (
                   SELECT FROM people_careepisode c WHERE c.person_id = j.person_id
                       AND c.started_on <= (j.judged_at AT TIME ZONE 'Europe/London')::date
                       AND (c.ended_on IS NULL OR c.ended_on > (j.judged_at AT TIME ZONE 'Europe/London')::date))
                   THEN 'in_care' ELSE 'not_in_care' END]),
           CASE sign(array_position('{no_concern,vulnerable,emerging,significant}'::text[], j.level)
                     - array_position('{no_concern,vulnerable,emerging,significant}'::text[], j.tool_level))
               WHEN 1 THEN 'higher' WHEN -1 THEN 'lower' ELSE 'same' END,
           j.person_id, NULL, j.judged_at
    FROM insight_judgement_seen() j JOIN people_person p ON p.id = j.person_id
    LEFT JOIN LATERAL (SELECT t.name FROM access_membership m JOIN partnership_team t ON t.id = m.team_id
                       WHERE m.user_id = j.judged_by_id AND m.valid @> j.judged_at
                       ORDER BY lower(m.valid) NULLS FIRST, t.id LIMIT 1) judge ON true
    WHERE j.judged_at >= since AND j.judged_at < until AND j.judged_at < cut
        AND j.tool_level NOT IN ('', 'not_assessed') AND j.level <> 'not_assessed'
    UNION ALL
    -- Contacts of children who were on the pathway then with the police or a court; was the defence of victims thought of?
    SELECT 'justice', c.event, CASE c.section_45 WHEN 'not_asked' THEN 'not_asked' ELSE 'asked' END, c.person_id, NULL,
           c.happened_on::timestamp AT TIME ZONE 'Europe/London'
    FROM insight_justicecontact_seen() c
    WHERE c.happened_on >= (since AT TIME ZONE 'Europe/London')::date
        AND c.happened_on < (until AT TIME ZONE 'Europe/London')::date AND c.recorded_at < cut
        AND EXISTS (SELECT FROM exploitation_pathway w WHERE w.person_id = c.person_id
                    AND w.opened_at < (c.happened_on + 1)::timestamp AT TIME ZONE 'Europe/London'
                    AND (w.closed_at IS NULL OR w.closed_at >= c.happened_on::timestamp AT TIME ZONE 'Europe/London'))
    UNION ALL
    SELECT 'on_pathway', '', '', w.person_id, NULL, w.opened_at
    FROM insight_pathway_seen() w
    WHERE w.opened_at < until AND w.opened_at < cut AND (w.closed_at IS NULL OR w.closed_at >= since)
    UNION ALL
    SELECT 'answer', '', CASE WHEN a.done_at < cut THEN 'done' ELSE 'waiting' END, a.person_id, NULL, a.answered_at
    FROM insight_childanswer_seen() a
    WHERE a.answered_at >= since AND a.answered_at < until AND a.answered_at < cut
$$;

-- The same, counted. `half`: within how long half of them were done.
CREATE OR REPLACE FUNCTION insight_seen_pathway(since timestamptz, until timestamptz, cut timestamptz, days date[],
                                                answer_ends timestamptz[], plan_ends timestamptz[])
RETURNS TABLE (part text, line text, col text, times bigint, half interval)
LANGUAGE sql STABLE AS $$
    -- In one pass: the things of a year are too many to keep for a second one.
    WITH f AS MATERIALIZED (
        SELECT part, line, col, count(*) AS times,
               array_agg(date_part('epoch', took)) FILTER (WHERE part = 'time') AS took,
               array_agg(person) FILTER (WHERE part IN ('told', 'justice', 'on_pathway', 'answer')) AS people
        FROM insight_pathway_facts(since, until, cut, days, answer_ends, plan_ends)
        GROUP BY part, line, col)
    SELECT f.part, f.line, f.col, f.times, NULL::interval FROM f
    UNION ALL
    SELECT 'half', f.line, '', count(*), make_interval(secs => percentile_cont(0.5) WITHIN GROUP (ORDER BY one))
    FROM f, unnest(f.took) one WHERE f.part = 'time' GROUP BY f.line
    UNION ALL
    SELECT 'children', f.part, '', count(DISTINCT one), NULL
    FROM f, unnest(f.people) one WHERE f.part IN ('told', 'justice', 'on_pathway', 'answer') GROUP BY f.part
$$;

-- All children, in the twelve full months before the present one. No SQL function: the instants would be worked out for
-- every row that is compared with them.
CREATE OR REPLACE FUNCTION insight_pathway(days date[], answer_ends timestamptz[], plan_ends timestamptz[])
RETURNS TABLE (part text, line text, col text, times bigint, half interval)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    cut timestamptz := insight_cut();
    since timestamptz := (cut AT TIME ZONE 'Europe/London' - interval '12 months') AT TIME ZONE 'Europe/London';
BEGIN
    IF insight_sees_counts_only() THEN
        RETURN QUERY SELECT * FROM insight_seen_pathway(since, cut, cut, days, answer_ends, plan_ends);
    END IF;
END $$;
ALTER FUNCTION insight_pathway(date[], timestamptz[], timestamptz[]) OWNER TO wayhome_definer;
