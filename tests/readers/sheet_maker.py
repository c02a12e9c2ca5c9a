"""Small XLSX files written by hand, so that a test can hold what a spreadsheet program would never save."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

_NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_FORMATS = ("General", "m/d/yyyy", '"$"#,##0.00', "0%", "0000", "#,##0.00")
_FIRST = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class As:
    """A number shown in a format of _FORMATS; an error; or a formula with its kept value, or without one (None)."""

    value: float | str | None
    format: str = "General"
    formula: str | None = None
    error: bool = False


def _cell(at: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        value = As((value - _FIRST).days, "m/d/yyyy")
    if isinstance(value, bool):
        return f'<c r="{at}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, (int, float)):
        return f'<c r="{at}"><v>{value!r}</v></c>'
    if isinstance(value, As):
        sort = ' t="e"' if value.error else ""
        formula = f"<f>{escape(value.formula)}</f>" if value.formula else ""
        kept = "" if value.value is None else f"<v>{value.value}</v>"
        return f'<c r="{at}" s="{_FORMATS.index(value.format)}"{sort}>{formula}{kept}</c>'
    return f'<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{escape(str(value))}</t></is></c>'


def _letter(number: int) -> str:
    return chr(65 + number) if number < 26 else chr(64 + number // 26) + chr(65 + number % 26)


def sheet_xml(
    rows: Iterable[Sequence[object]], hidden: Iterable[int] = (), columns: Iterable[int] = (), merged: Iterable[str] = ()
) -> str:
    """The XML of a sheet; hidden: rows, columns: hidden columns, both from 1; merged: cells that are one ("A2:A3")."""
    gone = set(hidden)
    cols = "".join(f'<col min="{c}" max="{c}" hidden="1"/>' for c in columns)
    body = "".join(
        f'<row r="{n}" hidden="{int(n in gone)}">' + "".join(_cell(f"{_letter(i)}{n}", v) for i, v in enumerate(row)) + "</row>"
        for n, row in enumerate(rows, 1)
    )
    cols = f"<cols>{cols}</cols>" if cols else ""
    joined = "".join(f'<mergeCell ref="{ref}"/>' for ref in merged)
    joined = f"<mergeCells>{joined}</mergeCells>" if joined else ""
    return f"<worksheet {_NS}>{cols}<sheetData>{body}</sheetData>{joined}</worksheet>"


def workbook(
    sheets: Mapping[str, str], hidden: Iterable[str] = (), extra: Mapping[str, bytes] | None = None, from_1904: bool = False
) -> bytes:
    """The bytes of an XLSX file of these sheets' XML. from_1904: its days are counted from then on."""
    gone = set(hidden)
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}" state="{"hidden" if name in gone else "visible"}"/>'
        for n, name in enumerate(sheets, 1)
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_REL}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in range(1, len(sheets) + 1)
    )
    formats = "".join(f'<numFmt numFmtId="{164 + n}" formatCode="{escape(f)}"/>' for n, f in enumerate(_FORMATS))
    styles = "".join(f'<xf numFmtId="{164 + n if n else 0}"/>' for n in range(len(_FORMATS)))
    parts = {
        "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
        "xl/workbook.xml": f'<workbook {_NS} xmlns:r="{_REL}"><workbookPr date1904="{int(from_1904)}"/><sheets>{listed}</sheets>'
        "</workbook>",
        "_rels/.rels": f'<Relationships xmlns="{_LINKS}"><Relationship Id="r" Type="{_REL}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_LINKS}">{links}</Relationships>',
        "xl/styles.xml": f"<styleSheet {_NS}><numFmts>{formats}</numFmts><cellXfs>{styles}</cellXfs></styleSheet>",
        **{f"xl/worksheets/sheet{n}.xml": xml for n, xml in enumerate(sheets.values(), 1)},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return out.getvalue()
