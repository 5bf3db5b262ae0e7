-- The record. The application may add entries and never change or remove one; the worker adds seals.
-- Who may read which entries is said in access/rows.sql, where grants are known.
GRANT INSERT ON audit_entry, audit_change TO wayhome_app, wayhome_worker;
GRANT SELECT ON audit_entry, audit_change, audit_seal, audit_sealedentry TO wayhome_worker;
GRANT INSERT ON audit_seal, audit_sealedentry TO wayhome_worker;
GRANT SELECT, INSERT, UPDATE ON audit_submission TO wayhome_app, wayhome_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON audit_draft TO wayhome_app;
GRANT INSERT ON audit_draft TO wayhome_worker;
-- Counts of tries to sign in, before anybody is known: no row is anybody's. The worker clears what has run out.
GRANT SELECT, INSERT, UPDATE, DELETE ON audit_tried TO wayhome_app;
GRANT SELECT, DELETE ON audit_tried TO wayhome_worker;
