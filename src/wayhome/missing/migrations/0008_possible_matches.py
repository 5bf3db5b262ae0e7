"""A report may be about a child whose record is restricted: those who may know are told."""

import django.db.models.deletion
import wayhome.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('missing', '0007_of_the_same_child'),
        ('people', '0007_shared_numbers'),
    ]

    operations = [
        migrations.CreateModel(
            name='PossibleMatch',
            fields=[
                ('id', models.UUIDField(default=wayhome.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('noticed_at', models.DateTimeField()),
                ('episode', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='missing.episode')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'verbose_name_plural': 'possible matches',
                'constraints': [models.UniqueConstraint(fields=('episode', 'person'), name='a_possible_match_is_noticed_once')],
            },
        ),
    ]
