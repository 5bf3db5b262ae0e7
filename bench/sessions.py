"""The same connection as the viewer, with row security, and as the worker, whom every policy lets through."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from django.db import connection, transaction

from bench.cast import VIEWER_EMAIL
from wayhome.access.models import User
from wayhome.access.viewing import open_for, viewer_of
from wayhome.config.testing import APP, WORKER
from wayhome.kernel.clock import utc_now
from wayhome.kernel.viewer import Viewer


@cache
def the_viewer() -> Viewer:
    """Vera, a coordinator in one team of ten thousand grants."""
    user = User.objects.select_related("agency").get(email=VIEWER_EMAIL)
    return viewer_of(user, now=utc_now())


@contextmanager
def as_viewer() -> Iterator[None]:
    """A transaction in which Vera looks."""
    viewer = the_viewer()
    with transaction.atomic():
        open_for(viewer)
        yield


@contextmanager
def as_worker_role() -> Iterator[None]:
    """A transaction without row security in the way: for the peers that are written by hand."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {WORKER}")
        yield


__all__ = ["APP", "as_viewer", "as_worker_role", "the_viewer"]
