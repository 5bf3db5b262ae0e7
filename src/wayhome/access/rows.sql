-- Row security: who sees a child. One table decides (access_grant); this file is how it decides.
-- Roles: wayhome_app is the web application, wayhome_worker the jobs and imports, wayhome_definer owns the few
-- functions that look past the policies, each of which applies the same rule inside.

-- ── Who is looking ────────────────────────────────────────────────────────────────────────────────────────
-- The application sets wayhome.viewer for one transaction: user~holders~scopes~signature. Without a valid signature
-- nobody is looking, and nothing is seen: SQL smuggled into a query cannot sign for another user.

INSERT INTO access_viewerkey (id, key) SELECT true, current_setting('wayhome.viewer_key')
    ON CONFLICT (id) DO UPDATE SET key = excluded.key;
GRANT SELECT ON access_viewerkey TO wayhome_definer;

CREATE OR REPLACE FUNCTION access_viewer_part(part integer) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = public, pg_temp AS $$
DECLARE
    parts text[] := string_to_array(current_setting('wayhome.viewer', true), '~');
    payload text;
    secret bytea;
BEGIN
    IF parts IS NULL OR cardinality(parts) <> 4 THEN
        RETURN NULL;
    END IF;
    payload := parts[1] || '~' || parts[2] || '~' || parts[3];
    SELECT convert_to(key, 'UTF8') INTO secret FROM access_viewerkey;
    IF parts[4] IS DISTINCT FROM
        encode(sha256(secret || sha256(secret || convert_to(payload, 'UTF8'))), 'hex') THEN
        RETURN NULL;
    END IF;
    RETURN parts[part];
END $$;
ALTER FUNCTION access_viewer_part(integer) OWNER TO wayhome_definer;

CREATE OR REPLACE FUNCTION access_user() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
    $$ SELECT access_viewer_part(1)::uuid $$;
-- The viewer's teams and the viewer: whose grants count. Empty for scopes that never see a child.
CREATE OR REPLACE FUNCTION access_holders() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE AS
    $$ SELECT string_to_array(access_viewer_part(2), ',')::uuid[] $$;
CREATE OR REPLACE FUNCTION access_scopes() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS
    $$ SELECT coalesce(string_to_array(access_viewer_part(3), ','), '{}') $$;

-- ── The standard policy ──────────────────────────────────────────────────────────────────────────────────
-- Measured at a million people: this EXISTS stays under 1.3 times the same filter written by hand, where
-- "person_id IN (all the team's grants)" gets slower as the team grows. See docs/adr/0003-row-security.md.
-- `barred` names scopes that do not see this table even for children they see.

CREATE OR REPLACE PROCEDURE access_protect(protected regclass, person_column text, barred text[] DEFAULT '{}')
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', protected);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', protected);
    EXECUTE format('DROP POLICY IF EXISTS sees_the_child ON %s', protected);
    EXECUTE format($policy$
        CREATE POLICY sees_the_child ON %1$s TO wayhome_app USING (
            EXISTS (SELECT FROM access_grant g
                    WHERE g.person_id = %1$s.%2$I AND g.holder = ANY ((SELECT access_holders())::uuid[])
                      AND g.valid @> now() AND NOT g.held_back)
            %3$s)
        $policy$, protected, person_column,
        CASE WHEN barred = '{}' THEN ''
             ELSE format('AND NOT (SELECT access_scopes() && %L::text[])', barred) END);
    EXECUTE format('DROP POLICY IF EXISTS works_by_itself ON %s', protected);
    EXECUTE format('CREATE POLICY works_by_itself ON %s TO wayhome_worker USING (true)', protected);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %s TO wayhome_app', protected);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO wayhome_worker', protected);
END $$;

-- For a table whose rows the definer's functions read: they see all of it and decide inside.
CREATE OR REPLACE PROCEDURE access_open_to_definer(opened regclass, privileges text DEFAULT 'SELECT')
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('DROP POLICY IF EXISTS decides_inside ON %s', opened);
    EXECUTE format('CREATE POLICY decides_inside ON %s TO wayhome_definer USING (true)', opened);
    EXECUTE format('GRANT %s ON %s TO wayhome_definer', privileges, opened);
