from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("missing", "0019_open_episodes_of_a_person")]

    operations = [
        migrations.RemoveConstraint(model_name="dutyanswer", name="a_duty_is_answered_once"),
        migrations.AddConstraint(
            model_name="dutyanswer",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("merged_from", None), models.Q(("duty__in", ["host_notice", "placing_notice"]), _negated=True)
                ),
                fields=("episode", "duty"),
                name="a_duty_is_answered_once",
            ),
        ),
    ]
