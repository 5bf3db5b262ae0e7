"""What points at something about a child points at something about the same child, also where row security lets
everything through. Django has no key of two columns, so it is said in SQL. Without a child, or pointing at nothing, a
row is not held to it: a notification may repeat one of which nobody has said yet who it is about (rows.sql).
"""

from django.db import migrations

ALSO_A_KEY = ("report", "notification", "returninterview")
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
KEY = "ALTER TABLE missing_{0} ADD CONSTRAINT {0}_and_its_{1}_are_of_one_child FOREIGN KEY ({1}_id, person_id) REFERENCES missing_{2} (id, person_id) DEFERRABLE INITIALLY DEFERRED"
NO_KEY = "ALTER TABLE missing_{0} DROP CONSTRAINT {0}_and_its_{1}_are_of_one_child"


class Migration(migrations.Migration):

    dependencies = [
        ('missing', '0016_kept_where_it_was_written'),
    ]

    operations = [
        *(
            migrations.RunSQL(
                f"ALTER TABLE missing_{table} ADD CONSTRAINT a_{table}_is_of_one_child UNIQUE (id, person_id)",
                f"ALTER TABLE missing_{table} DROP CONSTRAINT a_{table}_is_of_one_child",
            )
            for table in ALSO_A_KEY
        ),
        *(migrations.RunSQL(KEY.format(*point), NO_KEY.format(*point)) for point in POINTS),
    ]
