"""What all processes of the web server have to know for a short time: how often somebody tried to sign in.

Django's cache, kept in one table: the library counts tries in it, and remembers which codes were used. In the memory of
each process, as by default, every process would allow as many tries again. Django's own table holds Python objects,
which would run as code for whoever could write to it; here it is JSON under a digest of the key, which may be an
address. Nothing asks it for an ordinary page.
"""

import hashlib
import json
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection

_PUT = """
INSERT INTO audit_tried AS held (key, value, ends_at)
VALUES (%s, %s, clock_timestamp() + make_interval(secs => %s))
ON CONFLICT (key) DO UPDATE SET value = excluded.value, ends_at = excluded.ends_at {where}
RETURNING true
"""
_ADD = _PUT.format(where="WHERE held.ends_at <= clock_timestamp()")
_SET = _PUT.format(where="")
_GET = "SELECT value #>> '{}' FROM audit_tried WHERE key = %s AND ends_at > clock_timestamp()"
_AGE = 10 * 365 * 86_400  # seconds: what is kept without an end


class Tried(BaseCache):
    """The cache of Django's settings. Times are the database's, so that all processes have one clock."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """True if nothing was kept under this key. Of two at the same moment one is told so."""
        return self._asked(_ADD, self._kept(key, version), json.dumps(value), self._seconds(timeout)) is True

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """What is kept under this key."""
        found = self._asked(_GET, self._kept(key, version))
        return default if found is None else json.loads(found)

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep a value for so many seconds."""
        self._asked(_SET, self._kept(key, version), json.dumps(value), self._seconds(timeout))

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep it longer."""
        longer = (
            "UPDATE audit_tried SET ends_at = clock_timestamp() + make_interval(secs => %s) WHERE key = %s"
        )
        seconds = self._seconds(timeout)
        return self._asked(f"{longer} RETURNING true", seconds, self._kept(key, version)) is True

    def delete(self, key: Any, version: int | None = None) -> bool:
        """Forget it. True if there was something."""
        return (
            self._asked("DELETE FROM audit_tried WHERE key = %s RETURNING true", self._kept(key, version))
            is True
        )

    def clear(self) -> None:
        """Forget everything."""
        self._asked("WITH gone AS (DELETE FROM audit_tried RETURNING key) SELECT count(*) FROM gone")

    def _kept(self, key: Any, version: int | None) -> str:
        return hashlib.sha256(self.make_key(key, version=version).encode()).hexdigest()

    def _seconds(self, timeout: Any) -> float:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return float(_AGE if seconds is None else seconds)

    def _asked(self, sql: str, *values: Any) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            row = cursor.fetchone()
        return row[0] if row else None
