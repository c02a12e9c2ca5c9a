"""Zips in the shape of CMS's quarterly files, with made-up numbers and made-up notices."""

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape

NOTICE = "Made-up notice, all rights reserved."
INDICATORS = {1: "1 Line Edit", 2: "2 Date of Service Edit: Policy", 3: "3 Date of Service Edit: Clinical"}
HEADINGS = {
    "practitioner": "Practitioner Services MUE Values",
    "hospital": "Outpatient Hospital Services MUE Values",
    "dme": "DME Supplier Services MUE Values",
}
MUE_ROWS = ("97110 6 3", "97161 1 2", "97032 4 1", "97140 3 3", "97169 0 3", "L3908 2 2")
NCCI_ROWS = (
    "00100 97110 20200101 * 1",
    "97110 97010 20200101 * 0",
    "97150 97110 20200101 20250101 0",
    "97150 97110 20250101 * 1",
    "97161 97140 20200101 20200101 9",
    "97161 97150 20261001 * 0",
    "97164 97530 * * 1",
    "97530 97112 20100101 20260401 0",
    "97530 97140 20200101 * 1",
    "G0283 97032 20200101 * 1",
    "V5000 V5001 20200101 * 0",
)


def zipped(path: Path, **members: str | bytes) -> Path:
    """A zip with these files, always of the same bytes; a dot in a name is written as two underscores."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name.replace("__", ".")), content, zipfile.ZIP_DEFLATED)
    return path


def mue_csv(rows: Iterable[str] = MUE_ROWS, setting: str = "practitioner") -> str:
    """Rows as "code units indicator"."""
    head = f'"{NOTICE}",,,\n"HCPCS/\nCPT Code","{HEADINGS[setting]}","MUE Adjudication Indicator","MUE Rationale"\n'
    cells = (row.split() for row in rows)
    return head + "".join(f'{code},{units},"{INDICATORS[int(kind)]}","A made-up reason"\n' for code, units, kind in cells)


def ncci_txt(rows: Iterable[str] = NCCI_ROWS) -> str:
    """Rows as "first second since until indicator"; "*" for since is an edit older than 1996. Headings wrap over four lines."""
    head = (
        f"{NOTICE}\r\n\r\nColumn 1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier\tPTP Edit Rationale\r\n"
        "\t\tprior to 1996\tDate\tDate\t0=not allowed\r\n\t\t\t\t*=no data\t1=allowed\r\n\t\t\t\t\t9=not applicable\r\n"
    )
    return head + "".join(f"{_ncci_row(*row.split())}\r\n" for row in rows)


def _ncci_row(first: str, second: str, since: str, until: str, allowed: str) -> str:
    old = since == "*"
    return "\t".join((first, second, "*" if old else "", "" if old else since, until, allowed, "A made-up reason"))


def mue_zip(folder: Path, rows: Iterable[str] = MUE_ROWS, setting: str = "practitioner", quarter: str = "2026-q2") -> Path:
    name = f"medicare-ncci-{quarter}-{setting}-services-mue-table.zip"
    return zipped(folder / name, table__csv=mue_csv(rows, setting))


def ncci_zip(folder: Path, rows: Iterable[str] = NCCI_ROWS, part: int = 1, kind: str = "pra") -> Path:
    setting = {"pra": "practitioner", "oph": "hospital"}[kind]
    name = f"medicare-ncci-2026q2-{setting}-ptp-edits-cci{kind}-v321r0-f{part}"
    return zipped(folder / f"{name}.zip", **{f"cci{kind}-v321r0-f{part}__TXT": ncci_txt(rows)})


def xlsx(rows: Iterable[Iterable[str]]) -> bytes:
    """A workbook of one sheet with these texts."""
    body = "".join(
        f'<row r="{n}">' + "".join(f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for cell in row) + "</row>"
        for n, row in enumerate(rows, 1)
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType="application/'
        'vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
        f'ContentType="{kinds}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" '
        f'ContentType="{kinds}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{links}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{links}"><sheets><sheet name="Table" sheetId="1" r:id="r1"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{links}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{body}</sheetData></worksheet>',
    }
    path = io.BytesIO()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path.getvalue()
