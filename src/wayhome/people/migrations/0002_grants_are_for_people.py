"""A grant is for a person on record. The table of grants lies below people, so the arrow is drawn from here."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("access", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            ALTER TABLE access_grant ADD CONSTRAINT a_grant_is_for_a_person FOREIGN KEY (person_id)
                REFERENCES people_person (id) DEFERRABLE INITIALLY DEFERRED;
            ALTER TABLE access_restriction ADD CONSTRAINT a_restriction_is_of_a_person FOREIGN KEY (person_id)
                REFERENCES people_person (id) DEFERRABLE INITIALLY DEFERRED;
            """,
            """
            ALTER TABLE access_grant DROP CONSTRAINT a_grant_is_for_a_person;
            ALTER TABLE access_restriction DROP CONSTRAINT a_restriction_is_of_a_person;
            """,
        )
    ]
