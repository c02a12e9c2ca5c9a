"""What the child says is checked like any stranger's words: sorts, counts, sizes, numbers, places within their pages."""

import json
import math
import struct
from collections.abc import Mapping
from typing import Any, NoReturn

from explainer.model.source import Box, PageSize
from explainer.readers.box.extract import Extract, SheetRows, Value
from explainer.readers.pages import PRINTED, Page, PageWord, Picture
from explainer.settings import BoxLimits

_PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
_BEYOND = 2.0
_VALUE_CHARS = 80


class Garbage(ValueError):
    """The child said something it should not."""


def _refuse(constant: str) -> NoReturn:
    raise Garbage(constant)


def parsed(body: bytes) -> Any:
    """The JSON value. Raises Garbage."""
    try:
        return json.loads(body, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise Garbage("json") from error


def _must(holds: bool, what: str) -> None:
    if not holds:
        raise Garbage(what)


def _list(value: Any, most: int, what: str) -> list[Any]:
    _must(isinstance(value, list) and len(value) <= most, what)
    return value  # type: ignore[no-any-return]


def _text(value: Any, most: int) -> str:
    _must(isinstance(value, str) and len(value) <= most, "text")
    return value  # type: ignore[no-any-return]


def _count(value: Any, most: int) -> int:
    _must(type(value) is int and 0 <= value <= most, "count")
    return value  # type: ignore[no-any-return]


def _number(value: Any, most: float) -> float:
    _must(type(value) in (int, float) and math.isfinite(value) and -_BEYOND <= value <= most, "number")
    return float(value)


def _box(four: list[Any], size: PageSize) -> Box:
    _must(len(four) == 4, "box")
    right, bottom = size.width + _BEYOND, size.height + _BEYOND
    box = Box(_number(four[0], right), _number(four[1], bottom), _number(four[2], right), _number(four[3], bottom))
    _must(box.left <= box.right and box.top <= box.bottom, "box")
    return box


def _word(value: Any, size: PageSize, limits: BoxLimits) -> PageWord:
    parts = _list(value, 6, "word")
    _must(len(parts) >= 5 and bool(parts[0]), "word")
    sure = _number(parts[5], 1.0) if len(parts) == 6 else PRINTED
    _must(sure >= 0, "sure")
    return PageWord(_text(parts[0], limits.word_chars), _box(parts[1:5], size), sure)


def _page(value: Any, number: int, limits: BoxLimits) -> Page:
    _must(isinstance(value, dict) and set(value) == {"size", "words", "rules", "cut", "hidden"}, "page")
    sizes = _list(value["size"], 3, "size")
    _must(len(sizes) == 3 and type(sizes[0]) is int and number <= sizes[0] <= limits.pages, "size")
    size = PageSize(sizes[0], _number(sizes[1], limits.page_points), _number(sizes[2], limits.page_points))
    _must(size.width >= 1 and size.height >= 1, "size")
    words = tuple(_word(w, size, limits) for w in _list(value["words"], limits.page_words, "words"))
    rules = tuple(_box(_list(r, 4, "rule"), size) for r in _list(value["rules"], limits.page_rules, "rules"))
    _must(type(value["cut"]) is bool, "cut")
    return Page(size, words, rules, value["cut"], _count(value["hidden"], 10_000_000))


def _pages(values: list[Any], limits: BoxLimits) -> tuple[Page, ...]:
    pages: list[Page] = []
    for value in values:
        pages.append(_page(value, pages[-1].size.number + 1 if pages else 1, limits))
    return tuple(pages)


def _picture(value: Any, png: bytes, limits: BoxLimits) -> Picture:
    three = _list(value, 3, "picture")
    _must(len(three) == 3 and _count(three[0], limits.pages) >= 1, "picture")
    width, height = (_count(n, limits.page_pixels) for n in three[1:])
    _must(0 < width * height <= limits.page_pixels, "picture")
    _must(png.startswith(_PNG) and png[16:24] == struct.pack(">II", width, height), "png")
    return Picture(three[0], width, height, png)


def _sheet(value: Any, limits: BoxLimits) -> SheetRows:
    two = _list(value, 2, "sheet")
    _must(len(two) == 2, "sheet")
    rows = _list(two[1], limits.sheet_rows, "rows")
    return SheetRows(
        _text(two[0], _VALUE_CHARS), tuple(tuple(_text(c, limits.output) for c in _list(r, limits.output, "row")) for r in rows)
    )


def values_of(value: Any) -> Mapping[str, Value]:
    """The values of a problem or refusal: names with short texts or whole numbers. Raises Garbage."""
    _must(isinstance(value, dict) and len(value) <= 6, "values")
    for name, part in value.items():
        _must(name.isidentifier() and len(name) <= 20, "value")
        _must((type(part) is int and abs(part) < 10**9) or (isinstance(part, str) and len(part) <= _VALUE_CHARS), "value")
    return value  # type: ignore[no-any-return]


def _problem(value: Any, known: frozenset[str]) -> tuple[str, Mapping[str, Value]]:
    two = _list(value, 2, "problem")
    _must(len(two) == 2 and isinstance(two[0], str) and two[0] in known, "problem")
    return two[0], values_of(two[1])


def checked(body: bytes, pngs: list[bytes], known: frozenset[str], limits: BoxLimits) -> Extract:
    """The extract a child has sent; `known` are the problem codes it may use. Raises Garbage."""
    value = parsed(body)
    _must(isinstance(value, dict) and set(value) == {"pages", "pictures", "sheets", "problems"}, "header")
    pictures = _list(value["pictures"], limits.pictures, "pictures")
    _must(len(pictures) == len(pngs), "pictures")
    return Extract(
        _pages(_list(value["pages"], limits.pages, "pages"), limits),
        tuple(_picture(p, png, limits) for p, png in zip(pictures, pngs, strict=True)),
        tuple(_sheet(s, limits) for s in _list(value["sheets"], limits.sheets, "sheets")),
        tuple(_problem(p, known) for p in _list(value["problems"], 200, "problems")),
    )
