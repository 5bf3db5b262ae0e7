"""That a care episode starts once has an index by child and day already; and most children are in no home of ours."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('partnership', '0004_screening_hubs'),
        ('people', '0009_when_a_description_was_checked'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='careepisode',
            name='care_of_a_person',
        ),
        migrations.AlterField(
            model_name='careepisode',
            name='home_team',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.team'),
        ),
        migrations.AddIndex(
            model_name='careepisode',
            index=models.Index(condition=models.Q(('home_team__isnull', False)), fields=['home_team'], name='care_in_a_home'),
        ),
    ]
