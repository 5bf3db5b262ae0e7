from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('missing', '0011_merged_and_told'),
    ]

    operations = [
        migrations.AlterField(
            model_name='mark',
            name='state',
            field=models.TextField(choices=[('waiting', 'Waiting to be taken up'), ('taken_up', 'Taken up'), ('withdrawn', 'Withdrawn'), ('dismissed', 'Not what it looked like')], default='waiting'),
        ),
    ]
