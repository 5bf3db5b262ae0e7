"""Raw SQL as the web application: what a statement smuggled into a query could do."""

from typing import Any

from django.db import DatabaseError, connection, transaction

NOT_ALLOWED = "42501"


def ask(sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """The rows of an answer."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall() if cursor.description else []


def ask_one(sql: str, *parameters: Any) -> Any:
    """The first column of the first row."""
    return ask(sql, *parameters)[0][0]


def error_of(sql: str, *parameters: Any) -> str:
    """The SQLSTATE with which PostgreSQL answers, "" if it does what was asked. Undone either way."""
    try:
        with transaction.atomic():
            ask(sql, *parameters)
            transaction.set_rollback(True)
    except DatabaseError as error:
        return str(error.__cause__.sqlstate)
    return ""
