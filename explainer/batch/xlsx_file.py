"""All tables as one workbook. Text stays text, days are days, amounts are numbers with cents; nothing is a formula or a link."""

import io
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from explainer.batch.cells import looks_like_formula, plain
from explainer.batch.tables import NAMES, Cell, Money, Table, Tables

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_WIDTHS = {"lines": 14, "claims": 14, "questions": 28, "unread": 40}


class TooManyRows(ValueError):
    """More lines than a workbook is made of here: a CSV has no such limit."""


def xlsx_file(tables: Tables, most: int) -> bytes:
    """The workbook, made in memory: nothing is written to a disk on the way. Raises TooManyRows for more than `most` lines."""
    from xlsxwriter import Workbook

    if sum(max(len(row.lines), 1) for row in tables.batch.rows) > most:
        raise TooManyRows
    out = io.BytesIO()
    options = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd",
    }  # fmt: skip
    book = Workbook(out, options)
    formats = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
        "text": book.add_format({"num_format": "@"}),
        "quoted": book.add_format({"num_format": "@", "quote_prefix": True}),
        "money": book.add_format({"num_format": "#,##0.00"}),
        "count": book.add_format({"num_format": "General"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
    }
    for name in NAMES:
        table = tables.table(name)
        _write(book.add_worksheet(plain(table.title)[:31]), table, formats)
    book.close()
    return out.getvalue()


def _write(sheet: "Worksheet", table: Table, formats: dict[str, "Format"]) -> None:
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, len(table.heads) - 1, _WIDTHS[table.name])
    for column, head in enumerate(table.heads):
        sheet.write_string(0, column, head, formats["head"])
    for number, row in enumerate(table.rows, 1):
        for column, cell in enumerate(row):
            _put(sheet, number, column, cell, formats)


def _put(sheet: "Worksheet", row: int, column: int, cell: Cell, formats: dict[str, Any]) -> None:
    """A workbook's numbers are binary; cents come back whole, since they are shown and read with two decimals."""
    if isinstance(cell, Money):
        sheet.write_number(row, column, float(cell.amount), formats["money"])
    elif isinstance(cell, int | Decimal):
        sheet.write_number(row, column, float(cell), formats["count"])
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell, formats["day"])
    elif cell:
        text = plain(cell)
        sheet.write_string(row, column, text, formats["quoted" if looks_like_formula(text) else "text"])
