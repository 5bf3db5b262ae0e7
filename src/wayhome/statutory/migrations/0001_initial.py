import django.db.models.deletion
import django.db.models.expressions
import wayhome.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportBatch',
            fields=[
                ('id', models.UUIDField(default=wayhome.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('folder', models.TextField()),
                ('authority', models.TextField()),
                ('as_at', models.DateField()),
                ('imported_by', models.TextField()),
                ('imported_at', models.DateTimeField()),
                ('row_count', models.PositiveIntegerField()),
                ('accepted_count', models.PositiveIntegerField()),
                ('rejected_count', models.PositiveIntegerField()),
                ('files', models.JSONField()),
                ('not_imported', models.JSONField(default=dict)),
            ],
            options={
                'verbose_name_plural': 'import batches',
                'indexes': [models.Index(fields=['authority', '-as_at'], name='imports_of_an_authority')],
                'constraints': [models.CheckConstraint(condition=models.Q(('row_count', django.db.models.expressions.CombinedExpression(models.F('accepted_count'), '+', models.F('rejected_count')))), name='every_row_is_accepted_or_rejected')],
            },
        ),
        migrations.CreateModel(
            name='ImportRejection',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rejections', to='statutory.importbatch')),
                ('file', models.TextField()),
                ('row', models.PositiveIntegerField()),
                ('child', models.TextField(blank=True)),
                ('column', models.TextField(blank=True)),
                ('value', models.TextField(blank=True)),
                ('code', models.TextField()),
                ('reason', models.TextField()),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='a_rejection_says_why')],
            },
        ),
    ]
