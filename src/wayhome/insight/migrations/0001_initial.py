import django.db.models.deletion
import wayhome.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('partnership', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='CountedMonth',
            fields=[
                ('id', models.UUIDField(default=wayhome.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.partnership')),
                ('month', models.DateField()),
                ('measure', models.TextField()),
                ('numerator', models.PositiveIntegerField()),
                ('denominator', models.PositiveIntegerField(null=True)),
                ('counted_at', models.DateTimeField()),
                ('facts_until', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('partnership', 'month', 'measure', 'counted_at'), name='a_month_is_counted_once_at_a_time'), models.CheckConstraint(condition=models.Q(('month__day', 1)), name='a_month_begins_on_its_first_day'), models.CheckConstraint(condition=models.Q(('denominator', None), ('numerator__lte', models.F('denominator')), _connector='OR'), name='a_share_is_part_of_its_whole')],
            },
        ),
    ]
