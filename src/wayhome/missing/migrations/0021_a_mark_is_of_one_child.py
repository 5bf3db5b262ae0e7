"""What a mark leads to is about the mark's child: for the keys of two columns of those who point at it."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('missing', '0020_a_notice_after_a_move'),
    ]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE missing_mark ADD CONSTRAINT a_mark_is_of_one_child UNIQUE (id, person_id)",
            "ALTER TABLE missing_mark DROP CONSTRAINT a_mark_is_of_one_child",
        ),
    ]
