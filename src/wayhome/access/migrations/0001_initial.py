import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import wayhome.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('partnership', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('id', models.UUIDField(default=wayhome.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('email', models.EmailField(max_length=254, unique=True)),
                ('name', models.TextField()),
                ('job_title', models.TextField(blank=True)),
                ('phone', models.TextField(blank=True)),
                ('agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.agency')),
                ('is_active', models.BooleanField(default=True)),
                ('created_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='one_user_per_email')],
            },
        ),
        migrations.CreateModel(
            name='ViewerKey',
            fields=[
                ('id', models.BooleanField(default=True, primary_key=True, serialize=False)),
                ('key', models.TextField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', True)), name='one_viewer_key')],
            },
        ),
        migrations.CreateModel(
            name='Grant',
            fields=[
                ('id', models.UUIDField(default=wayhome.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('person_id', models.UUIDField()),
                ('team', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.team')),
                ('user', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('holder', models.GeneratedField(db_persist=True, expression=django.db.models.functions.comparison.Coalesce('user_id', 'team_id'), output_field=models.UUIDField())),
                ('basis', models.TextField(choices=[('involvement', 'Works with the child'), ('allocation', 'Was given this work'), ('home', 'The child lives in this home'), ('report', 'Reported the child missing or answers a report'), ('referral', 'Screens a worry about the child'), ('panel', "The child is on this meeting's agenda"), ('audit_sample', 'The record is in an audit sample'), ('break_glass', 'Broke glass'), ('handover', 'Took over the work')])),
                ('reason', models.TextField()),
                ('valid', django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ('held_back', models.BooleanField(default=False)),
                ('granted_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['person_id', 'holder'], include=('valid', 'held_back', 'basis'), name='who_sees_a_person'), models.Index(fields=['holder', 'person_id'], include=('valid', 'held_back', 'basis'), name='whom_a_holder_sees')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('team', None), ('user__isnull', False)), models.Q(('team__isnull', False), ('user', None)), _connector='OR'), name='a_grant_is_for_a_team_or_a_user'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='a_grant_says_why'), models.CheckConstraint(condition=models.Q(('basis__in', ['allocation', 'audit_sample', 'break_glass', 'handover', 'home', 'involvement', 'panel', 'referral', 'report'])), name='a_basis_is_known')],
            },
        ),
        migrations.CreateModel(
            name='HeldScope',
            fields=[
                ('id', models.UUIDField(default=wayhome.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='held_scopes', to=settings.AUTH_USER_MODEL)),
                ('scope', models.TextField(choices=[('practitioner', 'practitioner'), ('return_interviewer', 'return_interviewer'), ('police_desk', 'police_desk'), ('coordinator', 'coordinator'), ('home_staff', 'home_staff'), ('analyst', 'analyst'), ('strategic_lead', 'strategic_lead'), ('information_governance', 'information_governance'), ('administrator', 'administrator')])),
                ('valid', django.contrib.postgres.fields.ranges.DateTimeRangeField()),
            ],
            options={
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.F('user'), '='), (models.F('scope'), '='), (models.F('valid'), '&&')], name='holds_a_scope_once_at_a_time'), models.CheckConstraint(condition=models.Q(('scope__in', ['administrator', 'analyst', 'coordinator', 'home_staff', 'information_governance', 'police_desk', 'practitioner', 'return_interviewer', 'strategic_lead'])), name='a_scope_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.UUIDField(default=wayhome.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.team')),
                ('valid', django.contrib.postgres.fields.ranges.DateTimeRangeField()),
            ],
            options={
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.F('user'), '='), (models.F('team'), '='), (models.F('valid'), '&&')], name='in_a_team_once_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Restriction',
            fields=[
                ('id', models.UUIDField(default=wayhome.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('person_id', models.UUIDField()),
                ('reason', models.TextField()),
                ('restricted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('restricted_at', models.DateTimeField()),
                ('lifted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('lifted_at', models.DateTimeField(null=True)),
                ('lifted_reason', models.TextField(blank=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('lifted_at', None)), fields=('person_id',), name='restricted_once_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='BreakGlass',
            fields=[
                ('id', models.UUIDField(default=wayhome.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('grant', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.grant')),
                ('person_id', models.UUIDField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reason_code', models.TextField(choices=[('immediate_safety', 'A child may be in danger now'), ('on_call', 'I am on call and need to act'), ('court', 'A court asks'), ('audit', 'I have to check this record'), ('report', 'Opened by a report'), ('referral', 'Opened by a worry that waits to be screened')])),
                ('reason', models.TextField()),
                ('broken_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('reviewed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reviewed_at', models.DateTimeField(null=True)),
                ('review_outcome', models.TextField(blank=True, choices=[('justified', 'It was right'), ('learning', 'There is something to learn'), ('not_justified', 'It was not right: started action')])),
                ('review_note', models.TextField(blank=True)),
            ],
            options={
                'verbose_name_plural': 'broken glass',
                'indexes': [models.Index(condition=models.Q(('reviewed_at', None)), fields=['broken_at'], name='broken_glass_to_review')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('review_outcome', ''), ('reviewed_at', None), ('reviewed_by', None)), models.Q(('reviewed_at__isnull', False), ('reviewed_by__isnull', False), models.Q(('review_outcome', ''), _negated=True)), _connector='OR'), name='a_review_has_who_when_and_outcome')],
            },
        ),
    ]
