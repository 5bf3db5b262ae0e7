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

-- Where an action and an owner's part stood before they are changed: who may update a part may not carry it elsewhere.
CREATE OR REPLACE FUNCTION strategy_plan_of(action uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT a.plan_id FROM strategy_action a WHERE a.id = action AND a.id = ANY (strategy_my_actions())
$$;
ALTER FUNCTION strategy_plan_of(uuid) OWNER TO wayhome_definer;

CREATE OR REPLACE FUNCTION strategy_action_of(owner uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT o.action_id FROM strategy_actionowner o WHERE o.id = owner AND o.id = ANY (strategy_my_owners())
$$;
ALTER FUNCTION strategy_action_of(uuid) OWNER TO wayhome_definer;

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
GRANT EXECUTE ON FUNCTION strategy_my_owners(), strategy_my_actions(), strategy_my_plans(), strategy_use_link(text),
    strategy_plan_of(uuid), strategy_action_of(uuid), strategy_link(), strategy_speaks_for(text, text), strategy_may_add_change(uuid) TO wayhome_app;

CALL access_open_to_definer('strategy_action', 'SELECT');
CALL access_open_to_definer('strategy_actionowner', 'SELECT');
CALL access_open_to_definer('strategy_ownerlinkowner', 'SELECT');
CALL access_open_to_definer('strategy_ownerlink', 'SELECT, UPDATE');

-- `mine` says which rows an owner reads, `owned` which of them an owner writes.
CREATE OR REPLACE PROCEDURE strategy_protect(protected regclass, mine text DEFAULT 'false', owned text DEFAULT 'false')
LANGUAGE plpgsql AS $$
DECLARE
    reads text := '(SELECT access_scopes() && ''{strategic_lead,coordinator,analyst}''::text[])';
    keeps text := '(SELECT access_scopes() && ''{strategic_lead,coordinator}''::text[])';
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', protected);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', protected);
    CALL access_replace_policy(protected, 'read_by_who_plans', format('FOR SELECT TO wayhome_app
        USING (%s OR %s)', reads, mine));
    CALL access_replace_policy(protected, 'added_by_who_plans', format('FOR INSERT TO wayhome_app
        WITH CHECK (%s OR %s)', keeps, owned));
    CALL access_replace_policy(protected, 'changed_by_who_plans', format('FOR UPDATE TO wayhome_app
        USING (%s OR %s)', keeps, owned));
    CALL access_replace_policy(protected, 'removed_by_who_plans', format('FOR DELETE TO wayhome_app
        USING (%s)', keeps));
    CALL access_replace_policy(protected, 'works_by_itself', 'TO wayhome_worker USING (true)');
END $$;

CALL strategy_protect('strategy_strategydocument', '(state IN (''approved'', ''live'') AND (SELECT access_user()) IS NOT NULL)');
CALL strategy_protect('strategy_documentsection', 'EXISTS (SELECT FROM strategy_strategydocument d WHERE d.id = document_id)');
CALL strategy_protect('strategy_plan', 'id = ANY ((SELECT strategy_my_plans())::uuid[])');
CALL strategy_protect('strategy_keyword', 'plan_id = ANY ((SELECT strategy_my_plans())::uuid[])');
CALL strategy_protect('strategy_grouping', 'plan_id = ANY ((SELECT strategy_my_plans())::uuid[])');
CALL strategy_protect('strategy_objective', 'plan_id = ANY ((SELECT strategy_my_plans())::uuid[])');
CALL strategy_protect('strategy_commitment');
CALL strategy_protect('strategy_commitmentserved');
CALL strategy_protect('strategy_action', 'id = ANY ((SELECT strategy_my_actions())::uuid[])',
    'id = ANY ((SELECT strategy_my_actions())::uuid[]) AND plan_id = strategy_plan_of(id)');
CALL strategy_protect('strategy_actionowner', 'action_id = ANY ((SELECT strategy_my_actions())::uuid[])',
    'id = ANY ((SELECT strategy_my_owners())::uuid[]) AND action_id = strategy_action_of(id)');
CALL strategy_protect('strategy_resource', 'action_id = ANY ((SELECT strategy_my_actions())::uuid[])');
CALL strategy_protect('strategy_planlink', 'action_id = ANY ((SELECT strategy_my_actions())::uuid[])');
CALL strategy_protect('strategy_actionupdate', 'action_id = ANY ((SELECT strategy_my_actions())::uuid[])',
    'owner_id = ANY ((SELECT strategy_my_owners())::uuid[])
     AND EXISTS (SELECT FROM strategy_actionowner o WHERE o.id = owner_id AND o.action_id = strategy_actionupdate.action_id)');
CALL strategy_protect('strategy_rating', 'action_id = ANY ((SELECT strategy_my_actions())::uuid[])',
    'action_id = ANY ((SELECT strategy_my_actions())::uuid[])');
CALL strategy_protect('strategy_measurelink', 'action_id = ANY ((SELECT strategy_my_actions())::uuid[])');
CALL strategy_protect('strategy_evidenceitem', 'action_id = ANY ((SELECT strategy_my_actions())::uuid[])',
    'action_id = ANY ((SELECT strategy_my_actions())::uuid[])');
CALL strategy_protect('strategy_measurereading', 'cardinality((SELECT strategy_my_actions())) > 0');
CALL strategy_protect('strategy_ownerlink');
CALL strategy_protect('strategy_ownerlinkowner');
CALL strategy_protect('strategy_updaterequest', 'owner_id = ANY ((SELECT strategy_my_owners())::uuid[])',
    'owner_id = ANY ((SELECT strategy_my_owners())::uuid[])');
CALL strategy_protect('strategy_snapshot');
CALL strategy_protect('strategy_signoff');
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
    strategy_actionowner, strategy_resource, strategy_planlink, strategy_measurelink, strategy_evidenceitem,
    strategy_ownerlink, strategy_updaterequest, strategy_decisionasked, strategy_planimport, strategy_guidance,
    strategy_horizonitem TO wayhome_app, wayhome_worker;
-- What was said, rated, presented, signed, counted and received is added to, never changed.
GRANT SELECT, INSERT ON strategy_actionupdate, strategy_rating, strategy_snapshot, strategy_signoff,
    strategy_measurereading, strategy_guidancereceipt TO wayhome_app, wayhome_worker;
GRANT SELECT, INSERT, DELETE ON strategy_ownerlinkowner, strategy_guidanceaudience TO wayhome_app, wayhome_worker;
-- Sections of a draft are put in another order or taken out.
GRANT DELETE ON strategy_documentsection TO wayhome_app;
-- An action that is not judged by a measure any more; what was presented keeps it.
GRANT DELETE ON strategy_measurelink TO wayhome_app;
