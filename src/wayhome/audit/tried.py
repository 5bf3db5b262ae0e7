"""What all processes of the web server have to know for a short time: how often somebody tried to sign in.

Django's cache, kept in one table: the library counts tries in it, and remembers which codes were used. In the memory of
each process, as by default, every process would allow as many tries again. Django's own table holds Python objects,
which would run as code for whoever could write to it; here it is JSON under a digest of the key, which may be an
address. The digest is made with the server's secret, and the table is reached by it alone (rows.sql): SQL smuggled into
a query neither finds the count of an account nor empties the table. Nothing asks it for an ordinary page.
"""

import json
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection
from django.utils.crypto import salted_hmac

_PUT = "SELECT audit_tried_put(%s, %s, %s, %s)"
_GET = "SELECT audit_tried_get(%s) #>> '{}'"
_FORGET = "SELECT audit_tried_forget(%s)"
_AGE = 10 * 365 * 86_400  # seconds: what is kept without an end


class Tried(BaseCache):
    """The cache of Django's settings. Times are the database's, so that all processes have one clock."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """True if nothing was kept under this key. Of two at the same moment one is told so."""
        return self._put(key, value, timeout, version, only_if_free=True)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """What is kept under this key."""
        found = self._asked(_GET, self._kept(key, version))
        return default if found is None else json.loads(found)

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep a value for so many seconds."""
        self._put(key, value, timeout, version, only_if_free=False)

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep it longer."""
        found = self._asked(_GET, self._kept(key, version))
        return found is not None and self._put(key, json.loads(found), timeout, version, only_if_free=False)

    def delete(self, key: Any, version: int | None = None) -> bool:
        """Forget it. True if there was something."""
        return self._asked(_FORGET, self._kept(key, version)) is True

    def clear(self) -> None:
        """Forget everything: what the application cannot do. What has run out is cleared by the worker."""
        raise NotImplementedError("Tries run out by themselves.")

    def _put(self, key: Any, value: Any, timeout: Any, version: int | None, *, only_if_free: bool) -> bool:
        kept = self._kept(key, version), json.dumps(value), self._seconds(timeout), only_if_free
        return self._asked(_PUT, *kept) is True

    def _kept(self, key: Any, version: int | None) -> str:
        whole = self.make_key(key, version=version)
        return salted_hmac("wayhome.audit.tried", whole, algorithm="sha256").hexdigest()

    def _seconds(self, timeout: Any) -> float:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return float(_AGE if seconds is None else seconds)

    def _asked(self, sql: str, *values: Any) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            row = cursor.fetchone()
        return row[0] if row else None
