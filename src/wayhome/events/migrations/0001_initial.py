import wayhome.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='OutboxEvent',
            fields=[
                ('id', models.UUIDField(default=wayhome.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.TextField()),
                ('payload', models.JSONField()),
                ('occurred_at', models.DateTimeField()),
                ('handled_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('handled_at', None)), fields=['occurred_at'], name='events_to_handle')],
            },
        ),
    ]
