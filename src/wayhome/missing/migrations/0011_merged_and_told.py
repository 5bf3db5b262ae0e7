from django.db import migrations, models
from django.db.models import PROTECT

SAME_CHILD = "ALTER TABLE missing_episode ADD CONSTRAINT merged_into_one_of_the_same_child FOREIGN KEY (merged_into_id, person_id) REFERENCES missing_episode (id, person_id) DEFERRABLE INITIALLY DEFERRED"
NOT_SAME_CHILD = "ALTER TABLE missing_episode DROP CONSTRAINT merged_into_one_of_the_same_child"


class Migration(migrations.Migration):

    dependencies = [
        ('missing', '0010_hearing_in_depth'),
    ]

    operations = [
        migrations.AddField(
            model_name='episode',
            name='merged_into',
            field=models.ForeignKey(db_index=False, null=True, on_delete=PROTECT, related_name='+', to='missing.episode'),
        ),
        migrations.AddField(
            model_name='notification',
            name='number_told',
            field=models.TextField(blank=True, db_default='', default=''),
        ),
        migrations.AddField(
            model_name='notification',
            name='returned_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='riskjudgement',
            name='merged_from',
            field=models.ForeignKey(db_index=False, null=True, on_delete=PROTECT, related_name='+', to='missing.episode'),
        ),
        migrations.AddConstraint(
            model_name='episode',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', None), ('cancelled_at__isnull', False), _connector='OR'), name='merged_is_set_aside'),
        ),
        migrations.RunSQL(SAME_CHILD, NOT_SAME_CHILD),
    ]
