"""Words of names by their shortenings and their sound: how a misspelt word is found."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_grants_are_for_people")]

    operations = [
        migrations.RemoveIndex(model_name="nametoken", name="words_by_trigram"),
        migrations.AddField(
            model_name="nametoken",
            name="shortenings",
            field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list),
        ),
        migrations.AddField(model_name="nametoken", name="sound", field=models.TextField(default="")),
        migrations.AddIndex(
            model_name="nametoken",
            index=django.contrib.postgres.indexes.GinIndex(fields=["shortenings"], name="words_by_shortening"),
        ),
        migrations.AddIndex(
            model_name="nametoken", index=models.Index(fields=["sound"], name="words_by_sound")
        ),
    ]
