-- Strategy: no child is in here, but what a partnership has not published yet is not everybody's to read. Leads,
-- coordinators and analysts read all of it; coordinators and leads keep it; an owner reads and updates what is theirs,
-- with an account or through a link that ends.

-- Whose word counts for which part of which action: who holds the post, is in the team, sits on the body, or came by
-- a link. The scopes of a visitor by a link are signed like everyone's: "link" and its id.
CREATE OR REPLACE FUNCTION strategy_my_owners() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(o.id), '{}') FROM strategy_actionowner o
    WHERE o.valid @> current_date AND (
        EXISTS (SELECT FROM partnership_postholder h
                WHERE h.post_id = o.post_id AND h.user_id = access_user() AND h.valid @> current_date)
        OR EXISTS (SELECT FROM access_membership m
                   WHERE m.team_id = o.team_id AND m.user_id = access_user() AND m.valid @> now())
        OR EXISTS (SELECT FROM partnership_bodyseat s JOIN partnership_postholder h ON h.post_id = s.post_id
                   WHERE s.body_id = o.body_id AND h.user_id = access_user()
                     AND s.valid @> current_date AND h.valid @> current_date)
        OR EXISTS (SELECT FROM strategy_ownerlinkowner lo JOIN strategy_ownerlink l ON l.id = lo.ownerlink_id
                   WHERE lo.actionowner_id = o.id AND ('link ' || l.id) = ANY (access_scopes())
                     AND l.revoked_at IS NULL AND l.expires_at > now()))
$$;
ALTER FUNCTION strategy_my_owners() OWNER TO wayhome_definer;

CREATE OR REPLACE FUNCTION strategy_my_actions() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT o.action_id), '{}') FROM strategy_actionowner o
    WHERE o.id = ANY (strategy_my_owners())
$$;
ALTER FUNCTION strategy_my_actions() OWNER TO wayhome_definer;

CREATE OR REPLACE FUNCTION strategy_my_plans() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT a.plan_id), '{}') FROM strategy_action a
    WHERE a.id = ANY (strategy_my_actions())
$$;
ALTER FUNCTION strategy_my_plans() OWNER TO wayhome_definer;

-- What an owner may write of what is theirs: how it goes, and nothing else of the row. Each is asked about the row as
-- it is to be, and looks at the row as it was.
CREATE OR REPLACE FUNCTION strategy_leads(of_action uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM strategy_actionowner o
                   WHERE o.action_id = of_action AND o.part = 'lead' AND o.id = ANY (strategy_my_owners()))
$$;
ALTER FUNCTION strategy_leads(uuid) OWNER TO wayhome_definer;

CREATE OR REPLACE FUNCTION strategy_may_move(changed strategy_action) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM strategy_action a
        WHERE a.id = changed.id AND a.id = ANY (strategy_my_actions())
            AND to_jsonb(a) - '{state,edition}'::text[] = to_jsonb(changed) - '{state,edition}'::text[]
            AND (a.state = changed.state
                 OR (strategy_leads(a.id) AND a.state NOT IN ('cancelled', 'superseded')
                     AND changed.state NOT IN ('cancelled', 'superseded'))))
$$;
ALTER FUNCTION strategy_may_move(strategy_action) OWNER TO wayhome_definer;

CREATE OR REPLACE FUNCTION strategy_may_say(changed strategy_actionowner) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM strategy_actionowner o
        WHERE o.id = changed.id AND o.id = ANY (strategy_my_owners())
            AND to_jsonb(o) - '{state,state_said_at}'::text[] = to_jsonb(changed) - '{state,state_said_at}'::text[]
            AND (o.state = changed.state OR changed.state NOT IN ('cancelled', 'superseded')))
$$;
ALTER FUNCTION strategy_may_say(strategy_actionowner) OWNER TO wayhome_definer;

CREATE OR REPLACE FUNCTION strategy_may_answer(changed strategy_updaterequest) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM strategy_updaterequest r
        WHERE r.id = changed.id AND r.owner_id = ANY (strategy_my_owners()) AND r.answer_id IS NULL
            AND to_jsonb(r) - 'answer_id' = to_jsonb(changed) - 'answer_id'
            AND (changed.answer_id IS NULL OR EXISTS (
                SELECT FROM strategy_actionupdate u WHERE u.id = changed.answer_id AND u.owner_id = r.owner_id)))
$$;
ALTER FUNCTION strategy_may_answer(strategy_updaterequest) OWNER TO wayhome_definer;

