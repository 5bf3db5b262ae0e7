"""A million people, two million episodes over ten years, two hundred teams, two million grants: built by seed, inside
PostgreSQL.

Names are made of syllables: nobody is called that.
"""

import argparse
import random
import time
from collections.abc import Iterator
from itertools import product

import django

django.setup()

from bench.cast import gather  # noqa: E402 -- only once Django knows its settings
from bench.ids import TEAMS  # noqa: E402
from wayhome.config.postgres import administrator, database_name  # noqa: E402

SEED = 0.20261122
GIVEN_NAMES, FAMILY_NAMES = 1_500, 40_000
YEARS = 10
# The days between the first of a child's five episodes and the end of the last.
TOGETHER = 4 * 45 + 30 + 13
# One child in so many is missing now or was a moment ago: two hundred of those whom the viewer sees.
ONE_UNFINISHED_IN = 20
IS_UNFINISHED = f"hashint4({{child}}) % {ONE_UNFINISHED_IN} = 0"
# How many days ago a child went missing first: at any time of the years; lately, if the last time is not over.
DAYS_AGO = f"""(TOGETHER + abs(hashint4({{child}} + 1)::bigint) % CASE WHEN {IS_UNFINISHED} THEN 300
    ELSE {365 * YEARS - TOGETHER} END)::int""".replace("TOGETHER", str(TOGETHER))
PLACES = """(ARRAY['Bus station', 'Harbour wall', 'Old cinema', 'Retail park', 'Skate park', 'Railway station',
    'High street', 'Canal bridge', 'Market hall', 'Sea front', 'Leisure centre', 'home'])"""


def invented_names(count: int, seed: int) -> list[str]:
    """Names of two to four syllables, all different, always the same."""
    onsets = [
        "b",
        "br",
        "d",
        "f",
        "g",
        "gl",
        "h",
        "k",
        "l",
        "m",
        "n",
        "p",
        "qu",
        "r",
        "s",
        "st",
        "t",
        "th",
        "v",
        "w",
    ]
    vowels = ["a", "e", "i", "o", "u", "ai", "ee", "oa"]
    ends = ["", "n", "r", "l", "s", "th", "ck", "m", "nd", "ll"]
    syllables = ["".join(parts) for parts in product(onsets, vowels, ends)]
    chooser = random.Random(seed)
    made: dict[str, None] = {}
    while len(made) < count:
        made["".join(chooser.choices(syllables, k=chooser.choice([2, 2, 3]))).capitalize()] = None
    return list(made)


