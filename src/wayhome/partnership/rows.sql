-- Who the agencies, teams and bodies are is open to everyone who signs in: it is whom to ring. No child is in here.
GRANT SELECT, INSERT, UPDATE ON partnership_partnership, partnership_setting, partnership_agency, partnership_team,
    partnership_body, partnership_formername, partnership_homelink TO wayhome_app, wayhome_worker;
