"""What a report opened stands on the reviewers' list; a basis and a scope are one of those the rules know."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0003_fewer_indexes'),
        ('partnership', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='breakglass',
            name='reason_code',
            field=models.TextField(choices=[('immediate_safety', 'A child may be in danger now'), ('on_call', 'I am on call and need to act'), ('court', 'A court asks'), ('audit', 'I have to check this record'), ('report', 'Opened by a report')]),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(condition=models.Q(('basis__in', ['allocation', 'audit_sample', 'break_glass', 'handover', 'home', 'involvement', 'panel', 'report'])), name='a_basis_is_known'),
        ),
        migrations.AddConstraint(
            model_name='heldscope',
            constraint=models.CheckConstraint(condition=models.Q(('scope__in', ['administrator', 'analyst', 'coordinator', 'home_staff', 'information_governance', 'police_desk', 'practitioner', 'return_interviewer', 'strategic_lead'])), name='a_scope_is_known'),
        ),
    ]