def statements(people: int) -> Iterator[tuple[str, str]]:
    """What to do, and the SQL that does it. Run in this order in one session."""
    episodes_of = people * 2 // 5
    yield (
        "people",
        f"""
        SELECT setseed({SEED});
        INSERT INTO people_person (id, given_name, family_name, date_of_birth, birth_precision, sex, gender, ethnicity,
            language, needs_interpreter, pronunciation, version, created_at)
        SELECT ('01900000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, given.token, family.token,
            current_date - CASE WHEN i < {episodes_of} THEN years_then + {DAYS_AGO.format(child="i")} ELSE days END,
            'day', CASE WHEN toss < 0.56 THEN 'M' ELSE 'F' END, '', 'WBRI', '', false, '', 1, now()
        FROM (SELECT i, floor({GIVEN_NAMES} * power(random(), 2.2))::int AS g,
                floor({FAMILY_NAMES} * power(random(), 2.2))::int AS f,
                (365 * 6 + floor(random() * 365 * 11))::int AS days,
                -- Ten to sixteen years old when they went missing first.
                (365 * 10 + abs(hashint4(i + 2)::bigint) % (365 * 6))::int AS years_then, random() AS toss
              FROM generate_series(0, {people - 1}) i OFFSET 0) drawn
        JOIN given ON given.n = g JOIN family ON family.n = f
        """,
    )
    yield (
        "names",
        """
        INSERT INTO people_name (id, person_id, kind, given_name, family_name, valid, source)
        SELECT gen_random_uuid(), id, 'current', given_name, family_name, '(,)', '' FROM people_person
        """,
    )
    yield (
        "words of names",
        """
        INSERT INTO people_nametoken (token, shortenings, sound)
        SELECT token, people_shortenings(token), dmetaphone(token)
        FROM (SELECT lower(token) FROM given UNION SELECT lower(token) FROM family) t(token);
        INSERT INTO people_persontoken (token, person_id, born_year)
        SELECT lower(given_name), id, extract(year FROM date_of_birth) FROM people_person
        UNION SELECT lower(family_name), id, extract(year FROM date_of_birth) FROM people_person
        """,
    )
    yield (
        "grants",
        f"""
        INSERT INTO access_grant (id, person_id, team_id, basis, reason, valid, held_back)
        SELECT gen_random_uuid(), ('01900000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, t.id, 'involvement',
            'Works with the child', tstzrange(now() - interval '1 year', NULL), false
        FROM generate_series(0, {people - 1}) i CROSS JOIN generate_series(0, 1) half
        JOIN team t ON t.n = (CASE half WHEN 0 THEN i % {TEAMS} ELSE (i / {TEAMS} + i * 7 + 1) % {TEAMS} END)
        """,
    )
    yield (
        "episodes",
        f"""
        INSERT INTO missing_episode (id, person_id, kind, last_seen_at, noticed_at, reported_at, recorded_at,
            is_date_only, last_seen_place, missing_from, circumstances, companions, police_reference, risk,
            located_at, located_place, returned_at, returned_to, return_method, safe_and_well_at,
            interview_offered_at, interview_settled_at, interview_outcome, analysed_at, closed_at, cancelled_reason,
            version)
        SELECT ('01910000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
            ('01900000-0000-7000-8000-' || lpad(to_hex(n / 5), 12, '0'))::uuid,
            CASE WHEN n % 9 = 0 THEN 'A' ELSE 'M' END, seen, seen + interval '1 hour', seen + interval '2 hours',
            seen + interval '2 hours', false,
            {PLACES}[1 + abs(hashint4(n)::bigint) % 12], 'home', 'Left after tea.', '', '', 'medium',
            CASE WHEN stage > 0 THEN back END, '', CASE WHEN stage > 0 THEN back END, '', '',
            CASE WHEN stage > 1 THEN back + interval '1 hour' END,
            CASE WHEN stage > 1 THEN back + interval '9 hours' END,
            CASE WHEN stage > 2 THEN back + interval '2 days' END,
            CASE WHEN stage > 2 THEN 'completed' ELSE '' END,
            CASE WHEN stage > 3 THEN back + interval '5 days' END,
            CASE WHEN stage > 3 THEN back + interval '6 days' END, '', 1
        FROM (
            SELECT n, seen, seen + interval '1 hour' * least(300, exp(ln(7) + 1.2 * sqrt(-2 * ln(1 - random()))
                * cos(2 * pi() * random()))) AS back,
                CASE WHEN unfinished THEN abs(hashint4(n)::bigint) % 4 ELSE 4 END AS stage, unfinished
            FROM (SELECT n, unfinished, CASE WHEN unfinished THEN now() - interval '2 days' * random()
                ELSE now() - {DAYS_AGO.format(child="(n / 5)")} * interval '1 day' + (n % 5) * interval '45 days'
                    + random() * interval '30 days' END AS seen
                FROM (SELECT n, n % 5 = 4 AND {IS_UNFINISHED.format(child="n / 5")} AS unfinished
                      FROM generate_series(0, {episodes_of * 5 - 1}) n) numbered) started) made
        """,
    )
    yield (
        "reports, checks and interviews",
        f"""
        INSERT INTO missing_report (id, episode_id, person_id, source, told_by, contact, kind, last_seen_at, noticed_at,
            reported_at, recorded_at, last_seen_place, missing_from, circumstances, companions, police_reference)
        SELECT gen_random_uuid(), id, person_id, 'police', '', '', kind, last_seen_at, noticed_at, reported_at,
            recorded_at, last_seen_place, missing_from, circumstances, '', '' FROM missing_episode
        WHERE person_id < '01900000-0000-7000-8000-{people // 10:012x}';
        INSERT INTO missing_safeandwellcheck (id, episode_id, person_id, outcome, checked_at, checked_by, account,
            recorded_at)
        SELECT gen_random_uuid(), id, person_id, 'seen_safe', safe_and_well_at, 'PC Example', '', safe_and_well_at
        FROM missing_episode WHERE safe_and_well_at IS NOT NULL
            AND person_id < '01900000-0000-7000-8000-{people // 10:012x}';
        INSERT INTO missing_returninterview (id, episode_id, person_id, outcome, held_at, place, interviewer_id,
            independence, own_words, before, during, after, harm, would_help, carer_view, push_reasons, pull_reasons,
            reason_not_held, leaflet_given, settled_at, version)
        SELECT gen_random_uuid(), id, person_id, 'completed', interview_settled_at, '', (SELECT id FROM viewer), 'Yes',
            'I went to see my sister.', '', '', '', '', '', '', '{{}}', '{{}}', '', false, interview_settled_at, 1
        FROM missing_episode WHERE interview_settled_at IS NOT NULL
            AND person_id < '01900000-0000-7000-8000-{people // 10:012x}'
        """,
    )
    yield from of_the_pathway(people)


