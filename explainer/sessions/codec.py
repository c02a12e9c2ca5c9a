"""A visit as bytes and back. Money stays Decimal and days stay dates, also where a field may hold either or text."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from explainer.sessions.visit import Visit

VERSION = 2
T = TypeVar("T")


class UnknownPayload(ValueError):
    """The bytes are of another version of the program, or no visit at all."""


def _adapter(kind: Any) -> TypeAdapter[Any]:
    """Made once for each kind: that takes longer than most of its work."""
    return _cached_adapter(kind)


@cache
def _cached_adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def to_bytes(visit: Visit) -> bytes:
    """The visit as UTF-8 JSON with the payload's version."""
    body = _tagged(_adapter(Visit).dump_python(visit, mode="python"))
    return json.dumps({"version": VERSION, "visit": body}, separators=(",", ":")).encode()


def from_bytes(data: bytes) -> Visit:
    """The visit of `to_bytes`. Raises UnknownPayload for anything else."""
    try:
        raw = json.loads(data)
        if not isinstance(raw, dict) or raw.get("version") != VERSION:
            raise UnknownPayload("another version")
        visit: Visit = _adapter(Visit).validate_python(_untagged(raw["visit"]))
        return visit
    except (ValueError, KeyError, ValidationError) as error:
        raise UnknownPayload(type(error).__name__) from None


def packed(kind: type[T], value: T) -> bytes:
    """A value of that kind as UTF-8 JSON: what is kept beside a visit."""
    return json.dumps(_tagged(_adapter(kind).dump_python(value, mode="python")), separators=(",", ":")).encode()


def unpacked(kind: type[T], data: bytes) -> T:
    """The value of `packed`. Raises UnknownPayload for anything else."""
    try:
        found: T = _adapter(kind).validate_python(_untagged(json.loads(data)))
        return found
    except (ValueError, KeyError, ValidationError) as error:
        raise UnknownPayload(type(error).__name__) from None


def _tagged(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {"m": {key: _tagged(item) for key, item in value.items()}}
    if isinstance(value, list | tuple):
        return [_tagged(item) for item in value]
    if isinstance(value, Decimal):
        return {"d": str(value)}
    return {"t": value.isoformat()} if isinstance(value, date) else value


def _untagged(value: Any) -> Any:
    if isinstance(value, list):
        return [_untagged(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "d" in value:
        return Decimal(value["d"])
    if "t" in value:
        return date.fromisoformat(value["t"])
    return {key: _untagged(item) for key, item in value["m"].items()}
