import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import wayhome.kernel.ids
import wayhome.kernel.partial_date
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0001_initial'),
        ('partnership', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.UUIDField(default=wayhome.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('given_name', models.TextField()),
                ('family_name', models.TextField()),
                ('date_of_birth', models.DateField(null=True)),
                ('birth_precision', models.TextField(choices=[('day', 'day'), ('month', 'month'), ('year', 'year'), ('estimated', 'estimated'), ('unknown', 'unknown')], default=wayhome.kernel.partial_date.Precision['DAY'])),
                ('sex', models.TextField(blank=True)),
                ('gender', models.TextField(blank=True)),
                ('ethnicity', models.TextField(blank=True)),
                ('language', models.TextField(blank=True)),
                ('needs_interpreter', models.BooleanField(default=False)),
                ('pronunciation', models.TextField(blank=True)),
                ('died_on', models.DateField(null=True)),
                ('is_mother', models.BooleanField(null=True)),
                ('own_child_born_on', models.DateField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField()),
            ],
            options={
                'verbose_name_plural': 'people',
                'indexes': [models.Index(fields=['date_of_birth'], name='people_by_birth_date')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('birth_precision', wayhome.kernel.partial_date.Precision['UNKNOWN']), ('date_of_birth', None)), models.Q(('date_of_birth__isnull', False), models.Q(('birth_precision', wayhome.kernel.partial_date.Precision['UNKNOWN']), _negated=True)), _connector='OR'), name='birth_date_and_precision_agree')],
            },
        ),
        migrations.CreateModel(
            name='NameToken',
            fields=[
                ('token', models.TextField(primary_key=True, serialize=False)),
                ('shortenings', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('sound', models.TextField(default='')),
            ],
            options={
                'indexes': [models.Index(fields=['token'], name='words_by_prefix', opclasses=['text_pattern_ops']), django.contrib.postgres.indexes.GinIndex(fields=['shortenings'], name='words_by_shortening'), models.Index(fields=['sound'], name='words_by_sound')],
            },
        ),
        migrations.CreateModel(
            name='Address',
            fields=[
                ('id', models.UUIDField(default=wayhome.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='addresses', to='people.person')),
                ('kind', models.TextField(choices=[('home', 'Home'), ('placement', 'Where they are placed'), ('parent', "A parent's address"), ('other', 'Another address')])),
                ('lines', models.TextField()),
                ('postcode', models.TextField(blank=True)),
                ('uprn', models.TextField(blank=True)),
                ('is_masked', models.BooleanField(default=False)),
                ('valid', django.contrib.postgres.fields.ranges.DateRangeField()),
            ],
            options={
                'verbose_name_plural': 'addresses',
                'indexes': [models.Index(fields=['person'], name='addresses_of_a_person')],
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('kind', 'home')), expressions=[(models.F('person'), '='), (models.F('valid'), '&&')], name='one_home_address_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Identifier',
            fields=[
                ('id', models.UUIDField(default=wayhome.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='identifiers', to='people.person')),
                ('type', models.TextField(choices=[('NHS Number', 'NHS number'), ('Unique Pupil Number', 'UPN'), ('Case Number', 'Case number'), ('LA Child ID', 'LA child ID'), ('Single Unique Identifier', 'Single unique identifier'), ('Police Person Reference', 'Police person reference'), ('Home Office Registration', 'Home Office registration'), ('YOT Number', 'YOT number')])),
                ('value', models.TextField()),
                ('issuer', models.TextField(blank=True)),
                ('is_verified', models.BooleanField(null=True)),
                ('is_shared', models.BooleanField(db_default=False, default=False)),
                ('valid_from', models.DateField(null=True)),
                ('valid_to', models.DateField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['value'], name='people_by_identifier')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('valid_to', None), models.Q(('is_verified', False), _negated=True), ('is_shared', False), models.Q(('type', 'Unique Pupil Number'), ('value__in', ['UN1', 'UN2', 'UN3', 'UN4', 'UN5']), _negated=True)), fields=('type', 'value', 'issuer'), name='an_identifier_names_one_person'), models.CheckConstraint(condition=models.Q(('valid_from', None), ('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='identifier_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='Involvement',
            fields=[
                ('id', models.UUIDField(default=wayhome.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='involvements', to='people.person')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.team')),
                ('worker', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('service', models.TextField()),
                ('is_lead', models.BooleanField(default=False)),
                ('valid', django.contrib.postgres.fields.ranges.DateRangeField()),
            ],
            options={
                'indexes': [models.Index(fields=['person'], name='involvements_with_a_person')],
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('is_lead', True)), expressions=[(models.F('person'), '='), (models.F('valid'), '&&')], name='one_lead_professional_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='KnownPlace',
            fields=[
                ('id', models.UUIDField(default=wayhome.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='known_places', to='people.person')),
                ('place', models.TextField()),
                ('why', models.TextField(blank=True)),
                ('safety', models.TextField(choices=[('not_assessed', 'Not judged yet'), ('safe', 'Safe for the child'), ('unsafe', 'Not safe for the child')])),
                ('safety_reason', models.TextField(blank=True)),
                ('is_masked', models.BooleanField(default=False)),
                ('assessed_on', models.DateField()),
                ('assessed_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('valid', django.contrib.postgres.fields.ranges.DateRangeField()),
            ],
            options={
                'indexes': [models.Index(fields=['person'], name='known_places_of_a_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(('place', ''), _negated=True), name='a_known_place_is_named'), models.CheckConstraint(condition=models.Q(('safety', 'not_assessed'), models.Q(('safety_reason', ''), _negated=True), _connector='OR'), name='a_judged_place_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Name',
            fields=[
                ('id', models.UUIDField(default=wayhome.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='names', to='people.person')),
                ('kind', models.TextField(choices=[('current', 'Name now'), ('former', 'Former name'), ('alias', 'Also known as')])),
                ('given_name', models.TextField(blank=True)),
                ('family_name', models.TextField(blank=True)),
                ('valid', django.contrib.postgres.fields.ranges.DateRangeField(default=(None, None))),
                ('source', models.TextField(blank=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('kind', 'current')), fields=('person',), name='one_current_name_per_person'), models.CheckConstraint(condition=models.Q(('family_name', ''), ('given_name', ''), _negated=True), name='a_name_has_letters')],
            },
        ),
        migrations.CreateModel(
            name='PersonToken',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('token', models.TextField()),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                ('born_year', models.SmallIntegerField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['person'], name='words_of_a_person')],
                'constraints': [models.UniqueConstraint(fields=('token', 'person'), name='a_word_names_a_person_once')],
            },
        ),
        migrations.CreateModel(
            name='Photo',
            fields=[
                ('id', models.UUIDField(default=wayhome.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='people.person')),
                ('image', models.BinaryField()),
                ('width', models.PositiveSmallIntegerField()),
                ('height', models.PositiveSmallIntegerField()),
                ('taken_on', models.DateField(null=True)),
                ('added_at', models.DateTimeField()),
                ('added_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('is_current', models.BooleanField(default=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('person',), name='one_current_photo_per_person')],
            },
        ),
        migrations.CreateModel(
            name='PlanStatus',
            fields=[
                ('id', models.UUIDField(default=wayhome.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='people.person')),
                ('kind', models.TextField(choices=[('child_protection', 'Child protection plan'), ('child_in_need', 'Child in need plan'), ('early_help', 'Early help plan'), ('ehc', 'Education, health and care plan'), ('youth_justice', 'Youth justice plan')])),
                ('note', models.TextField(blank=True)),
                ('valid', django.contrib.postgres.fields.ranges.DateRangeField()),
            ],
            options={
                'indexes': [models.Index(fields=['person'], name='plans_of_a_person')],
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.F('person'), '='), (models.F('kind'), '='), (models.F('valid'), '&&')], name='one_plan_of_a_kind_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Relationship',
            fields=[
                ('id', models.UUIDField(default=wayhome.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='relationships', to='people.person')),
                ('kind', models.TextField(choices=[('mother', 'Mother'), ('father', 'Father'), ('carer', 'Carer'), ('sibling', 'Brother or sister'), ('relative', 'Another relative'), ('friend', 'Friend'), ('partner', 'Boyfriend or girlfriend'), ('trusted_adult', 'Trusted adult'), ('other', 'Someone else')])),
                ('other', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('name', models.TextField(blank=True)),
                ('phone', models.TextField(blank=True)),
                ('has_parental_responsibility', models.BooleanField(null=True)),
                ('is_safe_to_contact', models.BooleanField(null=True)),
                ('note', models.TextField(blank=True)),
                ('valid', django.contrib.postgres.fields.ranges.DateRangeField(default=(None, None))),
            ],
            options={
                'indexes': [models.Index(fields=['person'], name='people_around_a_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(('other__isnull', False), models.Q(('name', ''), _negated=True), _connector='OR'), name='a_relationship_is_with_somebody'), models.CheckConstraint(condition=models.Q(('other', models.F('person')), _negated=True), name='nobody_is_related_to_themselves')],
            },
        ),
        migrations.CreateModel(
            name='CareEpisode',
            fields=[
                ('id', models.UUIDField(default=wayhome.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='care_episodes', to='people.person')),
                ('started_on', models.DateField()),
                ('start_reason', models.TextField()),
                ('legal_status', models.TextField()),
                ('need', models.TextField(blank=True)),
                ('placement', models.TextField()),
                ('placement_provider', models.TextField(blank=True)),
                ('ended_on', models.DateField(null=True)),
                ('end_reason', models.TextField(blank=True)),
                ('placement_change_reason', models.TextField(blank=True)),
                ('home_postcode', models.TextField(blank=True)),
                ('placement_postcode', models.TextField(blank=True)),
                ('urn', models.TextField(blank=True)),
                ('placed_by', models.TextField(blank=True, db_default='', default='')),
                ('placed_in', models.TextField(blank=True, db_default='', default='')),
                ('home_team', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.team')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('home_team__isnull', False)), fields=['home_team'], name='care_in_a_home')],
                'constraints': [models.UniqueConstraint(fields=('person', 'started_on', 'legal_status', 'placement'), name='a_care_episode_starts_once'), models.CheckConstraint(condition=models.Q(('ended_on', None), ('ended_on__gte', models.F('started_on')), _connector='OR'), name='care_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='Description',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='description', serialize=False, to='people.person')),
                ('height', models.TextField(blank=True)),
                ('build', models.TextField(blank=True)),
                ('hair', models.TextField(blank=True)),
                ('eyes', models.TextField(blank=True)),
                ('marks', models.TextField(blank=True)),
                ('clothes', models.TextField(blank=True)),
                ('phones', models.TextField(blank=True)),
                ('online_names', models.TextField(blank=True)),
                ('money', models.TextField(blank=True)),
                ('transport', models.TextField(blank=True)),
                ('health', models.TextField(blank=True)),
                ('medicines', models.TextField(blank=True)),
                ('communication', models.TextField(blank=True)),
                ('calming', models.TextField(blank=True)),
                ('friends', models.TextField(blank=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('checked_at', models.DateTimeField()),
                ('checked_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
    ]
