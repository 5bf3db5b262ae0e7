"""Sessions whose rows are of no use to anyone who reads or copies them."""

import hashlib
from datetime import datetime
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db.models import QuerySet

from wayhome.database.written_once import AT_SOME_TIME, WrittenOnce
from wayhome.kernel.clock import utc_now


def kept(key: str) -> str:
    """What the table holds instead of the key in the cookie: from it nobody gets the key."""
    return hashlib.sha256(key.encode()).hexdigest()[:40]


def _alive_of(key: str, now: datetime) -> QuerySet[Any, tuple[Any, ...]]:
    model = SessionStore.get_model_class()
    return model.objects.filter(session_key=key, expire_date__gt=now).values_list("session_data")


_alive = WrittenOnce(_alive_of, "some key", AT_SOME_TIME)


class SessionStore(DatabaseStore):
    """Keeps a session under a digest of its key, and signs what is in it for this key alone.

    So SQL smuggled into a query can neither take over the session of somebody who is signed in, nor put their
    session's content under a key of its own.
    """

    @property
    def key_salt(self) -> str:
        """Part of the signature."""
        return f"wayhome.session.{kept(self.session_key or '')}"

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        found = None
        if self.session_key:
            rows = _alive(kept(self.session_key), utc_now())
            found = next((self.model(session_data=data) for (data,) in rows), None)
        if found is None:
            self._session_key = None
        return found

    def exists(self, session_key: str) -> bool:
        """Whether there is a session of this key."""
        return super().exists(kept(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        """The row to be saved."""
        made = super().create_model_instance(data)
        made.session_key = kept(made.session_key)
        return made

    def delete(self, session_key: str | None = None) -> None:
        """Ends the session of this key, or this one."""
        key = session_key or self.session_key
        if key:
            super().delete(kept(key))