def of_the_pathway(people: int) -> Iterator[tuple[str, str]]:
    """In the last year, worries about a tenth of the people; every fifth led to the pathway. The children whom the
    viewer's team sees by their number are on it now, the others no more.
    """
    told, one_in, first = people // 10, 5, TEAMS // 10
    ids = "('{kind}-0000-7000-8000-' || lpad(to_hex({number}), 12, '0'))::uuid"
    worry, decision, way, plan = (
        ids.format(kind=kind, number="n") for kind in ("01920000", "01930000", "01940000", "01950000")
    )
    child = ids.format(kind="01900000", number="n * 10")
    at = "date_trunc('day', now()) - abs(hashint4(n + 7)::bigint) % 365 * interval '1 day' - interval '9 hours'"
    kinds = """CASE n % 4 WHEN 0 THEN '{criminal,county_lines}' WHEN 1 THEN '{sexual,online}'
        WHEN 2 THEN '{criminal}' ELSE '{sexual}' END::text[]"""
    levels = "(ARRAY['vulnerable', 'emerging', 'significant'])"
    yield (
        "worries, and what was decided",
        f"""
        INSERT INTO exploitation_referral (id, person_id, about, kinds, danger, worry, harm, child_told, family_told,
            state, receiving_team_id, received_at, recorded_at, answer, answered_at, version)
        SELECT {worry}, {child}, 'child', {kinds}, 'not_now', 'Two phones.', 'suspected', 'not_yet', 'not_yet',
            'screened', (SELECT id FROM team WHERE team.n = 0), {at}, {at}, 'Thank you.', {at} + interval '2 days', 1
        FROM generate_series(0, {told - 1}) n;
        INSERT INTO exploitation_screening (id, referral_id, person_id, thresholds, reason, due_at, decided_at)
        SELECT {decision}, {worry}, {child}, CASE WHEN n % {one_in} = 0 THEN '{{pathway}}' WHEN n % 3 = 0
            THEN '{{no_role}}' ELSE '{{early_help}}' END::text[], 'As it was told.', {at} + interval '1 day',
            {at} + n % 40 * interval '1 hour'
        FROM generate_series(0, {told - 1}) n
        """,
    )
    taken_on = f"generate_series(0, {told - 1}, {one_in}) n JOIN viewer ON true"
    yield (
        "pathways, judgements and plans",
        f"""
        INSERT INTO exploitation_pathway (id, person_id, opened_at, lead_id, assess_by, closed_at, "end", end_reason,
            version)
        SELECT {way}, {child}, {at}, viewer.id, {at} + interval '14 days',
            CASE WHEN n % {first} > 0 THEN now() END, CASE WHEN n % {first} > 0 THEN 'no_concern' ELSE '' END,
            CASE WHEN n % {first} > 0 THEN 'It is over.' ELSE '' END, 1
        FROM {taken_on};
        INSERT INTO exploitation_judgement (id, person_id, pathway_id, kind, harm, level, reason, tool_level, variance,
            review_on, judged_at, judged_by_id)
        SELECT gen_random_uuid(), {child}, {way}, kind, 'suspected', {levels}[1 + n / {one_in} % 3], 'As it was told.',
            {levels}[1 + n / 7 % 3], 'They know the child.', current_date + n / {one_in} % 60 - 5,
            {at} + interval '10 days', viewer.id
        FROM {taken_on} CROSS JOIN unnest({kinds}) kind;
        INSERT INTO exploitation_childplan (id, person_id, pathway_id, headings, aim, lead_id, opened_at, agreed_at,
            review_on, ended_at, ended_why, version)
        SELECT {plan}, {child}, {way}, 'four_p', 'They are safe at night.', viewer.id, {at} + interval '12 days',
            {at} + interval '12 days', current_date + n / {one_in} % 60 - 5, CASE WHEN n % {first} > 0 THEN now() END,
            CASE WHEN n % {first} > 0 THEN 'It is over.' ELSE '' END, 1
        FROM {taken_on};
        INSERT INTO exploitation_planaction (id, plan_id, person_id, heading, what, owner_id, due_on, state, added_at,
            version)
        SELECT gen_random_uuid(), {plan}, {child}, 'protect', 'Walk with them to the club.', viewer.id,
            current_date + n / {one_in} % 60, 'not_started', {at} + interval '12 days', 1
        FROM {taken_on} WHERE n % {first} = 0;
        INSERT INTO exploitation_planreview (id, plan_id, person_id, held_at, outcome, who_was_there, what_was_said,
            next_on, recorded_at)
        SELECT gen_random_uuid(), {plan}, {child}, {at} + interval '40 days', 'continues', 'All.', 'It goes on.',
            current_date + 30, {at} + interval '40 days'
        FROM {taken_on}
        """,
    )
    # Here no trigger does it.
    yield (
        "when they were judged",
        """
        UPDATE exploitation_pathway w SET judged_at = j.judged_at, review_on = j.review_on FROM (
            SELECT pathway_id, max(judged_at) AS judged_at, min(review_on) AS review_on
            FROM exploitation_judgement GROUP BY pathway_id) j
        WHERE j.pathway_id = w.id;
        UPDATE exploitation_childplan p SET judged_at = w.judged_at FROM exploitation_pathway w
        WHERE w.id = p.pathway_id
        """,
    )


