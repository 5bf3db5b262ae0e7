from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0005_who_screens_a_worry")]

    operations = [
        migrations.AlterField(
            model_name="breakglass",
            name="reason_code",
            field=models.TextField(
                choices=[
                    ("immediate_safety", "A child may be in danger now"),
                    ("on_call", "I am on call and need to act"),
                    ("court", "A court asks"),
                    ("audit", "I have to check this record"),
                    ("report", "Opened by a report"),
                    ("referral", "Opened by a worry that waits to be screened"),
                ]
            ),
        )
    ]
