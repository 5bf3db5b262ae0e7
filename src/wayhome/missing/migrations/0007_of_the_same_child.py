"""What is written about an episode is about its child, also where row security lets everything through: in jobs and
imports. Django has no key of two columns, so it is said in SQL; the key it refers to is the identity with the child.
"""

from django.db import migrations

WRITTEN = ("report", "returncorrection", "riskjudgement", "safeandwellcheck", "interviewoffer", "returninterview", "analysis")
KEY = "ALTER TABLE missing_{table} ADD CONSTRAINT {table}_is_about_the_episodes_child FOREIGN KEY (episode_id, person_id) REFERENCES missing_episode (id, person_id) DEFERRABLE INITIALLY DEFERRED"
NO_KEY = "ALTER TABLE missing_{table} DROP CONSTRAINT {table}_is_about_the_episodes_child"


class Migration(migrations.Migration):

    dependencies = [
        ('missing', '0006_returns_set_right'),
    ]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE missing_episode ADD CONSTRAINT an_episode_is_of_one_child UNIQUE (id, person_id)",
            "ALTER TABLE missing_episode DROP CONSTRAINT an_episode_is_of_one_child",
        ),
        *(migrations.RunSQL(KEY.format(table=table), NO_KEY.format(table=table)) for table in WRITTEN),
    ]