def build(people: int) -> None:
    """Fill an empty, migrated database. Prints each step with its seconds.

    As the administrator, without checking foreign keys: every id is computed, and the checks would take longer than
    the rows.
    """
    gather(TEAMS)
    with administrator(database_name()) as admin:
        admin.execute("SET session_replication_role = replica; SET work_mem = '256MB'")
        admin.execute("""
            CREATE TEMP TABLE given (n int PRIMARY KEY, token text);
            CREATE TEMP TABLE family (n int PRIMARY KEY, token text);
            CREATE TEMP TABLE team AS
            SELECT id, substr(name, 6)::int AS n FROM partnership_team WHERE name ~ '^Team \\d';
            CREATE TEMP TABLE viewer AS SELECT id FROM access_user WHERE email = 'viewer@wayhome.example'
            """)
        for table, count in (("given", GIVEN_NAMES), ("family", FAMILY_NAMES)):
            with admin.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
                for numbered in enumerate(invented_names(count, seed=count)):
                    copy.write_row(numbered)
        for what, sql in statements(people):
            began = time.perf_counter()
            admin.execute(sql)
            print(f"  {what}: {time.perf_counter() - began:.1f} s", flush=True)
        admin.execute("VACUUM ANALYZE")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Fill an empty database with invented people.")
    parser.add_argument("--people", type=int, default=1_000_000)
    build(parser.parse_args().people)
