"""A table as CSV that Excel opens as it is: UTF-8 with its mark, lines ended as on Windows."""

import csv
import io
from collections.abc import Iterator

from explainer.batch.cells import as_text
from explainer.batch.tables import Table

_PIECE = 200


def csv_pieces(table: Table) -> Iterator[bytes]:
    """The file in pieces, so that a long one is never held whole."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    out.write("\ufeff")
    writer.writerow(map(as_text, table.heads))
    for number, row in enumerate(table.rows, 1):
        writer.writerow(map(as_text, row))
        if number % _PIECE == 0:
            yield _taken(out)
    yield _taken(out)


def _taken(out: io.StringIO) -> bytes:
    piece = out.getvalue().encode("utf-8", "replace")
    out.seek(0)
    out.truncate()
    return piece