END $$;

CREATE OR REPLACE PROCEDURE access_replace_policy(subject regclass, policy text, body text)
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', subject);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', subject);
    EXECUTE format('DROP POLICY IF EXISTS %I ON %s', policy, subject);
    EXECUTE format('CREATE POLICY %I ON %s %s', policy, subject, body);
END $$;

-- ── Grants ────────────────────────────────────────────────────────────────────────────────────────────────
-- The application reads the viewer's own grants; it makes and ends grants only through the functions below.

CALL access_replace_policy('access_grant', 'own_grants',
    'FOR SELECT TO wayhome_app USING (holder = ANY ((SELECT access_holders())::uuid[]))');
CALL access_replace_policy('access_grant', 'works_by_itself', 'TO wayhome_worker USING (true)');
CALL access_open_to_definer('access_grant', 'SELECT, INSERT, UPDATE');
GRANT SELECT ON access_grant TO wayhome_app;
GRANT SELECT, INSERT, UPDATE ON access_grant TO wayhome_worker;

CREATE OR REPLACE FUNCTION access_sees(person uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM access_grant g WHERE g.person_id = person AND g.holder = ANY (access_holders())
                   AND g.valid @> now() AND NOT g.held_back)
$$;
ALTER FUNCTION access_sees(uuid) OWNER TO wayhome_definer;

CREATE OR REPLACE FUNCTION access_is_restricted(person uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM access_restriction r WHERE r.person_id = person AND r.lifted_at IS NULL)
$$;
ALTER FUNCTION access_is_restricted(uuid) OWNER TO wayhome_definer;

-- Opens a grant. Allowed to one who sees the child; to the maker of a record that does not exist yet; to one who
-- reports the child missing (basis "report", for at most 31 days); and to one who breaks glass (for themselves, for
-- at most 24 hours, never for a restricted record). A restricted record takes grants for teams only held back, and
-- for users only from one who sees it.
CREATE OR REPLACE FUNCTION access_open_grant(
    new_id uuid, person uuid, for_team uuid, for_user uuid, why_basis text, why text,
    starts timestamptz, ends timestamptz) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    me uuid := access_user();
    restricted boolean := access_is_restricted(person);
    is_new boolean := NOT EXISTS (SELECT FROM people_person p WHERE p.id = person)
        AND NOT EXISTS (SELECT FROM access_grant g
                        WHERE g.person_id = person AND g.granted_by_id IS DISTINCT FROM me);
    self_granted boolean := NOT restricted AND starts >= now() - interval '1 minute'
        AND CASE why_basis
            WHEN 'break_glass' THEN for_user = me AND ends <= now() + interval '24 hours 1 minute'
            WHEN 'report' THEN access_scopes() && '{practitioner,return_interviewer,police_desk,coordinator,home_staff}'
                AND ends <= now() + interval '31 days 1 minute'
            ELSE false END;
BEGIN
    IF me IS NULL OR coalesce(cardinality(access_holders()), 0) = 0 OR NOT (is_new OR access_sees(person) OR coalesce(self_granted, false)) THEN
        RAISE EXCEPTION 'wayhome: this grant may not be opened' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO access_grant (id, person_id, team_id, user_id, basis, reason, valid, held_back, granted_by_id)
    VALUES (new_id, person, for_team, for_user, why_basis, why, tstzrange(starts, ends),
            restricted AND for_team IS NOT NULL, me);
    RETURN new_id;
END $$;
ALTER FUNCTION access_open_grant(uuid, uuid, uuid, uuid, text, text, timestamptz, timestamptz) OWNER TO wayhome_definer;

