import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import wayhome.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Partnership',
            fields=[
                ('id', models.UUIDField(default=wayhome.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.TextField()),
                ('authority_code', models.TextField(unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='FormerName',
            fields=[
                ('id', models.UUIDField(default=wayhome.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('noun', models.TextField(choices=[('agency', 'Agency'), ('team', 'Team'), ('body', 'Body')])),
                ('noun_id', models.UUIDField()),
                ('name', models.TextField()),
                ('valid', django.contrib.postgres.fields.ranges.DateRangeField()),
            ],
            options={
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.F('noun_id'), '='), (models.F('valid'), '&&')], name='one_former_name_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('id', models.UUIDField(default=wayhome.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agencies', to='partnership.partnership')),
                ('name', models.TextField()),
                ('kind', models.TextField(choices=[('council', 'Council'), ('police', 'Police'), ('health', 'Health'), ('education', 'Education'), ('care_provider', 'Care provider'), ('voluntary', 'Voluntary sector'), ('justice', 'Justice')])),
                ('phone', models.TextField(blank=True)),
                ('valid', django.contrib.postgres.fields.ranges.DateRangeField()),
            ],
            options={
                'verbose_name_plural': 'agencies',
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.F('partnership'), '='), (models.F('name'), '='), (models.F('valid'), '&&')], name='one_agency_per_name_at_a_time'), models.CheckConstraint(condition=models.Q(('valid__isempty', False)), name='agency_is_valid_for_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Body',
            fields=[
                ('id', models.UUIDField(default=wayhome.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bodies', to='partnership.partnership')),
                ('name', models.TextField()),
                ('kind', models.TextField(choices=[('board', 'Board'), ('group', 'Group'), ('panel', 'Panel')], default='group')),
                ('purpose', models.TextField(blank=True)),
                ('meets', models.TextField(blank=True)),
                ('reviewed_on', models.DateField(null=True)),
                ('reports_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reporting_bodies', to='partnership.body')),
                ('valid', django.contrib.postgres.fields.ranges.DateRangeField()),
            ],
            options={
                'verbose_name_plural': 'bodies',
                'constraints': [models.CheckConstraint(condition=models.Q(('valid__isempty', False)), name='body_is_valid_for_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Setting',
            fields=[
                ('id', models.UUIDField(default=wayhome.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='settings', to='partnership.partnership')),
                ('key', models.TextField()),
                ('value', models.JSONField()),
                ('source', models.TextField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('partnership', 'key'), name='one_value_per_setting')],
            },
        ),
        migrations.CreateModel(
            name='BodyMeeting',
            fields=[
                ('id', models.UUIDField(default=wayhome.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='partnership.body')),
                ('held_on', models.DateField()),
                ('starts_at', models.TimeField(null=True)),
                ('place', models.TextField(blank=True)),
                ('state', models.TextField(choices=[('planned', 'Planned'), ('held', 'Held'), ('cancelled', 'Cancelled')], default='planned')),
                ('cancelled_because', models.TextField(blank=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'cancelled'), _negated=True), fields=('body', 'held_on'), name='a_body_meets_once_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'cancelled'), _negated=True), models.Q(('cancelled_because', ''), _negated=True), _connector='OR'), name='a_cancelled_meeting_says_why')],
            },
        ),
        migrations.CreateModel(
            name='BodyTerms',
            fields=[
                ('id', models.UUIDField(default=wayhome.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='partnership.body')),
                ('version', models.PositiveIntegerField()),
                ('text', models.TextField()),
                ('cohort', models.TextField(blank=True)),
                ('threshold', models.TextField(blank=True)),
                ('quorum', models.PositiveIntegerField(null=True)),
                ('agreed_on', models.DateField()),
                ('review_on', models.DateField(null=True)),
            ],
            options={
                'verbose_name_plural': 'terms of reference',
                'constraints': [models.UniqueConstraint(fields=('body', 'version'), name='one_text_per_version_of_terms'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='terms_say_something')],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.UUIDField(default=wayhome.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='partnership.partnership')),
                ('agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='partnership.agency')),
                ('title', models.TextField()),
                ('valid', django.contrib.postgres.fields.ranges.DateRangeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='a_post_has_a_title'), models.CheckConstraint(condition=models.Q(('valid__isempty', False)), name='post_is_valid_for_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Team',
            fields=[
                ('id', models.UUIDField(default=wayhome.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='teams', to='partnership.agency')),
                ('name', models.TextField()),
                ('kind', models.TextField(choices=[('coordination', 'Missing coordination'), ('police_desk', 'Police missing desk'), ('interviewers', 'Return interviews'), ('hub', 'Screening hub'), ('social_work', 'Social work'), ('home', "Children's home"), ('other', 'Other team')])),
                ('phone', models.TextField(blank=True)),
                ('out_of_hours_phone', models.TextField(blank=True)),
                ('urn', models.TextField(blank=True)),
                ('valid', django.contrib.postgres.fields.ranges.DateRangeField()),
            ],
            options={
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.F('agency'), '='), (models.F('name'), '='), (models.F('valid'), '&&')], name='one_team_per_name_at_a_time'), models.CheckConstraint(condition=models.Q(('valid__isempty', False)), name='team_is_valid_for_a_time')],
            },
        ),
        migrations.CreateModel(
            name='BodySeat',
            fields=[
                ('id', models.UUIDField(default=wayhome.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='partnership.body')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='partnership.agency')),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='partnership.post')),
                ('role', models.TextField(choices=[('chair', 'Chair'), ('deputy', 'Deputy chair'), ('member', 'Member'), ('adviser', 'Adviser')], default='member')),
                ('required', models.BooleanField(default=True)),
                ('valid', django.contrib.postgres.fields.ranges.DateRangeField()),
            ],
            options={
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('role', 'chair')), expressions=[(models.F('body'), '='), (models.F('valid'), '&&')], name='one_chair_of_a_body_at_a_time'), models.CheckConstraint(condition=models.Q(('valid__isempty', False)), name='seat_is_valid_for_a_time')],
            },
        ),
        migrations.CreateModel(
            name='PostHolder',
            fields=[
                ('id', models.UUIDField(default=wayhome.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holders', to='partnership.post')),
                ('name', models.TextField()),
                ('email', models.TextField(blank=True)),
                ('user_id', models.UUIDField(null=True)),
                ('valid', django.contrib.postgres.fields.ranges.DateRangeField()),
            ],
            options={
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.F('post'), '='), (models.F('valid'), '&&')], name='one_holder_of_a_post_at_a_time'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='a_holder_has_a_name')],
            },
        ),
        migrations.CreateModel(
            name='HomeLink',
            fields=[
                ('id', models.UUIDField(default=wayhome.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('home', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='partnership.team')),
                ('user_id', models.UUIDField()),
                ('valid', django.contrib.postgres.fields.ranges.DateRangeField()),
            ],
            options={
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.F('home'), '='), (models.F('user_id'), '='), (models.F('valid'), '&&')], name='linked_to_a_home_once_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.UUIDField(default=wayhome.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='partnership.bodymeeting')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='partnership.bodyseat')),
                ('kind', models.TextField(choices=[('present', 'Present'), ('substitute', 'Substitute'), ('apology_return_sent', 'Apology, return sent'), ('apology_no_return', 'Apology, nothing sent'), ('absent', 'Absent')])),
                ('name', models.TextField(blank=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('meeting', 'seat'), name='a_seat_is_filled_once_per_meeting')],
            },
        ),
    ]
