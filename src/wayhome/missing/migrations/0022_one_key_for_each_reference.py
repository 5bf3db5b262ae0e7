"""Each key is asked for every row that is written: those go that say no more than the key together with the child.

An episode is of a person on record, so what is about an episode and its child needs no key to the person.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('missing', '0021_a_mark_is_of_one_child'),
        ('partnership', '0004_screening_hubs'),
        ('people', '0010_fewer_indexes_of_care'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # The same as episode_and_its_merged_into_are_of_one_child.
        migrations.RunSQL(
            "ALTER TABLE missing_episode DROP CONSTRAINT merged_into_one_of_the_same_child",
            "ALTER TABLE missing_episode ADD CONSTRAINT merged_into_one_of_the_same_child"
            " FOREIGN KEY (merged_into_id, person_id) REFERENCES missing_episode (id, person_id) DEFERRABLE INITIALLY DEFERRED",
        ),
        migrations.AlterField(
            model_name='episode',
            name='home_team',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.team'),
        ),
        migrations.AlterField(
            model_name='episode',
            name='merged_into',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='missing.episode'),
        ),
        migrations.AlterField(
            model_name='episode',
            name='split_from',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='missing.episode'),
        ),
        migrations.AlterField(
            model_name='report',
            name='episode',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='missing.episode'),
        ),
        migrations.AlterField(
            model_name='report',
            name='merged_from',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='missing.episode'),
        ),
        migrations.AlterField(
            model_name='report',
            name='notification',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='missing.notification'),
        ),
        migrations.AlterField(
            model_name='report',
            name='person',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddIndex(
            model_name='episode',
            index=models.Index(condition=models.Q(('home_team__isnull', False)), fields=['home_team'], name='episodes_from_a_home'),
        ),
    ]
