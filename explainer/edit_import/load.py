"""A zip of CMS's into files of content/edits. All of its tables are looked at before the first one is written."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from explainer.edit_import.archive import Member, members
from explainer.edit_import.columns import Found, find_table, known_to, mue_row, ncci_row
from explainer.edit_import.ending import Ending
from explainer.edit_import.refused import EditsRefused
from explainer.edit_import.words import part_in, refuse_others, the_quarter, the_setting
from explainer.knowledge.base import Knowledge
from explainer.knowledge.edit_file import Edition, Kind, Setting, write_edition
from explainer.knowledge.edits import SUFFIX
from explainer.settings import Limits

State = Literal["loaded", "replaced", "same"]


@dataclass(frozen=True, slots=True)
class Told:
    """What the person says beside the file. whole: keep every code. replace: take the place of what is loaded already."""

    kind: Kind | None = None
    setting: Setting | None = None
    quarter: str | None = None
    whole: bool = False
    replace: bool = False


@dataclass(frozen=True, slots=True)
class Loaded:
    """A table that is loaded now, in which file, out of how many rows, and whether it was there before."""

    edition: Edition
    path: Path
    seen: int
    state: State


@dataclass(frozen=True, slots=True)
class _Kept:
    """The rows to keep, the codes they may hold, the first and last code of the whole table, and how many rows it has."""

    rows: list[str]
    codes: tuple[str, ...]
    first: str
    last: str
    seen: int


def import_file(
    path: Path, told: Told, knowledge: Knowledge, folders: Sequence[Path], limits: Limits, today: date
) -> tuple[Loaded, ...]:
    """Loads every table of the zip into the first of the folders that takes it. Raises EditsRefused; then nothing was written."""
    refuse_others([path.name])
    made: list[tuple[Edition, _Kept]] = []
    for member in members(path, limits.tables):
        if not (member.sheet and made):
            made += _table(path, member, told, knowledge, limits, today)
    if not made:
        raise EditsRefused("no-table")
    if len({edition.name for edition, _ in made}) < len(made):
        raise EditsRefused("same-twice")
    states = [_state(edition, told, knowledge) for edition, _ in made]
    return tuple(_placed(edition, kept, state, folders) for (edition, kept), state in zip(made, states, strict=True))


def _table(
    path: Path, member: Member, told: Told, knowledge: Knowledge, limits: Limits, today: date
) -> Iterator[tuple[Edition, _Kept]]:
    """The table of one file inside the zip; nothing for a file without one, as a notice is."""
    found = find_table(member.rows(limits), limits.tables.heading_rows)
    if found is None:
        return
    refuse_others([member.name])
    if told.kind and told.kind != found.kind:
        raise EditsRefused("other-kind", found=found.kind, told=told.kind)
    names = [member.name.rpartition("/")[2], path.name]
    setting = the_setting([" ".join(found.heading), *names], told.setting)
    quarter = the_quarter([*names, *found.words], told.quarter)
    kept = _keep(found, member, known_to(knowledge.procedures) if not told.whole else None, knowledge.procedures)
    yield (
        Edition(
            kind=found.kind,
            setting=setting,
            quarter=quarter,
            part=part_in(names) if found.kind == "ncci" else None,
            file=path.name,
            table=member.name,
            sha256=_sha256(path),
            imported=today,
            kept="all" if told.whole else "known",
            codes=kept.codes,
            first=kept.first,
            last=kept.last,
            rows=len(set(kept.rows)),
        ),
        kept,
    )


def _keep(found: Found, member: Member, wanted: Callable[[str], bool] | None, known: Iterable[str]) -> _Kept:
    rows: list[str] = []
    codes = set(known)
    first, last, seen, ending = "", "", 0, Ending()
    for number, cells, every in found.each():
        ending.see(number, every)
        try:
            held, row = _row(found.kind, cells)
        except (KeyError, ValueError) as error:
            raise EditsRefused("bad-row", name=member.name, row=number) from error
        first, last, seen = min(first or held[0], held[0]), max(last, held[0]), seen + 1
        if wanted is not None:
            codes.update(filter(wanted, held))
        if row is not None and (wanted is None or all(map(wanted, held))):
            rows.append(row)
    if not seen:
        raise EditsRefused("no-rows", name=member.name)
    if not ending.whole and not member.ends_in_a_line():
        raise EditsRefused("cut-off", name=member.name, row=ending.number)
    if found.kind == "mue":
        _one_each(rows, member.name)
    return _Kept(rows, tuple(sorted(codes)) if wanted is not None and found.kind == "ncci" else (), first, last, seen)


def _row(kind: Kind, cells: Mapping[str, str]) -> tuple[tuple[str, ...], str | None]:
    """The codes of a row, and the row as it is kept or None."""
    if kind == "mue":
        held, row = mue_row(cells)
        return (held,), row
    first, second, pair = ncci_row(cells)
    return (first, second), pair


def _one_each(rows: list[str], name: str) -> None:
    """Two limits for one code would leave it to chance which one counts."""
    codes = [row.partition(",")[0] for row in set(rows)]
    if len(set(codes)) < len(codes):
        raise EditsRefused("code-twice", name=name)


def missing_parts(edition: Edition, editions: Iterable[Edition]) -> tuple[int, ...]:
    """The parts before this one that are not loaded. How many come after it, no part says."""
    alike = (edition.kind, edition.setting, edition.quarter)
    there = {e.part for e in editions if (e.kind, e.setting, e.quarter) == alike}
    return tuple(n for n in range(1, edition.part or 1) if n not in there)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _state(edition: Edition, told: Told, knowledge: Knowledge) -> State:
    """Whether the same table is there already. Raises EditsRefused("already") for another file's in its place."""
    there = next((e for e in knowledge.edits.editions if e.name == edition.name), None)
    if there is None:
        return "loaded"
    if (there.sha256, there.table) != (edition.sha256, edition.table) and not told.replace:
        raise EditsRefused("already", name=edition.name, file=there.file, day=there.imported.isoformat())
    same = edition.model_copy(update={"imported": there.imported, "file": there.file}) == there
    return "same" if same else "replaced"


def _placed(edition: Edition, kept: _Kept, state: State, folders: Sequence[Path]) -> Loaded:
    """Writes where a table of that name lies already, else into the first folder that takes it."""
    name = edition.name + SUFFIX
    there = [folder for folder in reversed(folders) if (folder / name).is_file()]
    if state == "same" and there:
        return Loaded(edition, there[0] / name, kept.seen, "same")
    for folder in (*there, *folders):
        try:
            write_edition(folder / name, edition, kept.rows)
        except OSError:
            continue
        return Loaded(edition, folder / name, kept.seen, state)
    raise EditsRefused("no-place", tried=", ".join(map(str, folders)))
