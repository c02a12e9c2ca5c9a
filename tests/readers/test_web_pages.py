"""Saved web pages: what a person sees, no more; and nothing that a page can do to a reader."""

import pytest
from reader_papers import read_bytes, refused

from explainer.readers.box.extract import Options, Refused
from explainer.readers.html.extract import extract
from explainer.settings import BoxLimits


def rows(page: str) -> list[tuple[str, ...]]:
    numbers = {name: getattr(BoxLimits(), name) for name in ("page_bytes", "cell_chars", "sheet_columns", "sheet_rows")}
    return list(extract(page.encode(), Options(numbers, lambda done, total: None, lambda: None)).sheets[0].rows)


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("<p>You owe <b>$5.00</b></p><p>now</p>", [("You owe $5.00",), ("now",)]),
        ("<table><tr><td>a<td>b<tr><td>c<td>d</table>", [("a", "b"), ("c", "d")]),
        ("<table><tr><th colspan=2>a<th>b<tr><td>1<td>2<td>3</table>", [("a", "", "b"), ("1", "2", "3")]),
        ("<table><tr><td rowspan=2>a</td><td>b</td></tr><tr><td>c</td></tr></table>", [("a", "b"), ("\u21a5", "c")]),
        ("<table><tr><td>x<table><tr><td>1</td><td>2</td></tr></table>y</td></tr></table>", [("x",), ("1", "2"), ("y",)]),
        ("<td>one<br>line</td><div>next</div>", [("one",), ("line",), ("next",)]), ("<tr><td>a<br>b<td>c", [("a b", "c")]),
        ("<script>'<p>You owe $9.00'</script><style>p{}</style><p>x</p>", [("x",)]),
        ("<p style='DISPLAY : none'>gone<b>gone</b></p><p hidden>gone</p><p>x</p>", [("x",)]),
        ("<p>a&nbsp;&amp; b&#36;5.00</p>", [("a & b$5.00",)]), ("<p>never closed", [("never closed",)]),
        ("</td></tr></table>x", [("x",)]),
        ("<!-- <p>no</p> --><p>x</p><![CDATA[y]]>", [("x",)]),
    ],
)  # fmt: skip
def test_what_is_seen(source: str, seen: list[tuple[str, ...]]) -> None:
    assert rows(source) == seen


@pytest.mark.parametrize(
    "source",
    ["<td>" * 300_000, "<table><tr><td colspan=50>" * 5_000, "<div " + "a=1 " * 200_000 + ">x", "<p>" * 200_000 + "x",
     "<!--" * 200_000, "<?" * 400_000, "&" * 500_000, "<table>" * 100_000, "<p hidden>" * 100_000, "x" * 5_000_000],
    ids=["cells", "spans", "attributes", "open", "comments", "instructions", "entities", "tables", "hidden", "long"],
)  # fmt: skip
def test_no_page_is_read_for_long_or_kept_whole(source: str) -> None:
    assert refused(b"<html>" + source.encode(), "page.html") in ("too-big", "not-an-eob", "empty", "no-amounts", "box-slow")


def test_a_page_of_too_many_columns_is_refused() -> None:
    with pytest.raises(Refused):
        rows("<table><tr>" + "<td>x" * 500 + "</table>")


def test_what_is_hidden_is_told() -> None:
    page = b"<html><p>EXPLANATION OF BENEFITS</p><p>You owe $5.00</p><p style='display:none'>You owe $9.00</p></html>"
    reading = read_bytes(page, "page.html")
    assert [p.code for p in reading.problems][:2] == ["web-page", "web-hidden"]
    assert "9.00" not in reading.document.text
