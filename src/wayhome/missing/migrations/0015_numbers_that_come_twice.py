from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("missing", "0014_when_the_latest_answer_was_no")]

    operations = [
        migrations.RemoveConstraint(model_name="notification", name="a_senders_reference_comes_once"),
        migrations.AddIndex(
            model_name="notification",
            index=models.Index(
                condition=models.Q(("sender_reference", ""), _negated=True),
                fields=["source", "sender_reference"],
                name="notifications_by_reference",
            ),
        ),
    ]
