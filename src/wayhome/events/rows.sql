-- The outbox holds ids and codes only. The application adds events; the worker handles them.
GRANT INSERT ON events_outboxevent TO wayhome_app;
GRANT SELECT, INSERT, UPDATE ON events_outboxevent TO wayhome_worker;
