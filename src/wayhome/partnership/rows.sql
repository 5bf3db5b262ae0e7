-- Who the agencies, teams and bodies are is open to everyone who signs in: it is whom to ring. No child is in here.
GRANT SELECT, INSERT, UPDATE ON partnership_partnership, partnership_setting, partnership_agency, partnership_team,
    partnership_body, partnership_formername, partnership_homelink, partnership_post,
    partnership_postholder, partnership_bodyterms, partnership_bodyseat, partnership_bodymeeting, partnership_attendance
    TO wayhome_app, wayhome_worker;
