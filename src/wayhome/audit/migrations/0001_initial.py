import django.contrib.postgres.indexes
import django.db.models.deletion
import wayhome.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField()),
                ('entry_count', models.PositiveIntegerField()),
                ('previous', models.BinaryField()),
                ('digest', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('key', models.UUIDField(primary_key=True, serialize=False)),
                ('user_id', models.UUIDField(null=True)),
                ('form', models.TextField()),
                ('said', models.TextField(blank=True, default='')),
                ('at', models.DateTimeField()),
                ('answer', models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name='Tried',
            fields=[
                ('key', models.TextField(primary_key=True, serialize=False)),
                ('value', models.JSONField()),
                ('ends_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.UUIDField(default=wayhome.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('user_id', models.UUIDField()),
                ('form', models.TextField()),
                ('subject', models.TextField(blank=True)),
                ('data', models.JSONField()),
                ('saved_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user_id', 'form', 'subject'), name='one_draft_per_form_and_subject')],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.UUIDField(default=wayhome.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('user_id', models.UUIDField(null=True)),
                ('actor', models.TextField()),
                ('agency', models.TextField(blank=True)),
                ('verb', models.TextField()),
                ('subject_kind', models.TextField()),
                ('subject_id', models.UUIDField(null=True)),
                ('person_id', models.UUIDField(null=True)),
                ('outcome', models.TextField(choices=[('done', 'Done'), ('refused', 'Refused')])),
                ('reason', models.TextField(blank=True)),
                ('purpose', models.TextField(blank=True)),
                ('request_id', models.TextField(blank=True)),
                ('detail', models.JSONField(default=dict)),
            ],
            options={
                'indexes': [models.Index(fields=['person_id', '-at'], name='entries_about_a_person'), models.Index(fields=['user_id', '-at'], name='entries_by_a_user'), django.contrib.postgres.indexes.BrinIndex(fields=['at'], name='entries_by_time')],
                'constraints': [models.CheckConstraint(condition=models.Q(('outcome__in', ['done', 'refused'])), name='entry_outcome_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.UUIDField(default=wayhome.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='audit.entry')),
                ('person_id', models.UUIDField(null=True)),
                ('field', models.TextField()),
                ('before', models.JSONField(null=True)),
                ('after', models.JSONField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='SealedEntry',
            fields=[
                ('entry_id', models.UUIDField(primary_key=True, serialize=False)),
                ('seal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sealed_entries', to='audit.seal')),
                ('digest', models.BinaryField()),
            ],
        ),
    ]
