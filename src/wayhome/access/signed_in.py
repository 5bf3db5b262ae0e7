"""Who is signed in, read for every page."""

from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.db import connection
from django.db.models import QuerySet

from wayhome.access.models import User
from wayhome.database.written_once import SOMEBODY, WrittenOnce

COLUMNS = tuple(field.attname for field in User._meta.concrete_fields)


def _user(user_id: UUID) -> QuerySet[User, tuple[Any, ...]]:
    return User.objects.filter(pk=user_id).values_list(*COLUMNS)


_one = WrittenOnce(_user, SOMEBODY)


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """The sign-in library's, with a query that is written once for who is signed in."""

    def get_user(self, user_id: UUID) -> User | None:
        """The account, unless it is closed or gone."""
        found = next((User.from_db(connection.alias, COLUMNS, row) for row in _one(user_id)), None)
        return found if found and self.user_can_authenticate(found) else None
