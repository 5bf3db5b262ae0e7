-- People: the standard policy on everything about a person; search and index card as functions that decide inside.

CALL access_protect('people_person', 'id');
CALL access_protect('people_name', 'person_id');
CALL access_protect('people_identifier', 'person_id');
CALL access_protect('people_address', 'person_id');
CALL access_protect('people_careepisode', 'person_id');
CALL access_protect('people_involvement', 'person_id');
CALL access_protect('people_relationship', 'person_id');
CALL access_protect('people_planstatus', 'person_id');
CALL access_protect('people_description', 'person_id');
CALL access_protect('people_knownplace', 'person_id');
CALL access_protect('people_photo', 'person_id');

-- The words of names. Not even their list is open: it would say that somebody of that name is known.
CALL access_replace_policy('people_persontoken', 'works_by_itself', 'TO wayhome_worker USING (true)');
CALL access_replace_policy('people_nametoken', 'works_by_itself', 'TO wayhome_worker USING (true)');
GRANT SELECT, INSERT, UPDATE, DELETE ON people_persontoken, people_nametoken TO wayhome_worker;
GRANT USAGE ON SEQUENCE people_persontoken_id_seq TO wayhome_worker, wayhome_definer;
CALL access_open_to_definer('people_person');
CALL access_open_to_definer('people_name');
CALL access_open_to_definer('people_identifier');
CALL access_open_to_definer('people_involvement');
CALL access_open_to_definer('people_careepisode');
CALL access_open_to_definer('people_address');
CALL access_open_to_definer('people_persontoken', 'SELECT, INSERT, DELETE');
CALL access_open_to_definer('people_nametoken', 'SELECT, INSERT');
GRANT SELECT ON partnership_team, partnership_agency TO wayhome_definer;

-- people.rules.name_words() in SQL.
CREATE OR REPLACE FUNCTION people_words(names text) RETURNS SETOF text LANGUAGE sql STABLE AS $$
    SELECT DISTINCT left(word, 60)
    FROM regexp_split_to_table(regexp_replace(lower(unaccent(names)), '[''’`]', '', 'g'), '[^[:alpha:]]+') word
    WHERE word <> ''
$$;

