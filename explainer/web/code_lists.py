"""Which codes there are to read about, and which stand close to one."""

from collections.abc import Mapping
from functools import lru_cache

from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import Cited, GroupEntry, Lang, ModifierEntry, ProcedureEntry, ReasonEntry, RemarkEntry

_Named = ProcedureEntry | ModifierEntry | GroupEntry | ReasonEntry | RemarkEntry
Listed = tuple[str, str]
"""A code and its name."""


@lru_cache(maxsize=4)
def families(knowledge: Knowledge, lang: Lang) -> tuple[tuple[str, tuple[Listed, ...]], ...]:
    """Every code that has a page, by family, in the order of the codes."""
    groups: tuple[tuple[str, Mapping[str, _Named]], ...] = (
        ("procedure", knowledge.procedures),
        ("modifier", knowledge.modifiers), ("group", knowledge.groups), ("carc", knowledge.reasons), ("rarc", knowledge.remarks),
    )  # fmt: skip
    return tuple(
        (family, tuple((_address(family, code), entry.name.in_(lang)) for code, entry in sorted(entries.items())))
        for family, entries in groups
    )


def _address(family: str, code: str) -> str:
    """A reason is looked up with the group it comes with: by itself its number could be a place or a revenue code."""
    return f"CO-{code}" if family == "carc" else code


def related(entry: Cited, code: str, knowledge: Knowledge, lang: Lang) -> tuple[Listed, ...]:
    """The codes that the entry is told from, and those that are told from it."""
    if not isinstance(entry, ProcedureEntry):
        return ()
    every = knowledge.procedures
    names = dict.fromkeys((*entry.differs, *(other for other, e in every.items() if code in e.differs)))
    return tuple((other, every[other].name.in_(lang)) for other in names if other in every and other != code)
