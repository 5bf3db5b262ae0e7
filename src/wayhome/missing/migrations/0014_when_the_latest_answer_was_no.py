from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("missing", "0013_found_by_return")]

    operations = [
        migrations.AddField(
            model_name="episode",
            name="interview_declined_at",
            field=models.DateTimeField(null=True),
        ),
    ]