-- A visitor's link, by the digest of what stands in its address: nothing if there is none, it ended or was revoked.
CREATE OR REPLACE FUNCTION strategy_use_link(of_digest text) RETURNS TABLE (id uuid, name text, plan_id uuid)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE strategy_ownerlink l SET last_used_at = now()
    WHERE l.digest = of_digest AND l.revoked_at IS NULL AND l.expires_at > now()
    RETURNING l.id, l.name, l.plan_id
$$;
ALTER FUNCTION strategy_use_link(text) OWNER TO wayhome_definer;

-- The link by which a visitor without an account is looking, while it holds.
CREATE OR REPLACE FUNCTION strategy_link() RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT l.id FROM strategy_ownerlink l
    WHERE access_user() IS NULL AND ('link ' || l.id) = ANY (access_scopes())
        AND l.revoked_at IS NULL AND l.expires_at > now()
$$;
ALTER FUNCTION strategy_link() OWNER TO wayhome_definer;

-- Whether a visitor may put something on the record: in the name of their link, and of nobody else.
CREATE OR REPLACE FUNCTION strategy_speaks_for(link text, called text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM strategy_ownerlink l
                   WHERE l.id = strategy_link() AND l.id::text = link AND l.name = called)
$$;
ALTER FUNCTION strategy_speaks_for(text, text) OWNER TO wayhome_definer;

CREATE OR REPLACE FUNCTION strategy_may_add_change(to_entry uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM audit_entry e
                   WHERE e.id = to_entry AND e.user_id IS NULL AND e.person_id IS NULL
                       AND e.detail ->> 'link' = strategy_link()::text)
        AND NOT EXISTS (SELECT FROM audit_sealedentry s WHERE s.entry_id = to_entry)
$$;
ALTER FUNCTION strategy_may_add_change(uuid) OWNER TO wayhome_definer;

-- What a visitor types and sends, and what the record says of it, belongs to their link and ends with it.
CALL access_replace_policy('audit_entry', 'visitor_by_link', $policy$FOR INSERT TO wayhome_app WITH CHECK (
    user_id IS NULL AND person_id IS NULL AND strategy_speaks_for(detail ->> 'link', actor))$policy$);
CALL access_replace_policy('audit_change', 'visitor_by_link', $policy$FOR INSERT TO wayhome_app WITH CHECK (
    person_id IS NULL AND strategy_may_add_change(entry_id))$policy$);
CALL access_replace_policy('audit_draft', 'visitor_by_link',
    'TO wayhome_app USING (user_id = (SELECT strategy_link())) WITH CHECK (user_id = (SELECT strategy_link()))');
CALL access_replace_policy('audit_submission', 'visitor_by_link',
    'TO wayhome_app USING (user_id = (SELECT strategy_link())) WITH CHECK (user_id = (SELECT strategy_link()))');

GRANT SELECT ON partnership_postholder, partnership_bodyseat TO wayhome_definer;
CALL access_open_to_definer('access_membership', 'SELECT');
GRANT EXECUTE ON FUNCTION strategy_my_owners(), strategy_my_actions(), strategy_my_plans(), strategy_leads(uuid),
    strategy_may_move(strategy_action), strategy_may_say(strategy_actionowner),
    strategy_may_answer(strategy_updaterequest), strategy_use_link(text), strategy_link(),
    strategy_speaks_for(text, text), strategy_may_add_change(uuid) TO wayhome_app;

CALL access_open_to_definer('strategy_action', 'SELECT');
CALL access_open_to_definer('strategy_actionowner', 'SELECT');
CALL access_open_to_definer('strategy_ownerlinkowner', 'SELECT');
CALL access_open_to_definer('strategy_ownerlink', 'SELECT, UPDATE');
CALL access_open_to_definer('strategy_updaterequest', 'SELECT');
CALL access_open_to_definer('strategy_actionupdate', 'SELECT');

-- Who reads all plans, and who keeps them.
CREATE OR REPLACE FUNCTION strategy_reads() RETURNS boolean LANGUAGE sql STABLE AS
    $$ SELECT access_scopes() && '{strategic_lead,coordinator,analyst}' $$;
CREATE OR REPLACE FUNCTION strategy_keeps() RETURNS boolean LANGUAGE sql STABLE AS
    $$ SELECT access_scopes() && '{strategic_lead,coordinator}' $$;
-- What the viewer is called, as what they write is signed.
CREATE OR REPLACE FUNCTION strategy_my_name() RETURNS text LANGUAGE sql STABLE AS
    $$ SELECT u.name FROM access_user u WHERE u.id = access_user() $$;
