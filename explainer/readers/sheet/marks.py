"""What the cells of an XLSX file carry besides values: number formats, errors, formulas nobody worked out, what is hidden."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring, iterparse

from explainer.readers.box.extract import Refused
from explainer.readers.sheet.archive import part

_AT = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "$#,##0", 6: "$#,##0", 7: "$#,##0.00", 8: "$#,##0.00", 9: "0%",
    10: "0.00%", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 41: "#,##0", 42: "$#,##0", 43: "#,##0.00",
    44: "$#,##0.00",
}  # fmt: skip
Place = tuple[int, int]
_ZERO = re.compile(r"0(?:\.0{1,9})?")


@dataclass(slots=True)
class Marks:
    """Of one sheet; rows and columns count from 0. codes: number formats. errors: as shown ("#REF!").

    empty: places of formulas without a worked-out value. hidden_rows, hidden_columns: those that a person does not see.
    """

    codes: dict[Place, str] = field(default_factory=dict)
    errors: dict[Place, str] = field(default_factory=dict)
    empty: set[Place] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def marks_of(archive: zipfile.ZipFile, numbers: Mapping[str, float]) -> dict[str, Marks]:
    """The marks of each sheet by its name. Raises Refused: sheet-damaged, too-big (cells beyond the limits)."""
    try:
        codes, budget = _codes(archive), int(numbers["sheet_cells"])
        found: dict[str, Marks] = {}
        for name, target in _sheets(archive):
            body = part(archive, target)
            if body is not None and len(found) < numbers["sheets"]:
                found[name] = _marks(body, codes, numbers, budget)
        return found
    except (ParseError, DefusedXmlException, ValueError, KeyError, IndexError, AttributeError) as error:
        raise Refused("sheet-damaged") from error


def days_from_1904(archive: zipfile.ZipFile) -> bool:
    """Whether the days of a workbook are counted from 1904 on. Raises Refused: sheet-damaged."""
    book = part(archive, "xl/workbook.xml")
    try:
        said = _children(fromstring(book), "workbookPr") if book else []
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise Refused("sheet-damaged") from error
    return any(e.get("date1904") in ("1", "true") for e in said)


def _local(tag: str) -> str:
    return tag.rsplit("}", 1)[-1]


def _children(root: Any, name: str) -> list[Any]:
    return [e for e in root.iter() if _local(e.tag) == name]


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Names and files of the sheets."""
    book, links = part(archive, "xl/workbook.xml"), part(archive, "xl/_rels/workbook.xml.rels")
    if book is None or links is None:
        return
    targets = {e.get("Id"): e.get("Target", "") for e in _children(fromstring(links), "Relationship")}
    for sheet in _children(fromstring(book), "sheet"):
        link = next((v for k, v in sheet.attrib.items() if _local(k) == "id"), "")
        target = targets.get(link, "")
        yield sheet.get("name", ""), target if target.startswith("/") else f"xl/{target}"


def _codes(archive: zipfile.ZipFile) -> list[str]:
    """The number format of each cell style."""
    body = part(archive, "xl/styles.xml")
    if body is None:
        return []
    root = fromstring(body)
    own = {int(e.get("numFmtId", "0")): e.get("formatCode", "") for e in _children(root, "numFmt")}
    styles = next(iter(_children(root, "cellXfs")), None)
    numbers = [int(xf.get("numFmtId", "0")) for xf in (styles if styles is not None else ())]
    return [own.get(n, _BUILT_IN.get(n, "")) for n in numbers]


def _marks(body: bytes, codes: list[str], numbers: Mapping[str, float], budget: int) -> Marks:
    marks = Marks()
    row = -1
    for event, element in iterparse(BytesIO(body), events=("start", "end")):
        name = _local(element.tag)
        if event == "start" and name == "row":
            row = int(element.get("r", row + 2)) - 1
            if _hidden(element, "ht"):
                marks.hidden_rows.add(row)
        elif event == "end" and name == "c":
            budget -= 1
            _cell(marks, element, codes, numbers, budget)
            element.clear()
        elif event == "end" and name == "col" and _hidden(element, "width"):
            first, last = int(element.get("min", "1")), int(element.get("max", "1"))
            marks.hidden_columns.update(range(first - 1, min(last, int(numbers["sheet_columns"]))))
        elif event == "end" and name == "row":
            element.clear()
    return marks


def _hidden(element: Any, size: str) -> bool:
    """Whether a row or column is marked as hidden, or so low or narrow that nothing of it is seen."""
    return element.get("hidden") in ("1", "true") or _ZERO.fullmatch(element.get(size, "")) is not None


def _cell(marks: Marks, cell: Any, codes: list[str], numbers: Mapping[str, float], budget: int) -> None:
    at = _AT.fullmatch(cell.get("r", ""))
    values = {_local(e.tag): e.text or "" for e in cell}
    holds = bool(values.get("v") or "f" in values or "is" in values)
    if at is None or not holds:
        return
    place = int(at[2]) - 1, _column(at[1])
    if place[0] >= numbers["sheet_rows"] or place[1] >= numbers["sheet_columns"] or budget < 0:
        raise Refused("too-big")
    sort = cell.get("t", "n")
    if sort == "e":
        marks.errors[place] = values.get("v", "")[:10]
    elif sort == "n" and (style := int(cell.get("s", "0"))) < len(codes) and codes[style]:
        marks.codes[place] = codes[style]
    if "f" in values and not values.get("v") and not (sort == "str" and "v" in values):
        marks.empty.add(place)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
