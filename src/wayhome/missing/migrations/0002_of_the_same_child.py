"""What is written about an episode is about its child, and what points at something about a child points at something
about the same child, also where row security lets everything through: in jobs and imports. Django has no key of two
columns, so it is said in SQL. Without a child, or pointing at nothing, a row is not held to it: a notification may
repeat one of which nobody has said yet who it is about (rows.sql).
"""

from django.db import migrations

# table, the words that name its key
ALSO_A_KEY = (
    ("episode", "an_episode"), ("report", "a_report"), ("notification", "a_notification"),
    ("returninterview", "a_returninterview"), ("mark", "a_mark"),
)
WRITTEN = (
    "report", "returncorrection", "riskjudgement", "safeandwellcheck", "interviewoffer", "returninterview", "analysis",
    "chosenfact", "breachreason", "handoveritem", "dutyanswer", "substancescreen", "triggerhit", "seminarinvitation",
)
# table, column, what it points at
POINTS = (
    *((table, "merged_from", "episode") for table in (
        "report", "riskjudgement", "dutyanswer", "breachreason", "triggerhit", "seminarinvitation",
    )),
    ("episode", "split_from", "episode"),
    ("episode", "merged_into", "episode"),
    ("notification", "episode", "episode"),
    ("report", "notification", "notification"),
    ("chosenfact", "report", "report"),
    ("mark", "interview", "returninterview"),
    ("returninterview", "answered_in", "returninterview"),
)
UNIQUE = "ALTER TABLE missing_{} ADD CONSTRAINT {}_is_of_one_child UNIQUE (id, person_id)"
KEY = "ALTER TABLE missing_{} ADD CONSTRAINT {} FOREIGN KEY ({}_id, person_id) REFERENCES missing_{} (id, person_id) DEFERRABLE INITIALLY DEFERRED"


class Migration(migrations.Migration):

    dependencies = [
        ('missing', '0001_initial'),
    ]

    operations = [
        *(migrations.RunSQL(UNIQUE.format(*each)) for each in ALSO_A_KEY),
        *(
            migrations.RunSQL(KEY.format(table, f"{table}_is_about_the_episodes_child", "episode", "episode"))
            for table in WRITTEN
        ),
        *(
            migrations.RunSQL(KEY.format(table, f"{table}_and_its_{column}_are_of_one_child", column, there))
            for table, column, there in POINTS
        ),
    ]
