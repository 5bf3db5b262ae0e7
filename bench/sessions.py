"""The same connection as the viewer, with row security, and as the worker, whom every policy lets through."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from django.db import connection, transaction

from bench.cast import DESK_EMAIL, VIEWER_EMAIL
from wayhome.access.models import User
from wayhome.access.viewing import open_for, viewer_of
from wayhome.config.testing import APP, WORKER
from wayhome.kernel.clock import utc_now
from wayhome.kernel.viewer import Viewer


def the_viewer() -> Viewer:
    """Vera, a coordinator in one team of ten thousand grants, who leads the work with five thousand children."""
    return _viewer(VIEWER_EMAIL)


def the_desk() -> Viewer:
    """Della, a coordinator in another such team: one of two hundred, with its share of the children on the pathway."""
    return _viewer(DESK_EMAIL)


@cache
def _viewer(email: str) -> Viewer:
    return viewer_of(User.objects.select_related("agency").get(email=email), now=utc_now())


@contextmanager
def as_viewer(viewer: Viewer | None = None) -> Iterator[None]:
    """A transaction in which somebody looks: Vera, if nobody is named."""
    with transaction.atomic():
        open_for(viewer or the_viewer())
        yield


@contextmanager
def as_worker_role() -> Iterator[None]:
    """A transaction without row security in the way: for the peers that are written by hand."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {WORKER}")
        yield


__all__ = ["APP", "as_viewer", "as_worker_role", "the_desk", "the_viewer"]
