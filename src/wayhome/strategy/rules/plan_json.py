"""A whole plan as JSON and back, without loss: what a snapshot keeps, and how it is known to be as it was.

What is kept says its shape. A later version of the product may know more of a plan: what an old snapshot does not say
is empty there, never guessed.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, cast, get_args, get_origin, get_type_hints
from uuid import UUID

from wayhome.strategy.rules.plan_file import PlanFile

SHAPE = 1
_AS_TEXT = (UUID, date, datetime, Decimal)


def to_json(file: PlanFile) -> dict[str, Any]:
    """The plan as JSON can hold it. Any: whatever JSON can hold."""
    content: dict[str, Any] = {"shape": SHAPE} | _out(file)
    return content


def from_json(content: Mapping[str, Any]) -> PlanFile:
    """The plan as it was when it was written. Raises ValueError if it is none that we know how to read."""
    if content.get("shape") != SHAPE:
        raise ValueError("This is no plan that this version can read.")
    return cast("PlanFile", _of_class(PlanFile, content))


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 over the content in one fixed way of writing it, whatever order a database keeps it in."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _out(value: Any) -> Any:
    if is_dataclass(value):
        return {each.name: _out(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, tuple):
        return [_out(each) for each in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID | Decimal) else value


def _in(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if get_origin(kind) in (Union, UnionType):
        (kind,) = (each for each in get_args(kind) if each is not NoneType)
    if get_origin(kind) is tuple:
        return tuple(_in(get_args(kind)[0], each) for each in value)
    if is_dataclass(kind):
        return _of_class(cast("type", kind), value)
    return _from_text(kind, value) if kind in _AS_TEXT else value


def _from_text(kind: Any, value: str) -> Any:
    return kind.fromisoformat(value) if kind in (date, datetime) else kind(value)


def _of_class(kind: type, said: Mapping[str, Any]) -> Any:
    hints = _hints(kind)
    return kind(
        **{
            each.name: _in(hints[each.name], said[each.name])
            if each.name in said
            else _empty(each, hints[each.name])
            for each in fields(kind)
        }
    )


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _empty(each: "Field[Any]", kind: Any) -> Any:
    """What a field is that did not exist when the snapshot was taken."""
    if each.default is not MISSING:
        return each.default
    if get_origin(kind) is tuple:
        return ()
    return "" if kind is str else None