GRANT EXECUTE ON FUNCTION strategy_reads(), strategy_keeps(), strategy_my_name() TO wayhome_app;

-- `mine` says which rows are read by others than those who read plans; `adds` which are added, by whoever. `reaches`
-- and `leaves`: which rows others than those who keep plans change, and how the row must be afterwards.
DROP PROCEDURE IF EXISTS strategy_protect(regclass, text, text);
CREATE OR REPLACE PROCEDURE strategy_protect(
    protected regclass, mine text DEFAULT 'false', adds text DEFAULT '(SELECT strategy_keeps())',
    reaches text DEFAULT 'false', leaves text DEFAULT 'false')
LANGUAGE plpgsql AS $$
BEGIN
    CALL access_replace_policy(protected, 'read_by_who_plans', format(
        'FOR SELECT TO wayhome_app USING ((SELECT strategy_reads()) OR %s)', mine));
    CALL access_replace_policy(protected, 'added_by_who_plans', format(
        'FOR INSERT TO wayhome_app WITH CHECK (%s)', adds));
    CALL access_replace_policy(protected, 'changed_by_who_plans', format(
        'FOR UPDATE TO wayhome_app USING ((SELECT strategy_keeps()) OR %s)
         WITH CHECK ((SELECT strategy_keeps()) OR %s)', reaches, leaves));
    CALL access_replace_policy(protected, 'removed_by_who_plans',
        'FOR DELETE TO wayhome_app USING ((SELECT strategy_keeps()))');
    CALL access_replace_policy(protected, 'works_by_itself', 'TO wayhome_worker USING (true)');
END $$;

-- For what is said of an action: nobody says it in another's name, and only who keeps plans brings it in from a file.
CREATE OR REPLACE FUNCTION strategy_signed(who text, called text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT format('CASE origin
        WHEN ''link'' THEN %1$I IS NULL AND strategy_speaks_for((SELECT strategy_link())::text, %2$I)
        WHEN ''page'' THEN %1$I = (SELECT access_user()) AND %2$I = (SELECT strategy_my_name())
        ELSE %1$I = (SELECT access_user()) AND (SELECT strategy_keeps()) END', who, called)
$$;

CALL strategy_protect('strategy_strategydocument', '(state IN (''approved'', ''live'') AND (SELECT access_user()) IS NOT NULL)');
CALL strategy_protect('strategy_documentsection', 'EXISTS (SELECT FROM strategy_strategydocument d WHERE d.id = document_id)');
CALL strategy_protect('strategy_plan', 'id = ANY ((SELECT strategy_my_plans())::uuid[])');
CALL strategy_protect('strategy_keyword', 'plan_id = ANY ((SELECT strategy_my_plans())::uuid[])');
CALL strategy_protect('strategy_grouping', 'plan_id = ANY ((SELECT strategy_my_plans())::uuid[])');
CALL strategy_protect('strategy_objective', 'plan_id = ANY ((SELECT strategy_my_plans())::uuid[])');
CALL strategy_protect('strategy_commitment');
CALL strategy_protect('strategy_commitmentserved');
CALL strategy_protect('strategy_action', 'id = ANY ((SELECT strategy_my_actions())::uuid[])',
    reaches => 'id = ANY ((SELECT strategy_my_actions())::uuid[])', leaves => 'strategy_may_move(strategy_action)');
CALL strategy_protect('strategy_actionowner', 'action_id = ANY ((SELECT strategy_my_actions())::uuid[])',
    reaches => 'id = ANY ((SELECT strategy_my_owners())::uuid[])', leaves => 'strategy_may_say(strategy_actionowner)');
CALL strategy_protect('strategy_resource', 'action_id = ANY ((SELECT strategy_my_actions())::uuid[])');
CALL strategy_protect('strategy_planlink', 'action_id = ANY ((SELECT strategy_my_actions())::uuid[])');
CALL strategy_protect('strategy_actionupdate', 'action_id = ANY ((SELECT strategy_my_actions())::uuid[])',
    format('(%s) AND ((SELECT strategy_keeps()) OR (owner_id = ANY ((SELECT strategy_my_owners())::uuid[])
        AND EXISTS (SELECT FROM strategy_actionowner o
                    WHERE o.id = owner_id AND o.action_id = strategy_actionupdate.action_id)))',
        strategy_signed('written_by_id', 'written_by_name')));
CALL strategy_protect('strategy_rating', 'action_id = ANY ((SELECT strategy_my_actions())::uuid[])',
    format('(%s) AND ((SELECT strategy_keeps()) OR strategy_leads(action_id))',
        strategy_signed('rated_by_id', 'rated_by_name')));
CALL strategy_protect('strategy_measurelink', 'action_id = ANY ((SELECT strategy_my_actions())::uuid[])');
CALL strategy_protect('strategy_evidenceitem', 'action_id = ANY ((SELECT strategy_my_actions())::uuid[])',
    'added_by_name = (SELECT strategy_my_name())
     AND ((SELECT strategy_keeps()) OR action_id = ANY ((SELECT strategy_my_actions())::uuid[]))');
-- An owner sees the measures that judge an action of theirs.
CALL strategy_protect('strategy_measurereading',
    'EXISTS (SELECT FROM strategy_measurelink l WHERE l.key = strategy_measurereading.key)');
CALL strategy_protect('strategy_ownerlink');
CALL strategy_protect('strategy_ownerlinkowner');
CALL strategy_protect('strategy_updaterequest', 'owner_id = ANY ((SELECT strategy_my_owners())::uuid[])',
    reaches => 'owner_id = ANY ((SELECT strategy_my_owners())::uuid[])',
    leaves => 'strategy_may_answer(strategy_updaterequest)');
CALL strategy_protect('strategy_snapshot', adds => '(SELECT strategy_keeps())
    AND taken_by_id = (SELECT access_user()) AND taken_by_name = (SELECT strategy_my_name())');
-- The chair or deputy of the body signs where one of them has an account; otherwise whoever signs off plans.
CALL strategy_protect('strategy_signoff', adds => $policy$(SELECT access_scopes() && '{strategic_lead}')
    AND signed_by_id = (SELECT access_user()) AND signed_by_name = (SELECT strategy_my_name())
    AND EXISTS (
        SELECT FROM strategy_snapshot n
        WHERE n.id = snapshot_id AND (SELECT access_user()) = ANY (coalesce(
            (SELECT array_agg(h.user_id) FROM partnership_bodyseat s JOIN partnership_postholder h ON h.post_id = s.post_id
             WHERE s.body_id = n.body_id AND s.role IN ('chair', 'deputy') AND h.user_id IS NOT NULL
                 AND s.valid @> current_date AND h.valid @> current_date),
            ARRAY[(SELECT access_user())])))$policy$);
CALL strategy_protect('strategy_decisionasked');
CALL strategy_protect('strategy_planimport');
CALL strategy_protect('strategy_guidance', '(SELECT access_user()) IS NOT NULL');
CALL strategy_protect('strategy_guidanceaudience', '(SELECT access_user()) IS NOT NULL');
-- An agency's receipt is written by one of its own people.
CALL strategy_protect('strategy_guidancereceipt', '(SELECT access_user()) IS NOT NULL',
    'read_by_id = (SELECT access_user())
     AND agency_id = (SELECT u.agency_id FROM access_user u WHERE u.id = (SELECT access_user()))');
CALL strategy_protect('strategy_horizonitem', '(SELECT access_user()) IS NOT NULL');

GRANT SELECT, INSERT, UPDATE ON strategy_strategydocument, strategy_documentsection, strategy_plan, strategy_keyword,
    strategy_grouping, strategy_objective, strategy_commitment, strategy_commitmentserved, strategy_action,
    strategy_actionowner, strategy_resource, strategy_planlink, strategy_measurelink, strategy_updaterequest, strategy_decisionasked, strategy_planimport, strategy_guidance,
    strategy_horizonitem TO wayhome_app, wayhome_worker;
-- What was said, rated, presented, signed, counted and received is added to, never changed.
GRANT SELECT, INSERT ON strategy_actionupdate, strategy_rating, strategy_evidenceitem, strategy_snapshot, strategy_signoff,
    strategy_measurereading, strategy_guidancereceipt TO wayhome_app, wayhome_worker;
-- A link is ended; whom it is for, what it opens and until when is not changed.
GRANT SELECT, INSERT, UPDATE (revoked_at) ON strategy_ownerlink TO wayhome_app;
GRANT SELECT, INSERT, UPDATE ON strategy_ownerlink TO wayhome_worker;
GRANT SELECT, INSERT, DELETE ON strategy_ownerlinkowner, strategy_guidanceaudience TO wayhome_app, wayhome_worker;
-- Sections of a draft are put in another order or taken out.
GRANT DELETE ON strategy_documentsection TO wayhome_app;
-- An action that is not judged by a measure any more; what was presented keeps it.
GRANT DELETE ON strategy_measurelink TO wayhome_app;
