"""Making very many frozen records. A frozen record sets each field through a guard; that guard is most of what reading costs
where a file holds a million of them."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import MISSING, Field, fields
from typing import Any, TypeVar

T = TypeVar("T")
# A twin with no slots of its own is turned into its kind without comparing them. The guard is setting and deleting together.
_UNGUARDED = {
    "__slots__": (), "__init__": object.__init__, "__setattr__": object.__setattr__, "__delattr__": object.__delattr__,
}  # fmt: skip


def quick(kind: type[T], *usual: str, **parts: type) -> Callable[..., T]:
    """A maker of `kind` (a frozen dataclass with slots) that takes its fields in order, and is about five times as quick.

    parts: fields that hold such a record themselves, and its kind. In place of it the maker takes the fields of that record, and
    makes it too: quick(Note, span=Span)(key, text, paper, page, start, end). usual: fields it does not take, which have their
    default; those of a part as span_page.

    It fills a twin that has no guard, then turns that into the record: what comes out is equal to what `kind(...)` gives, and
    as frozen. As dataclasses itself does it, the maker is written out for the kind's own fields.
    """
    known: dict[str, Any] = {"missing": MISSING}
    parameters, lines = _written(kind, "", usual, parts, known)
    exec("\n".join([f"def make({', '.join(parameters)}):", *lines, " return made_"]), known)  # noqa: S102  only the fields' names
    made: Callable[..., T] = known["make"]
    return made


def _written(
    kind: type, before: str, usual: Collection[str], parts: Mapping[str, type], known: dict[str, Any]
) -> tuple[list[str], list[str]]:
    """The parameters and the lines that make one record; before: what its names begin with. Their values go into `known`."""
    made = f"made_{before}"
    known |= {f"twin_{before}": type(kind.__name__, (kind,), _UNGUARDED), f"kind_{before}": kind}
    parameters: list[str] = []
    lines = [f" {made} = twin_{before}()"]
    for f in fields(kind):
        name, value = before + f.name, _value(f, before + f.name)
        known |= {f"default_{name}": f.default, f"new_{name}": f.default_factory}
        if f.name in parts:
            inner, value = _written(parts[f.name], f"{name}_", usual, {}, known), f"made_{name}_"
            parameters += inner[0]
            lines += inner[1]
        elif name in usual:
            value = f"default_{name}" if f.default_factory is MISSING else f"new_{name}()"
        else:
            parameters.append(_parameter(f, name))
        lines.append(f" {made}.{f.name} = {value}")
    return parameters, [*lines, f" {made}.__class__ = kind_{before}"]


def _parameter(f: "Field[Any]", name: str) -> str:
    if f.default is not MISSING:
        return f"{name}=default_{name}"
    return f"{name}=missing" if f.default_factory is not MISSING else name


def _value(f: "Field[Any]", name: str) -> str:
    """What a field is set to: what is given, or a default that is made anew each time."""
    return name if f.default_factory is MISSING else f"new_{name}() if {name} is missing else {name}"
