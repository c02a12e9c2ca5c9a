"""Making very many frozen records. A frozen record sets each field through a guard; that guard is most of what reading costs
where a file holds a million of them."""

from collections.abc import Callable
from dataclasses import MISSING, Field, fields
from typing import Any, TypeVar

T = TypeVar("T")
# A twin with no slots of its own is turned into its kind without comparing them. The guard is setting and deleting together.
_UNGUARDED = {
    "__slots__": (), "__init__": object.__init__, "__setattr__": object.__setattr__, "__delattr__": object.__delattr__,
}  # fmt: skip


def quick(kind: type[T]) -> Callable[..., T]:
    """A maker of `kind` (a frozen dataclass with slots) that takes its fields in order, and is about five times as quick.

    It fills a twin that has no guard, then turns that into the record: what comes out is equal to what `kind(...)` gives, and
    as frozen. As dataclasses itself does it, the maker is written out for the kind's own fields.
    """
    own = fields(kind)  # type: ignore[arg-type]
    known: dict[str, Any] = {"twin": type(kind.__name__, (kind,), _UNGUARDED), "kind": kind, "missing": MISSING}
    for f in own:
        known |= {f"default_{f.name}": f.default, f"new_{f.name}": f.default_factory}
    lines = [f"def make({', '.join(map(_parameter, own))}):", " made = twin()"]
    lines += [f" made.{f.name} = {_value(f)}" for f in own]
    exec("\n".join([*lines, " made.__class__ = kind", " return made"]), known)  # noqa: S102  only the fields' names
    made: Callable[..., T] = known["make"]
    return made


def _parameter(f: "Field[Any]") -> str:
    if f.default is not MISSING:
        return f"{f.name}=default_{f.name}"
    return f"{f.name}=missing" if f.default_factory is not MISSING else f.name


def _value(f: "Field[Any]") -> str:
    """What a field is set to: what is given, or a default that is made anew each time."""
    return f.name if f.default_factory is MISSING else f"new_{f.name}() if {f.name} is missing else {f.name}"