-- A word and what is left of it without any one letter. Words of three letters or fewer only match whole.
CREATE OR REPLACE FUNCTION people_shortenings(word text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_agg(DISTINCT left(word, i - 1) || substr(word, i + 1))
    FROM generate_series(CASE WHEN length(word) > 3 THEN 1 ELSE length(word) + 1 END, length(word) + 1) i
$$;

-- Makes people findable by all their names. Called by whoever wrote a name.
CREATE OR REPLACE FUNCTION people_index_names(indexed uuid[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DELETE FROM people_persontoken WHERE person_id = ANY (indexed);
    WITH words AS (
        SELECT DISTINCT p.id AS person_id, w AS token, extract(year FROM p.date_of_birth)::smallint AS born_year
        FROM people_person p JOIN people_name n ON n.person_id = p.id,
             people_words(n.given_name || ' ' || n.family_name) w
        WHERE p.id = ANY (indexed)),
    known AS (
        INSERT INTO people_nametoken (token, shortenings, sound)
        SELECT DISTINCT token, people_shortenings(token), dmetaphone(token) FROM words
        ON CONFLICT DO NOTHING)
    INSERT INTO people_persontoken (token, person_id, born_year) SELECT token, person_id, born_year FROM words;
$$;
ALTER FUNCTION people_index_names(uuid[]) OWNER TO wayhome_definer;

-- Words of names that a typed word may mean: its beginning, a slip or two away, or the same sound; nearest first.
CREATE OR REPLACE FUNCTION people_meant(word text, at_most integer) RETURNS TABLE (token text, nearness real)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT near.token, max(near.nearness)::real FROM (
        (SELECT t.token, CASE WHEN t.token = word THEN 1 ELSE 0.7 + 0.2 * length(word) / length(t.token) END AS nearness
         FROM people_nametoken t
         WHERE t.token ~>=~ word AND t.token ~<~ (word || U&'\+10FFFF') ORDER BY length(t.token) LIMIT at_most)
        UNION ALL
        SELECT t.token, 0.9 - 0.1 * levenshtein(t.token, word) FROM people_nametoken t
        WHERE t.shortenings && people_shortenings(word)
        UNION ALL
        SELECT t.token, 0.5 FROM people_nametoken t WHERE length(word) > 2 AND t.sound = dmetaphone(word)) near
    GROUP BY near.token ORDER BY 2 DESC, 1 LIMIT at_most
$$;
ALTER FUNCTION people_meant(text, integer) OWNER TO wayhome_definer;
-- It would list the words of all names, of restricted people too: only people_search() may ask it.
REVOKE EXECUTE ON FUNCTION people_meant(text, integer) FROM wayhome_app;

-- Find people by misspelt, swapped or partial names, with a year of birth if known. Each word of the question is
-- matched against the list of distinct name words; people need a match for every word. Applies the same rule as the
-- policies inside, because the operators of such a search would otherwise run before it or without their index.
CREATE OR REPLACE FUNCTION people_search(words text[], year integer, at_most integer)
RETURNS TABLE (person_id uuid, closeness real)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 30 SET search_path = public, pg_temp AS $$
DECLARE
    holders uuid[] := access_holders();
BEGIN
    RETURN QUERY
    WITH meant AS MATERIALIZED (
        SELECT q.place, m.token, m.nearness
        FROM unnest(words) WITH ORDINALITY AS q(word, place) CROSS JOIN LATERAL people_meant(q.word, 60) m),
    hits AS (
        SELECT pt.person_id, m.place, max(m.nearness) AS nearness
        FROM meant m JOIN people_persontoken pt ON pt.token = m.token
        WHERE (year IS NULL OR pt.born_year = year)
        GROUP BY pt.person_id, m.place),
    found AS (
        SELECT h.person_id, (sum(h.nearness) / cardinality(words))::real AS closeness
        FROM hits h GROUP BY h.person_id HAVING count(*) = cardinality(words))
    SELECT f.person_id, f.closeness FROM found f
    WHERE EXISTS (SELECT FROM access_grant g WHERE g.person_id = f.person_id AND g.holder = ANY (holders)
                  AND access_opens(g.since, g.until, g.held_back))
    ORDER BY 2 DESC, 1
    LIMIT at_most;
END $$;
ALTER FUNCTION people_search(text[], integer, integer) OWNER TO wayhome_definer;

-- "Known to ... ring ...": for one who has a child in front of them and no grant. Needs a whole name (in any order)
-- and a date of birth, or a national number: an agency's own could be guessed one after the other. Tells that the child
-- is known and whom to ring, and nothing else: no home where an address is kept from view. Restricted records do not
-- appear.
CREATE OR REPLACE FUNCTION people_index_card(words text[], born date, number text)
RETURNS TABLE (person_id uuid, agency text, team text, phone text, out_of_hours_phone text, is_lead boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH known AS (
        SELECT p.id FROM people_person p
        WHERE cardinality(words) >= 2 AND p.date_of_birth = born AND (
            SELECT count(*) FROM people_persontoken t WHERE t.person_id = p.id AND t.token = ANY (words)
        ) = cardinality(words)
        UNION
        SELECT i.person_id FROM people_identifier i WHERE i.value = number AND i.valid_to IS NULL
            AND i.type IN ('NHS Number', 'Unique Pupil Number', 'Single Unique Identifier'))
    SELECT k.id, a.name, t.name, t.phone, t.out_of_hours_phone, coalesce(i.is_lead, false)
    FROM known k
    LEFT JOIN people_involvement i ON i.person_id = k.id AND i.valid @> current_date
    LEFT JOIN partnership_team t ON t.id = i.team_id AND NOT (t.kind = 'home' AND EXISTS (
        SELECT FROM people_address a WHERE a.person_id = k.id AND a.is_masked AND a.valid @> current_date))
    LEFT JOIN partnership_agency a ON a.id = t.agency_id
    WHERE NOT access_is_restricted(k.id) AND cardinality(access_holders()) > 0
    ORDER BY k.id, coalesce(i.is_lead, false) DESC, a.name
$$;
ALTER FUNCTION people_index_card(text[], date, text) OWNER TO wayhome_definer;
