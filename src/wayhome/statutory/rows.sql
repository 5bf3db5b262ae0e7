-- Imports of returns: for coordinators. A batch holds counts. A rejection holds what a file says of one child, whom we
-- often do not know; where we do, a restricted record stays restricted here too. Written by the worker alone.
CALL access_replace_policy('statutory_importbatch', 'coordinators',
    $policy$FOR SELECT TO wayhome_app USING ('coordinator' = ANY ((SELECT access_scopes())::text[]))$policy$);
CALL access_replace_policy('statutory_importbatch', 'works_by_itself', 'TO wayhome_worker USING (true)');
CALL access_replace_policy('statutory_importrejection', 'coordinators', $policy$FOR SELECT TO wayhome_app USING (
    'coordinator' = ANY ((SELECT access_scopes())::text[])
    AND (person_id IS NULL OR access_may_review(person_id) OR access_sees(person_id)))$policy$);
CALL access_replace_policy('statutory_importrejection', 'works_by_itself', 'TO wayhome_worker USING (true)');
GRANT SELECT ON statutory_importbatch, statutory_importrejection TO wayhome_app;
GRANT SELECT, INSERT ON statutory_importbatch, statutory_importrejection TO wayhome_worker;
