import pytest
from django.core import checks
from django.core.management import call_command


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_each_line_of_migrations_has_one_head():
    heads = [message for message in checks.run_checks() if message.id.startswith("dlm.")]
    assert heads == []
