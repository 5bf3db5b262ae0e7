-- Rights on the tables of the libraries. No table here says anything about a child.

-- Sign-in: sessions, e-mail addresses, second factors, single sign-on.
GRANT SELECT, INSERT, UPDATE, DELETE ON
  django_session, account_emailaddress, mfa_authenticator, socialaccount_socialaccount TO wayhome_app;
GRANT SELECT ON account_emailconfirmation, socialaccount_socialapp, socialaccount_socialtoken TO wayhome_app;
-- What opens an account belongs to its user (access/rows.sql).
CREATE OR REPLACE TRIGGER own_or_administrators BEFORE INSERT OR UPDATE OR DELETE ON account_emailaddress
  FOR EACH ROW EXECUTE FUNCTION access_guard_account('user_id', '{}', '{}');
CREATE OR REPLACE TRIGGER own_or_administrators BEFORE INSERT OR UPDATE OR DELETE ON mfa_authenticator
  FOR EACH ROW EXECUTE FUNCTION access_guard_account('user_id', '{last_used_at}', '{}');
CREATE OR REPLACE TRIGGER own_or_administrators BEFORE INSERT OR UPDATE OR DELETE ON socialaccount_socialaccount
  FOR EACH ROW EXECUTE FUNCTION access_guard_account('user_id', '{last_login,extra_data}', '{}');
-- The demo makes its personas' accounts; a job clears sessions that have run out.
GRANT SELECT, INSERT, UPDATE, DELETE ON django_session, account_emailaddress, mfa_authenticator TO wayhome_worker;

-- Whether the database is of this version: asked at every start.
GRANT SELECT ON django_migrations TO wayhome_app, wayhome_worker;

-- Jobs: the application adds one (a row and the event "deferred") and can neither read nor change any.
GRANT INSERT, SELECT (id) ON procrastinate_jobs TO wayhome_app;
GRANT INSERT ON procrastinate_events TO wayhome_app;
-- And only one kind, now: with any other it could give the worker orders, or keep the record from being sealed.
CALL access_replace_policy('procrastinate_jobs', 'told_apart_by_id', 'FOR SELECT TO wayhome_app USING (true)');
CALL access_replace_policy('procrastinate_jobs', 'hands_events_over', $policy$FOR INSERT TO wayhome_app WITH CHECK (
  task_name = 'events.dispatch' AND status = 'todo' AND lock IS NULL AND queueing_lock IS NULL
  AND scheduled_at IS NULL AND attempts = 0)$policy$);
CALL access_replace_policy('procrastinate_jobs', 'works_by_itself', 'TO wayhome_worker USING (true)');
GRANT USAGE ON SEQUENCE procrastinate_jobs_id_seq, procrastinate_events_id_seq TO wayhome_app;

-- The worker has the run of its own tables.
DO $$
DECLARE it record;
BEGIN
  FOR it IN SELECT oid::regclass AS name, relkind FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relname LIKE 'procrastinate\_%' AND relkind IN ('r', 'S')
  LOOP
    EXECUTE format('GRANT %s ON %s %s TO wayhome_worker',
      CASE it.relkind WHEN 'S' THEN 'USAGE, SELECT' ELSE 'SELECT, INSERT, UPDATE, DELETE' END,
      CASE it.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, it.name);
  END LOOP;
END $$;