-- Ends the open grants of one basis that a team or user has for a child. Only one who sees the child may.
CREATE OR REPLACE FUNCTION access_end_grants(person uuid, ended_holder uuid, ended_basis text, at timestamptz)
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    ended integer;
BEGIN
    IF NOT access_sees(person) THEN
        RAISE EXCEPTION 'wayhome: this grant may not be ended' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE access_grant SET valid = tstzrange(lower(valid), greatest(at, lower(valid)))
    WHERE person_id = person AND holder = ended_holder AND basis = ended_basis AND valid @> at;
    GET DIAGNOSTICS ended = ROW_COUNT;
    RETURN ended;
END $$;
ALTER FUNCTION access_end_grants(uuid, uuid, text, timestamptz) OWNER TO wayhome_definer;

-- Who can see this child, and why: for those who can.
CREATE OR REPLACE FUNCTION access_who_sees(person uuid)
RETURNS TABLE (id uuid, team_id uuid, user_id uuid, basis text, reason text, starts timestamptz, ends timestamptz,
               held_back boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT g.id, g.team_id, g.user_id, g.basis, g.reason, lower(g.valid), upper(g.valid), g.held_back
    FROM access_grant g
    WHERE g.person_id = person AND g.valid @> now() AND access_sees(person)
    ORDER BY lower(g.valid), g.id
$$;
ALTER FUNCTION access_who_sees(uuid) OWNER TO wayhome_definer;

-- ── Restricted records ──────────────────────────────────────────────────────────────────────────────────
CALL access_replace_policy('access_restriction', 'sees_the_child',
    'FOR SELECT TO wayhome_app USING (access_sees(person_id))');
CALL access_replace_policy('access_restriction', 'works_by_itself', 'TO wayhome_worker USING (true)');
CALL access_open_to_definer('access_restriction', 'SELECT, INSERT, UPDATE');
GRANT SELECT ON access_restriction TO wayhome_app;
GRANT SELECT, INSERT, UPDATE ON access_restriction TO wayhome_worker;

-- Restricts a record to named users: grants of teams, and of users who are not named, are held back.
CREATE OR REPLACE FUNCTION access_restrict(new_id uuid, person uuid, named uuid[], why text, at timestamptz)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT (access_sees(person) AND 'coordinator' = ANY (access_scopes()) AND access_user() = ANY (named)) THEN
        RAISE EXCEPTION 'wayhome: this record may not be restricted' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO access_restriction (id, person_id, reason, restricted_by_id, restricted_at, lifted_reason)
    VALUES (new_id, person, why, access_user(), at, '');
    UPDATE access_grant SET held_back = true
    WHERE person_id = person AND valid @> now() AND (user_id IS NULL OR NOT user_id = ANY (named));
    INSERT INTO access_grant (id, person_id, user_id, basis, reason, valid, held_back, granted_by_id)
    SELECT gen_random_uuid(), person, u, 'allocation', 'Named when the record was restricted', tstzrange(at, NULL),
           false, access_user()
    FROM unnest(named) u;
END $$;
ALTER FUNCTION access_restrict(uuid, uuid, uuid[], text, timestamptz) OWNER TO wayhome_definer;

CREATE OR REPLACE FUNCTION access_lift_restriction(person uuid, why text, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT (access_sees(person) AND 'coordinator' = ANY (access_scopes())) THEN
        RAISE EXCEPTION 'wayhome: this restriction may not be lifted' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE access_restriction SET lifted_at = at, lifted_by_id = access_user(), lifted_reason = why
    WHERE person_id = person AND lifted_at IS NULL;
    UPDATE access_grant SET held_back = false WHERE person_id = person AND held_back;
END $$;
ALTER FUNCTION access_lift_restriction(uuid, text, timestamptz) OWNER TO wayhome_definer;

-- ── Broken glass ────────────────────────────────────────────────────────────────────────────────────────
-- The one who broke it and the reviewers see it; never about a record that has been restricted since.
CALL access_replace_policy('access_breakglass', 'own_or_reviewer', $policy$TO wayhome_app
    USING (user_id = (SELECT access_user())
           OR ((SELECT access_scopes() && '{coordinator,information_governance}') AND NOT access_is_restricted(person_id)))
    WITH CHECK (user_id = (SELECT access_user())
           OR (SELECT access_scopes() && '{coordinator,information_governance}'))$policy$);
CALL access_replace_policy('access_breakglass', 'works_by_itself', 'TO wayhome_worker USING (true)');
GRANT SELECT, INSERT, UPDATE ON access_breakglass TO wayhome_app, wayhome_worker;

-- ── Accounts ──────────────────────────────────────────────────────────────────────────────────────────────
-- Names of colleagues are open to colleagues. Teams and scopes of a user change by an administrator's hand only,
-- and never by their own for themselves.
GRANT SELECT ON access_user, access_membership, access_heldscope TO wayhome_app, wayhome_worker;
GRANT INSERT, UPDATE ON access_user, access_membership, access_heldscope TO wayhome_app, wayhome_worker;
CALL access_replace_policy('access_membership', 'read_by_all', 'FOR SELECT TO wayhome_app USING (true)');
CALL access_replace_policy('access_heldscope', 'read_by_all', 'FOR SELECT TO wayhome_app USING (true)');
DO $$
DECLARE
    account text;
    rule text := $policy$TO wayhome_app %s (
        'administrator' = ANY ((SELECT access_scopes())::text[]) AND user_id <> (SELECT access_user()))$policy$;
BEGIN
    FOREACH account IN ARRAY '{access_membership,access_heldscope}'::text[] LOOP
        CALL access_replace_policy(account, 'added_by_administrators', 'FOR INSERT ' || format(rule, 'WITH CHECK'));
        CALL access_replace_policy(account, 'changed_by_administrators', 'FOR UPDATE ' || format(rule, 'USING'));
        CALL access_replace_policy(account, 'works_by_itself', 'TO wayhome_worker USING (true)');
    END LOOP;
END $$;

-- ── The record, which lies below and knows no grants ─────────────────────────────────────────────────────
-- Entries: about a child, for those who see the child; one's own; and for information governance all but those
-- about restricted records. Contents of changes: only for those who see the child, and not for staff of a home,
-- because what a child told an independent interviewer is among them.
CALL access_replace_policy('audit_entry', 'added_by_all', 'FOR INSERT TO wayhome_app WITH CHECK (true)');
CALL access_replace_policy('audit_entry', 'read_by_those_concerned', $policy$FOR SELECT TO wayhome_app USING (
    CASE WHEN person_id IS NULL
         THEN user_id = (SELECT access_user()) OR (SELECT access_scopes() && '{information_governance}')
         ELSE access_sees(person_id)
              OR ((SELECT access_scopes() && '{information_governance}') AND NOT access_is_restricted(person_id)) END)
    $policy$);
CALL access_replace_policy('audit_entry', 'works_by_itself', 'TO wayhome_worker USING (true)');
GRANT SELECT ON audit_entry TO wayhome_app;

CALL access_replace_policy('audit_change', 'added_by_all', 'FOR INSERT TO wayhome_app WITH CHECK (true)');
CALL access_replace_policy('audit_change', 'read_by_those_who_see_the_child',
    $policy$FOR SELECT TO wayhome_app USING (person_id IS NOT NULL AND NOT (SELECT access_scopes() && '{home_staff}')
        AND access_sees(person_id))$policy$);
CALL access_replace_policy('audit_change', 'works_by_itself', 'TO wayhome_worker USING (true)');
GRANT SELECT ON audit_change TO wayhome_app;

CALL access_replace_policy('audit_draft', 'own_drafts',
    'TO wayhome_app USING (user_id = (SELECT access_user())) WITH CHECK (user_id = (SELECT access_user()))');
CALL access_replace_policy('audit_submission', 'own_submissions',
    'TO wayhome_app USING (user_id = (SELECT access_user())) WITH CHECK (user_id = (SELECT access_user()))');
CALL access_replace_policy('audit_submission', 'works_by_itself', 'TO wayhome_worker USING (true)');
