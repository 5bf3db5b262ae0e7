from django.db import migrations, models

WHOLE = ("valid", "held_back", "basis")


class Migration(migrations.Migration):
    """Row security asks some grants for their basis as well."""

    dependencies = [("access", "0006_opened_by_a_worry")]

    operations = [
        migrations.RemoveIndex(model_name="grant", name="who_sees_a_person"),
        migrations.RemoveIndex(model_name="grant", name="whom_a_holder_sees"),
        migrations.AddIndex(
            model_name="grant",
            index=models.Index(fields=["person_id", "holder"], include=WHOLE, name="who_sees_a_person"),
        ),
        migrations.AddIndex(
            model_name="grant",
            index=models.Index(fields=["holder", "person_id"], include=WHOLE, name="whom_a_holder_sees"),
        ),
    ]
