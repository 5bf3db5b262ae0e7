-- Missing: the standard policy, and two tables that staff of a home do not see: what the child told an independent
-- interviewer may be about the home. They see from the episode's milestones that the child was heard.
CALL access_protect('missing_episode', 'person_id');
CALL access_protect('missing_report', 'person_id');
CALL access_protect('missing_returncorrection', 'person_id');
CALL access_protect('missing_riskjudgement', 'person_id');
CALL access_protect('missing_safeandwellcheck', 'person_id', '{home_staff}');
CALL access_protect('missing_interviewoffer', 'person_id', '{home_staff}');
CALL access_protect('missing_returninterview', 'person_id', '{home_staff}');
CALL access_protect('missing_analysis', 'person_id', '{home_staff}');

-- Who sees the child only because they reported them missing sees what the episode needs: not what the child told
-- anyone, nor what others made of it. That it was done they see from the episode's milestones.
DO $$
DECLARE
    told text;
BEGIN
    FOREACH told IN ARRAY '{missing_safeandwellcheck,missing_interviewoffer,missing_returninterview,
                            missing_analysis}'::text[] LOOP
        CALL access_replace_policy(told, 'not_by_a_report_alone', format($policy$AS RESTRICTIVE FOR SELECT
            TO wayhome_app USING (EXISTS (SELECT FROM access_grant g
                                          WHERE g.person_id = %1$I.person_id AND g.basis <> 'report'))$policy$, told));
    END LOOP;
END $$;

-- What is written about an episode is about its child: no row goes under the episode of another, seen or hidden.
DO $$
DECLARE
    written text;
BEGIN
    FOREACH written IN ARRAY '{missing_report,missing_returncorrection,missing_riskjudgement,
                               missing_safeandwellcheck,missing_interviewoffer,missing_returninterview,
                               missing_analysis}'::text[] LOOP
        CALL access_replace_policy(written, 'of_the_same_child', format($policy$AS RESTRICTIVE TO wayhome_app
            USING (true) WITH CHECK (EXISTS (SELECT FROM missing_episode e
                                             WHERE e.id = %1$I.episode_id AND e.person_id = %1$I.person_id))$policy$,
            written));
    END LOOP;
END $$;
