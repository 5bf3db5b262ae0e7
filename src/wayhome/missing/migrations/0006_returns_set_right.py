"""A return that was written wrong is kept beside what it became; a try is not a check; and nobody is asked to hear the dead."""

import django.db.models.deletion
import wayhome.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('missing', '0005_fewer_indexes'),
        ('partnership', '0001_initial'),
        ('people', '0006_words_of_numbers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ReturnCorrection',
            fields=[
                ('id', models.UUIDField(default=wayhome.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('returned_at', models.DateTimeField()),
                ('returned_certainty', models.TextField(choices=[('exact', 'Exact'), ('about', 'About this time'), ('day', 'Only the day is known')])),
                ('returned_to', models.TextField(blank=True)),
                ('return_method', models.TextField(blank=True)),
                ('becomes_at', models.DateTimeField(null=True)),
                ('reason', models.TextField()),
                ('corrected_at', models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='episode',
            name='nothing_after_return_before_return',
        ),
        migrations.RemoveConstraint(
            model_name='episode',
            name='closed_only_when_seen_heard_and_analysed',
        ),
        migrations.AddField(
            model_name='episode',
            name='safe_and_well_tried_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name='safeandwellcheck',
            name='outcome',
            field=models.TextField(choices=[('seen_safe', 'Seen, no harm found'), ('harm_found', 'Seen, harm found or disclosed'), ('refused', 'The child did not want to be seen'), ('not_possible', 'Could not be done'), ('no_further_try', 'Not seen, and no further try is made')]),
        ),
        migrations.AddConstraint(
            model_name='episode',
            constraint=models.CheckConstraint(condition=models.Q(('returned_at__isnull', False), models.Q(('safe_and_well_at', None), ('safe_and_well_tried_at', None), ('analysed_at', None), ('closed_at', None), ('interview_settled_at', None)), _connector='OR'), name='nothing_after_return_before_return'),
        ),
        migrations.AddConstraint(
            model_name='episode',
            constraint=models.CheckConstraint(condition=models.Q(('closed_at', None), models.Q(('analysed_at__isnull', False), ('interview_settled_at__isnull', False), ('safe_and_well_at__isnull', False)), ('is_date_only', True), models.Q(('analysed_at__isnull', False), ('return_method', 'DECEASED')), _connector='OR'), name='closed_only_when_seen_heard_and_analysed'),
        ),
        migrations.AddField(
            model_name='returncorrection',
            name='corrected_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='returncorrection',
            name='episode',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='missing.episode'),
        ),
        migrations.AddField(
            model_name='returncorrection',
            name='person',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddIndex(
            model_name='returncorrection',
            index=models.Index(fields=['person', '-corrected_at'], name='corrections_about_a_person'),
        ),
        migrations.AddConstraint(
            model_name='returncorrection',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='a_correction_says_why'),
        ),
    ]
