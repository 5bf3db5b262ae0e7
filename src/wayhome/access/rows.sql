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

-- Not in SQL, though one line: that would be looked up, parsed and put into the plan of every query, for each table that
-- it asks. Measured for one person by id: 1.5 times the filter by hand, and so 1.2.
CREATE OR REPLACE FUNCTION access_user() RETURNS uuid LANGUAGE plpgsql STABLE PARALLEL SAFE AS
    $$ BEGIN RETURN nullif(public.access_viewer_part(1), '')::uuid; END $$;
-- The viewer's teams and the viewer: whose grants count. Empty for scopes that never see a child.
CREATE OR REPLACE FUNCTION access_holders() RETURNS uuid[] LANGUAGE plpgsql STABLE PARALLEL SAFE AS
    $$ BEGIN RETURN string_to_array(public.access_viewer_part(2), ',')::uuid[]; END $$;
CREATE OR REPLACE FUNCTION access_scopes() RETURNS text[] LANGUAGE plpgsql STABLE PARALLEL SAFE AS
    $$ BEGIN RETURN coalesce(string_to_array(public.access_viewer_part(3), ','), '{}'); END $$;

-- ── The standard policy ──────────────────────────────────────────────────────────────────────────────────
-- Measured at a million people: this EXISTS stays under 1.3 times the same filter written by hand, where
-- "person_id IN (all the team's grants)" gets slower as the team grows. See docs/adr/0003-row-security.md.
-- The grants it finds are those that the policy of access_grant itself lets through: the viewer's own, valid now, not
-- held back. To say so here again would have the database work it out twice for every query.
-- `barred` names scopes that do not see this table even for children they see; `not_by` the bases of grants that do not
-- open it. The last is part of this policy, not another beside it: one that restricts would look for a grant once more for
-- each row.

