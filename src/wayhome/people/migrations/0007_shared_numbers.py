"""A number that somebody else has, whom its writer must not know of, is kept and proves nothing."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0006_words_of_numbers'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='identifier',
            name='an_identifier_names_one_person',
        ),
        migrations.AddField(
            model_name='identifier',
            name='is_shared',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddConstraint(
            model_name='identifier',
            constraint=models.UniqueConstraint(condition=models.Q(('valid_to', None), models.Q(('is_verified', False), _negated=True), ('is_shared', False), models.Q(('type', 'Unique Pupil Number'), ('value__in', ['UN1', 'UN2', 'UN3', 'UN4', 'UN5']), _negated=True)), fields=('type', 'value', 'issuer'), name='an_identifier_names_one_person'),
        ),
    ]
