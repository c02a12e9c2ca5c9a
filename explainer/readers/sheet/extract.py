"""Bytes of a spreadsheet (XLSX, XLS, XLSB, ODS) to rows of text. Runs in the box; no formula is worked out, nothing fetched."""

import io
import itertools
from collections.abc import Iterator, Mapping, Sequence

import python_calamine as calamine

from explainer.readers.box.extract import Extract, Options, Refused, SheetRows, Value
from explainer.readers.rows import REACHES
from explainer.readers.sheet.archive import opened
from explainer.readers.sheet.marks import Marks, Place, days_from_1904, marks_of
from explainer.readers.sheet.shown import DAYS_FROM_1904, EXACT, NO_VALUE, text_of

_ZIP = b"PK\x03\x04"
_NAME = 60
_MOST_MERGED = 200_000
Told = tuple[str, Mapping[str, Value]]


def extract(data: bytes, options: Options) -> Extract:
    """The sheets that a person sees. Raises Refused: sheet-damaged, sheet-password, too-big."""
    marks, told = _marks(data, options.numbers)
    try:
        with calamine.load_workbook(io.BytesIO(data)) as book:
            return _read(book, marks, options.numbers, told)
    except calamine.PasswordError as error:
        raise Refused("sheet-password") from error
    except (calamine.CalamineError, calamine.ZipError, calamine.XmlError, OSError, ValueError) as error:
        raise Refused("sheet-damaged") from error


def _marks(data: bytes, numbers: Mapping[str, float]) -> tuple[dict[str, Marks], list[Told]]:
    if not data.startswith(_ZIP):
        return {}, []
    with opened(data, numbers) as archive:
        return marks_of(archive, numbers), [(DAYS_FROM_1904, {})] if days_from_1904(archive) else []


def _read(book: calamine.CalamineWorkbook, marks: Mapping[str, Marks], numbers: Mapping[str, float], told: list[Told]) -> Extract:
    sheets: list[SheetRows] = []
    left = int(numbers["sheet_rows"])
    for meta in book.sheets_metadata:
        if meta.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        if meta.visible != calamine.SheetVisibleEnum.Visible:
            told.append(("sheet-hidden", {"name": meta.name[:_NAME]}))
            continue
        if len(sheets) >= numbers["sheets"]:
            raise Refused("too-big")
        mark = marks.get(meta.name, Marks())
        rows = _rows(book.get_sheet_by_name(meta.name), mark, numbers, left, told)
        left -= len(rows)
        sheets.append(SheetRows(meta.name[:_NAME], rows))
        told += _told(mark, meta.name[:_NAME])
    return Extract(sheets=tuple(sheets), problems=tuple(told[:100]))


def _told(mark: Marks, name: str) -> Iterator[Told]:
    counts = (
        ("sheet-rows-hidden", len(mark.hidden_rows)), ("sheet-columns-hidden", len(mark.hidden_columns)),
        ("sheet-errors", len(mark.errors)), ("sheet-no-value", len(mark.empty)),
    )  # fmt: skip
    for code, count in counts:
        if count:
            yield code, {"count": count, "name": name}


def _rows(
    sheet: calamine.CalamineSheet, mark: Marks, numbers: Mapping[str, float], left: int, told: list[Told]
) -> tuple[tuple[str, ...], ...]:
    if sheet.start is None or sheet.end is None:
        return ()
    if sheet.end[0] >= left or sheet.end[1] >= numbers["sheet_columns"]:
        raise Refused("too-big")
    out: list[tuple[str, ...]] = []
    long = 0
    covered = _covered(sheet.merged_cell_ranges or (), mark, sheet.end)
    for at, row in enumerate(sheet.iter_rows()):
        if at not in mark.hidden_rows:
            long += sum(1 for v in row if isinstance(v, float) and abs(v) >= EXACT)
            out.append(tuple(_row(at, row, sheet.start[1], mark, covered, int(numbers["cell_chars"]))))
    if long:
        told.append(("sheet-long-number", {"count": long}))
    return tuple(out)


def _covered(merged: Sequence[tuple[Place, Place]], mark: Marks, end: Place) -> dict[Place, str]:
    """The cells that a joined cell takes from others: those below its first column say so, the rest show nothing."""
    found: dict[Place, str] = {}
    spent = 0
    for (top, left), (bottom, right) in merged:
        shown = top not in mark.hidden_rows and left not in mark.hidden_columns
        for place in itertools.islice(_within(top, left, min(bottom, end[0]), min(right, end[1])), 1, _MOST_MERGED + 2):
            found[place] = REACHES if shown and place[1] == left else ""
            spent += 1
        if spent > _MOST_MERGED:
            raise Refused("too-big")
    return found


def _within(top: int, left: int, bottom: int, right: int) -> Iterator[Place]:
    return itertools.product(range(top, bottom + 1), range(left, right + 1))


def _row(at: int, row: Sequence[object], first: int, mark: Marks, covered: Mapping[Place, str], longest: int) -> Iterator[str]:
    """The cells from the first column on, without those that are hidden."""
    for column in range(first + len(row)):
        if column in mark.hidden_columns:
            continue
        if (at, column) in covered:
            yield covered[at, column]
            continue
        value = row[column - first] if column >= first else ""
        text = mark.errors.get((at, column)) or text_of(value, mark.codes.get((at, column), ""))
        text = text or (NO_VALUE if (at, column) in mark.empty else "")
        if len(text) > longest:
            raise Refused("too-big")
        yield text
