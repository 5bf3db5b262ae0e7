-- Missing: the standard policy, and two tables that staff of a home do not see: what the child told an independent
-- interviewer may be about the home. They see from the episode's milestones that the child was heard.
CALL access_protect('missing_episode', 'person_id');
CALL access_protect('missing_report', 'person_id');
CALL access_protect('missing_riskjudgement', 'person_id');
CALL access_protect('missing_safeandwellcheck', 'person_id', '{home_staff}');
CALL access_protect('missing_interviewoffer', 'person_id', '{home_staff}');
CALL access_protect('missing_returninterview', 'person_id', '{home_staff}');
CALL access_protect('missing_analysis', 'person_id', '{home_staff}');
