-- The record. The application may add entries and never change or remove one; the worker adds seals.
-- Who may read which entries is said in access/rows.sql, where grants are known.
GRANT INSERT ON audit_entry, audit_change TO wayhome_app, wayhome_worker;
GRANT SELECT ON audit_entry, audit_change, audit_seal, audit_sealedentry TO wayhome_worker;
GRANT INSERT ON audit_seal, audit_sealedentry TO wayhome_worker;
GRANT SELECT, INSERT, UPDATE ON audit_submission TO wayhome_app, wayhome_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON audit_draft TO wayhome_app;
GRANT INSERT ON audit_draft TO wayhome_worker;

-- Counts of tries to sign in, before anybody is known: no row is anybody's. The application reaches one by its key,
-- which is a digest that only the server can make (tried.py): SQL smuggled into a query can neither list the counts nor
-- empty the table. The worker clears what has run out.
GRANT SELECT, INSERT, UPDATE, DELETE ON audit_tried TO wayhome_definer;
GRANT SELECT, DELETE ON audit_tried TO wayhome_worker;

CREATE OR REPLACE FUNCTION audit_tried_get(asked text) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT value FROM audit_tried WHERE key = asked AND ends_at > clock_timestamp()
$$;
ALTER FUNCTION audit_tried_get(text) OWNER TO wayhome_definer;

-- True if it is kept; with `only_if_free` not where something is kept under this key already.
CREATE OR REPLACE FUNCTION audit_tried_put(new_key text, new_value jsonb, seconds double precision, only_if_free boolean)
RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH kept AS (
        INSERT INTO audit_tried AS held (key, value, ends_at)
        VALUES (new_key, new_value, clock_timestamp() + make_interval(secs => seconds))
        ON CONFLICT (key) DO UPDATE SET value = excluded.value, ends_at = excluded.ends_at
            WHERE NOT only_if_free OR held.ends_at <= clock_timestamp()
        RETURNING true)
    SELECT EXISTS (SELECT FROM kept)
$$;
ALTER FUNCTION audit_tried_put(text, jsonb, double precision, boolean) OWNER TO wayhome_definer;

-- True if there was something.
CREATE OR REPLACE FUNCTION audit_tried_forget(old_key text) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH gone AS (DELETE FROM audit_tried WHERE key = old_key RETURNING true) SELECT EXISTS (SELECT FROM gone)
$$;
ALTER FUNCTION audit_tried_forget(text) OWNER TO wayhome_definer;