DROP PROCEDURE IF EXISTS access_protect(regclass, text, text[]);
CREATE OR REPLACE PROCEDURE access_protect(
    protected regclass, person_column text, barred text[] DEFAULT '{}', not_by text[] DEFAULT '{}')
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', protected);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', protected);
    EXECUTE format('DROP POLICY IF EXISTS sees_the_child ON %s', protected);
    EXECUTE format($policy$
        CREATE POLICY sees_the_child ON %1$s TO wayhome_app USING (
            EXISTS (SELECT FROM access_grant g WHERE g.person_id = %1$s.%2$I %3$s)
            %4$s)
        $policy$, protected, person_column,
        CASE WHEN not_by = '{}' THEN '' ELSE format('AND g.basis <> ALL (%L::text[])', not_by) END,
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

-- Whether a grant opens a record now, for our functions; the policy below says it itself. Two instants and not the range:
-- measured at ten thousand grants, in half the time.
CREATE OR REPLACE FUNCTION access_opens(since timestamptz, until timestamptz, held_back boolean) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS
    $$ SELECT since <= now() AND (until IS NULL OR until > now()) AND NOT held_back $$;

-- ── Grants ────────────────────────────────────────────────────────────────────────────────────────────────
-- The application reads the viewer's own grants that open a record now: one that is held back would tell that the child
-- is known. It makes and ends grants only through the functions below, which go by the database's own clock, so that
-- nobody can date back when they began or ceased to see a child.

CALL access_replace_policy('access_grant', 'own_grants',
    'FOR SELECT TO wayhome_app USING (
        holder = ANY ((SELECT access_holders())::uuid[])
        AND since <= now() AND (until IS NULL OR until > now()) AND NOT held_back)');
CALL access_replace_policy('access_grant', 'works_by_itself', 'TO wayhome_worker USING (true)');
CALL access_open_to_definer('access_grant', 'SELECT, INSERT, UPDATE');
GRANT SELECT ON access_grant TO wayhome_app;
GRANT SELECT, INSERT, UPDATE ON access_grant TO wayhome_worker;

CREATE OR REPLACE FUNCTION access_sees(person uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM access_grant g WHERE g.person_id = person AND g.holder = ANY (access_holders())
                   AND access_opens(g.since, g.until, g.held_back))
$$;
ALTER FUNCTION access_sees(uuid) OWNER TO wayhome_definer;

-- Until when the viewer sees the child: 'infinity' while the facts behind a grant last, NULL if not at all.
CREATE OR REPLACE FUNCTION access_sees_until(person uuid) RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT max(coalesce(g.until, 'infinity')) FROM access_grant g
    WHERE g.person_id = person AND g.holder = ANY (access_holders()) AND access_opens(g.since, g.until, g.held_back)
$$;
ALTER FUNCTION access_sees_until(uuid) OWNER TO wayhome_definer;

CREATE OR REPLACE FUNCTION access_is_restricted(person uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM access_restriction r WHERE r.person_id = person AND r.lifted_at IS NULL)
$$;
ALTER FUNCTION access_is_restricted(uuid) OWNER TO wayhome_definer;
-- The application must not ask about any child whether the record is restricted: only our own functions may.
REVOKE EXECUTE ON FUNCTION access_is_restricted(uuid) FROM wayhome_app;

-- Whether the viewer may check what others did with this record, without seeing the child.
CREATE OR REPLACE FUNCTION access_may_review(person uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT access_scopes() && '{coordinator,information_governance}' AND NOT access_is_restricted(person)
$$;
ALTER FUNCTION access_may_review(uuid) OWNER TO wayhome_definer;

-- Whether a viewer who sees the child until then may open or end a grant of this holder. One whose own sight ends by
-- itself (broken glass, a report) cannot prolong it, neither directly nor through a colleague, and cannot close the
-- record to others; but whoever reports a child missing calls in the teams of the pathway.
CREATE OR REPLACE FUNCTION access_may_pass_on(sees_until timestamptz, to_holder uuid, ends timestamptz)
RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(ends, 'infinity') <= sees_until OR EXISTS (
        SELECT FROM partnership_team t
        WHERE t.id = to_holder AND t.kind IN ('police_desk', 'coordination', 'interviewers'))
$$;
ALTER FUNCTION access_may_pass_on(timestamptz, uuid, timestamptz) OWNER TO wayhome_definer;
GRANT SELECT ON partnership_team TO wayhome_definer;

-- Opens a grant from now on. Allowed to one who sees the child, for as long as they see it; and to the maker of a
-- record that does not exist yet. A restricted record takes grants for teams only held back, and for users only
-- from one who sees it. Broken glass and reports have their own functions, because they have to be listed. What a
-- report opened for a month is not passed on at all, but to the teams of the pathway: a grant on another basis would
-- show what the child told.
CREATE OR REPLACE FUNCTION access_open_grant(
    new_id uuid, person uuid, for_team uuid, for_user uuid, why_basis text, why text, ends timestamptz) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    me uuid := access_user();
    to_holder uuid := coalesce(for_user, for_team);
    sees_until timestamptz := access_sees_until(person);
    passes_until timestamptz := sees_until;
    restricted boolean := access_is_restricted(person);
    is_new boolean := NOT EXISTS (SELECT FROM people_person p WHERE p.id = person)
        AND NOT EXISTS (SELECT FROM access_grant g
                        WHERE g.person_id = person AND g.granted_by_id IS DISTINCT FROM me);
BEGIN
    IF sees_until < 'infinity' THEN
        SELECT coalesce(max(upper(g.valid)), '-infinity') INTO passes_until FROM access_grant g
        WHERE g.person_id = person AND g.holder = ANY (access_holders()) AND g.valid @> now() AND NOT g.held_back
            AND g.basis <> 'report';
    END IF;
    IF me IS NULL OR coalesce(cardinality(access_holders()), 0) = 0 OR why_basis = 'break_glass' OR NOT coalesce(
        is_new OR access_may_pass_on(passes_until, to_holder, ends) AND sees_until IS NOT NULL, false)
    THEN
        RAISE EXCEPTION 'wayhome: this grant may not be opened' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO access_grant (id, person_id, team_id, user_id, basis, reason, valid, held_back, granted_by_id)
    VALUES (new_id, person, for_team, for_user, why_basis, why, tstzrange(now(), ends),
            restricted AND for_team IS NOT NULL, me);
    RETURN new_id;
END $$;
ALTER FUNCTION access_open_grant(uuid, uuid, uuid, uuid, text, text, timestamptz) OWNER TO wayhome_definer;

-- Ends the open grants of one basis that a team or user has for a child, now. Only one who sees the child may; what a
-- report opened, also those who answer reports (roles.py). The reviewers' list says from then on that it is over.
CREATE OR REPLACE FUNCTION access_end_grants(person uuid, ended_holder uuid, ended_basis text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    sees_until timestamptz := access_sees_until(person);
    ended integer;
BEGIN
    IF sees_until IS NULL OR NOT (ended_holder = ANY (access_holders())
                                  OR ended_basis = 'report' AND access_scopes() && '{police_desk,coordinator}'
                                  OR access_may_pass_on(sees_until, ended_holder, NULL)) THEN
        RAISE EXCEPTION 'wayhome: this grant may not be ended' USING ERRCODE = 'insufficient_privilege';
    END IF;
    WITH closed AS (
        UPDATE access_grant SET valid = tstzrange(lower(valid), greatest(now(), lower(valid)))
        WHERE person_id = person AND holder = ended_holder AND basis = ended_basis
            AND NOT isempty(valid) AND coalesce(upper(valid) > now(), true)
        RETURNING id),
    told AS (UPDATE access_breakglass SET expires_at = now() FROM closed WHERE grant_id = closed.id)
    SELECT count(*) INTO ended FROM closed;
    RETURN ended;
END $$;
ALTER FUNCTION access_end_grants(uuid, uuid, text) OWNER TO wayhome_definer;

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

-- Restricts a record to named users: grants of teams, and of users who are not named, are held back. Gives who was
-- faster, if somebody was: to one who saw the record when they asked, also if they do not see it any more.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_proc WHERE proname = 'access_restrict' AND prorettype = 'void'::regtype) THEN
        DROP FUNCTION access_restrict(uuid, uuid, uuid[], text);
    END IF;
END $$;
CREATE OR REPLACE FUNCTION access_restrict(new_id uuid, person uuid, named uuid[], why text)
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    was_first uuid;
BEGIN
    IF NOT (access_sees(person) AND 'coordinator' = ANY (access_scopes()) AND access_user() = ANY (named)) THEN
        RAISE EXCEPTION 'wayhome: this record may not be restricted' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO access_restriction (id, person_id, reason, restricted_by_id, restricted_at, lifted_reason)
    VALUES (new_id, person, why, access_user(), now(), '')
    ON CONFLICT (person_id) WHERE lifted_at IS NULL DO NOTHING;
    IF NOT FOUND THEN
        SELECT coalesce(r.restricted_by_id, r.id) INTO was_first FROM access_restriction r
        WHERE r.person_id = person AND r.lifted_at IS NULL;
        RETURN was_first;
    END IF;
    UPDATE access_grant SET held_back = true
    WHERE person_id = person AND coalesce(upper(valid) > now(), true) AND (user_id IS NULL OR NOT user_id = ANY (named));
    INSERT INTO access_grant (id, person_id, user_id, basis, reason, valid, held_back, granted_by_id)
    SELECT gen_random_uuid(), person, u, 'allocation', 'Named when the record was restricted', tstzrange(now(), NULL),
           false, access_user()
    FROM unnest(named) u;
    RETURN NULL;
END $$;
ALTER FUNCTION access_restrict(uuid, uuid, uuid[], text) OWNER TO wayhome_definer;

CREATE OR REPLACE FUNCTION access_lift_restriction(person uuid, why text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT (access_sees(person) AND 'coordinator' = ANY (access_scopes())) THEN
        RAISE EXCEPTION 'wayhome: this restriction may not be lifted' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE access_restriction SET lifted_at = now(), lifted_by_id = access_user(), lifted_reason = why
    WHERE person_id = person AND lifted_at IS NULL;
    UPDATE access_grant SET held_back = false WHERE person_id = person AND held_back;
END $$;
ALTER FUNCTION access_lift_restriction(uuid, text) OWNER TO wayhome_definer;

-- ── Broken glass ────────────────────────────────────────────────────────────────────────────────────────
-- The one who broke it and the reviewers see it; never about a record that has been restricted since. It comes into
-- being together with its grant, and only somebody else can answer for it, once.
CALL access_replace_policy('access_breakglass', 'own_or_reviewer', $policy$FOR SELECT TO wayhome_app
    USING (user_id = (SELECT access_user()) OR access_may_review(person_id))$policy$);
CALL access_replace_policy('access_breakglass', 'reviewed_once_by_another', $policy$FOR UPDATE TO wayhome_app
    USING (reviewed_at IS NULL AND user_id <> (SELECT access_user()) AND access_may_review(person_id))
    WITH CHECK (reviewed_by_id = (SELECT access_user()))$policy$);
CALL access_replace_policy('access_breakglass', 'works_by_itself', 'TO wayhome_worker USING (true)');
CALL access_open_to_definer('access_breakglass', 'SELECT, INSERT, UPDATE');
GRANT SELECT, UPDATE (reviewed_by_id, reviewed_at, review_outcome, review_note) ON access_breakglass TO wayhome_app;
GRANT SELECT, INSERT, UPDATE ON access_breakglass TO wayhome_worker;

-- Opens a record to the viewer for 24 hours and lists it for review, both or neither. A restricted record and one
-- that does not exist are refused alike.
CREATE OR REPLACE FUNCTION access_break_glass(new_grant uuid, new_id uuid, person uuid, code text, why text)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    me uuid := access_user();
    ends timestamptz := now() + interval '24 hours';
BEGIN
    IF me IS NULL OR coalesce(cardinality(access_holders()), 0) = 0 OR code IN ('report', 'referral')
        OR access_is_restricted(person)
        OR NOT EXISTS (SELECT FROM people_person p WHERE p.id = person) THEN
        RAISE EXCEPTION 'wayhome: this glass may not be broken' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO access_grant (id, person_id, user_id, basis, reason, valid, held_back, granted_by_id)
    VALUES (new_grant, person, me, 'break_glass', why, tstzrange(now(), ends), false, me);
    INSERT INTO access_breakglass (id, grant_id, person_id, user_id, reason_code, reason, broken_at, expires_at,
                                   review_outcome, review_note)
    VALUES (new_id, new_grant, person, me, code, why, now(), ends, '', '');
END $$;
ALTER FUNCTION access_break_glass(uuid, uuid, uuid, text, text) OWNER TO wayhome_definer;

-- Opens a record for 31 days to the viewer who reports the child missing, to nobody else, and lists it for review: a
-- report must not be a way to read what one is curious about. A restricted record is refused like one unknown.
CREATE OR REPLACE FUNCTION access_open_by_report(new_grant uuid, new_id uuid, person uuid, why text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    me uuid := access_user();
    ends timestamptz := now() + interval '31 days';
BEGIN
    IF me IS NULL OR coalesce(cardinality(access_holders()), 0) = 0 OR access_is_restricted(person)
        OR NOT EXISTS (SELECT FROM people_person p WHERE p.id = person) THEN
        RAISE EXCEPTION 'wayhome: a report may not open this record' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO access_grant (id, person_id, user_id, basis, reason, valid, held_back, granted_by_id)
    VALUES (new_grant, person, me, 'report', why, tstzrange(now(), ends), false, me);
    INSERT INTO access_breakglass (id, grant_id, person_id, user_id, reason_code, reason, broken_at, expires_at,
                                   review_outcome, review_note)
    VALUES (new_id, new_grant, person, me, 'report', why, now(), ends, '', '');
END $$;
ALTER FUNCTION access_open_by_report(uuid, uuid, uuid, text) OWNER TO wayhome_definer;

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

-- How an account is signed in to is changed by its user alone, and by administrators for others. A trigger and not a
-- policy, because column by column: a sign-in notes its time before anybody is looking. The arguments: the column with
-- the user's id; what may change whoever asks; what the user may change of their own row ({} means all of it). The
-- library notes an account's own address when it is first needed: that opens nothing to anyone else.
CREATE OR REPLACE FUNCTION access_guard_account() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    whose text := to_jsonb(CASE TG_OP WHEN 'INSERT' THEN NEW ELSE OLD END) ->> TG_ARGV[0];
    noted text[] := TG_ARGV[1];
    own text[] := TG_ARGV[2];
    mine boolean := coalesce(whose = access_user()::text, false);
BEGIN
    IF current_user <> 'wayhome_app' OR (NOT mine AND 'administrator' = ANY (access_scopes()))
        OR (TG_OP = 'UPDATE' AND to_jsonb(NEW) - noted = to_jsonb(OLD) - noted)
        OR (mine AND TG_OP = 'UPDATE' AND own <> '{}' AND to_jsonb(NEW) - own = to_jsonb(OLD) - own)
        OR (mine AND own = '{}' AND (TG_OP <> 'UPDATE' OR to_jsonb(NEW) ->> TG_ARGV[0] = whose))
        OR (TG_TABLE_NAME = 'account_emailaddress' AND TG_OP <> 'DELETE' AND to_jsonb(NEW) ->> 'user_id' = whose
            AND EXISTS (SELECT FROM access_user u WHERE u.id::text = whose AND u.email = lower(to_jsonb(NEW) ->> 'email')))
    THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION 'wayhome: this account is not yours to change' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE OR REPLACE TRIGGER own_or_administrators BEFORE INSERT OR UPDATE OR DELETE ON access_user
    FOR EACH ROW EXECUTE FUNCTION access_guard_account('id', '{last_login}', '{last_login,password}');

-- ── The partnership, which lies below and knows no scopes ────────────────────────────────────────────────
-- Whom to ring is for everyone to read, and for administrators and coordinators to write (roles.py).
DO $$
DECLARE
    noun text;
BEGIN
    FOREACH noun IN ARRAY '{partnership_partnership,partnership_setting,partnership_agency,partnership_team,
                            partnership_body,partnership_formername,partnership_homelink,partnership_post,
                            partnership_postholder,partnership_bodyterms,partnership_bodyseat,partnership_bodymeeting,
                            partnership_attendance}'::text[] LOOP
        CALL access_replace_policy(noun, 'read_by_all', 'FOR SELECT TO wayhome_app, wayhome_definer USING (true)');
        CALL access_replace_policy(noun, 'written_by_those_who_manage',
            $policy$TO wayhome_app USING ((SELECT access_scopes() && '{administrator,coordinator}'))$policy$);
        CALL access_replace_policy(noun, 'works_by_itself', 'TO wayhome_worker USING (true)');
    END LOOP;
END $$;

-- ── The record, which lies below and knows no grants ─────────────────────────────────────────────────────
-- Entries: about a child, for those who see the child; one's own; and for information governance all but those
-- about restricted records. Contents of changes: only for those who see the child, and not for staff of a home or for
-- those who see the child by a report or a referral alone, because what a child told an independent interviewer is among them.
-- Nobody writes in another's name. A request in which nobody is looking yet records only what happens to an account
-- while its user signs in.
CALL access_replace_policy('audit_entry', 'added_in_own_name', $policy$FOR INSERT TO wayhome_app WITH CHECK (
    CASE WHEN (SELECT access_user()) IS NULL
         THEN person_id IS NULL AND subject_kind = 'user' AND subject_id IS NOT DISTINCT FROM user_id
         ELSE user_id = (SELECT access_user())
              AND actor = (SELECT u.name FROM access_user u WHERE u.id = (SELECT access_user())) END)$policy$);
CALL access_replace_policy('audit_entry', 'read_by_those_concerned', $policy$FOR SELECT TO wayhome_app USING (
    CASE WHEN person_id IS NULL
         THEN user_id = (SELECT access_user()) OR (SELECT access_scopes() && '{information_governance}')
         ELSE access_sees(person_id)
              OR ((SELECT access_scopes() && '{information_governance}') AND access_may_review(person_id)) END)
    $policy$);
CALL access_replace_policy('audit_entry', 'works_by_itself', 'TO wayhome_worker USING (true)');
CALL access_open_to_definer('audit_entry');
GRANT SELECT ON audit_sealedentry TO wayhome_definer;
GRANT SELECT ON audit_entry TO wayhome_app;

-- A change belongs to an entry of one's own that is not sealed yet, and is about the same child.
CREATE OR REPLACE FUNCTION access_may_add_change(to_entry uuid, person uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM audit_entry e
                   WHERE e.id = to_entry AND e.user_id = access_user() AND e.person_id IS NOT DISTINCT FROM person)
        AND NOT EXISTS (SELECT FROM audit_sealedentry s WHERE s.entry_id = to_entry)
$$;
ALTER FUNCTION access_may_add_change(uuid, uuid) OWNER TO wayhome_definer;
CALL access_replace_policy('audit_change', 'added_to_own_entries',
    'FOR INSERT TO wayhome_app WITH CHECK (access_may_add_change(entry_id, person_id))');
CALL access_replace_policy('audit_change', 'read_by_those_who_see_the_child',
    $policy$FOR SELECT TO wayhome_app USING (person_id IS NOT NULL AND NOT (SELECT access_scopes() && '{home_staff}')
        AND EXISTS (SELECT FROM access_grant g
                    WHERE g.person_id = audit_change.person_id AND g.basis NOT IN ('report', 'referral')))
    $policy$);
CALL access_replace_policy('audit_change', 'works_by_itself', 'TO wayhome_worker USING (true)');
GRANT SELECT ON audit_change TO wayhome_app;

CALL access_replace_policy('audit_draft', 'own_drafts',
    'TO wayhome_app USING (user_id = (SELECT access_user())) WITH CHECK (user_id = (SELECT access_user()))');
-- The demonstration leaves drafts for its personas; the worker reads none.
CALL access_replace_policy('audit_draft', 'left_by_the_demonstration', 'FOR INSERT TO wayhome_worker WITH CHECK (true)');
CALL access_replace_policy('audit_submission', 'own_submissions',
    'TO wayhome_app USING (user_id = (SELECT access_user())) WITH CHECK (user_id = (SELECT access_user()))');
CALL access_replace_policy('audit_submission', 'works_by_itself', 'TO wayhome_worker USING (true)');
