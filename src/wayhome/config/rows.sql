-- Rights on the tables of the libraries. No table here says anything about a child.

-- Sign-in: sessions, e-mail addresses, second factors, single sign-on.
GRANT SELECT, INSERT, UPDATE, DELETE ON
  django_session, account_emailaddress, account_emailconfirmation, mfa_authenticator,
  socialaccount_socialaccount, socialaccount_socialapp, socialaccount_socialtoken
  TO wayhome_app;
-- The demo makes its personas' accounts; a job clears sessions that have run out.
GRANT SELECT, INSERT, UPDATE, DELETE ON django_session, account_emailaddress, mfa_authenticator TO wayhome_worker;

-- Whether the database is of this version: asked at every start.
GRANT SELECT ON django_migrations TO wayhome_app, wayhome_worker;

-- Jobs: the application adds one (a row and the event "deferred") and can neither read nor change any.
GRANT INSERT, SELECT (id) ON procrastinate_jobs TO wayhome_app;
GRANT INSERT ON procrastinate_events TO wayhome_app;
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
