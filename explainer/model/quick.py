"""Making very many frozen records. A frozen record sets each field through a guard; that guard is most of what reading costs
where a file holds a million of them."""

from collections.abc import Callable
from dataclasses import MISSING, Field, field, fields, make_dataclass
from typing import Any, TypeVar

T = TypeVar("T")


def _unguarded(f: "Field[Any]") -> tuple[str, Any, Any]:
    """The same field for the twin, with its default."""
    if f.default is not MISSING:
        return f.name, Any, field(default=f.default)
    return f.name, Any, field(default_factory=f.default_factory) if f.default_factory is not MISSING else field()


def quick(kind: type[T]) -> Callable[..., T]:
    """A maker of `kind` (a frozen dataclass with slots) that takes its fields in order, and is about four times as quick.

    It fills a twin with the same slots and no guard, then turns that into the record: what comes out is equal to what
    `kind(...)` gives, and as frozen.
    """
    twin = make_dataclass(kind.__name__, [_unguarded(f) for f in fields(kind)], slots=True)  # type: ignore[arg-type]

    def make(*values: Any) -> T:
        made = twin(*values)
        made.__class__ = kind
        return made  # type: ignore[no-any-return]

    return make
