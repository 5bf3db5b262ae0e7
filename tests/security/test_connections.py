"""Connections are used again by the next request, and others see what each is asking: neither gives a viewer away."""

import pytest
from django.db import connection, transaction

from tests.security.asking import ask_one
from wayhome.access.viewing import open_for
from wayhome.config.testing import connected_as
from wayhome.kernel.viewer import Viewer


def test_a_viewer_cannot_be_set_outside_a_transaction(live_database):
    with pytest.raises(RuntimeError, match="one transaction"):
        open_for(Viewer(user_id=None, name=""))


def test_no_viewer_is_left_for_the_next_on_this_connection(live_cast):
    with transaction.atomic():
        open_for(live_cast.viewer("Cora"))
        assert ask_one("SELECT access_user()") == live_cast.users["Cora"].pk
    assert ask_one("SELECT coalesce(current_setting('wayhome.viewer', true), '')") == ""
    assert ask_one("SELECT access_user()") is None


def test_no_viewer_is_left_when_the_transaction_failed(live_cast):
    with transaction.atomic():
        open_for(live_cast.viewer("Cora"))
        transaction.set_rollback(True)
    assert ask_one("SELECT access_user()") is None


def test_other_connections_cannot_read_a_signed_viewer_off_the_list_of_queries(live_cast):
    with transaction.atomic(), connected_as("wayhome_test") as other:
        open_for(live_cast.viewer("Cora"))
        process = connection.connection.info.backend_pid
        (shown,) = other.execute("SELECT query FROM pg_stat_activity WHERE pid = %s", [process]).fetchone()
    assert "set_config" in shown
    assert str(live_cast.users["Cora"].pk) not in shown
