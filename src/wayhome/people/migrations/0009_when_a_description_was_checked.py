from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0008_plans_places_and_pictures'),
    ]

    operations = [
        migrations.RenameField(model_name='description', old_name='updated_at', new_name='checked_at'),
        migrations.RenameField(model_name='description', old_name='updated_by', new_name='checked_by'),
    ]
