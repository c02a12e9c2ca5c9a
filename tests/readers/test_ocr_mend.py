"""Misread words: what is put right, what must not be, and that nothing is put right in silence."""

from dataclasses import replace
from decimal import Decimal

import pytest

from explainer.model.amounts import Amounts
from explainer.model.document import Claim, Document, ServiceLine
from explainer.model.source import Box, PageSize, Span
from explainer.readers.base import Reading
from explainer.readers.ocr import shapes
from explainer.readers.ocr.doubts import candidates, repairs, verdict, weighed
from explainer.readers.ocr.mend import Change, mended, rewritten
from explainer.readers.pages import Page, PageWord
from explainer.readers.placed import Piece, PlacedText

AMOUNTS = [
    ("1O5.00", None, "105.00"), ("l05.00", None, "105.00"), ("$1O5.OO", True, "$105.00"), ("105,00", None, "105.00"),
    ("$715..75", True, "$715.75"), ("$122.°75", True, "$122.75"), ("S5.80", True, "$5.80"), ("S5.80", False, "55.80"),
    ("S5.80", None, None), ("$lO.5O", True, "$10.50"), ("1,2O4.50", False, "1,204.50"), ("($55.I5)", True, "($55.15)"),
    ("105.00", None, None), ("$105.00", True, None), ("10500", None, None), ("7296.21", True, None), ("Oil", None, None),
    ("So.lo", None, None), ("97110", None, None), ("3/4/26", None, None), ("12.5", None, None), ("Bill.50", None, None),
    ("ISO9001", None, None), ("$", True, None), ("", None, None), ("1O", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("word", "dollars", "now"), AMOUNTS)
def test_amounts_whose_shape_leaves_one_reading(word: str, dollars: bool | None, now: str | None) -> None:
    assert shapes.amount(word, dollars) == now


@pytest.mark.parametrize(
    ("word", "now"),
    [("O4/12/2026", "04/12/2026"), ("04/l2/2O26", "04/12/2026"), ("O4/42/2026", None), ("04/12/2026", None),
     ("4-I2-26", "4-12-26"), ("Ol/lO", None), ("lO/ll/lO", None)],
)  # fmt: skip
def test_dates(word: str, now: str | None) -> None:
    assert shapes.day(word) == now


@pytest.mark.parametrize(
    ("word", "now"),
    [("9711O", "97110"), ("971l0-GP", "97110-GP"), ("97110", None), ("51885", None), ("J1885", None), ("G0283", None),
     ("O0283", None), ("OOl1O", None), ("97ll0X", None), ("0101T", None)],
)  # fmt: skip
def test_codes(word: str, now: str | None) -> None:
    assert shapes.code(word) == now


@pytest.mark.parametrize(
    ("word", "now"),
    [
        ("Co-45", "CO-45"),
        ("C045", "CO45"),
        ("(C0-45)", "(CO-45)"),
        ("pr96", "PR96"),
        ("CO-45", None),
        ("Co", None),
        ("CO2345", None),
    ],
)
def test_reason_codes(word: str, now: str | None) -> None:
    assert shapes.key(word) == now


@pytest.mark.parametrize(
    ("word", "now"), [("“Sep", "Sep"), ("|$5.00", "$5.00"), ("‘", ""), ("-", "-"), ("—", "—"), ("O'Test", "O'Test")]
)
def test_marks_of_broken_lines(word: str, now: str) -> None:
    assert shapes.without_marks(word) == now


def page_of(*rows: str, sure: float = 0.8) -> Page:
    """A page with a word at every column of each row; "." stands for none."""
    words = [
        PageWord(text, Box(60.0 * x, 14.0 * y, 60.0 * x + 5 * len(text), 14.0 * y + 10), sure)
        for y, row in enumerate(rows) for x, text in enumerate(row.split()) if text != "."
    ]  # fmt: skip
    return Page(PageSize(1, 612, 792), tuple(words))


def texts(page: Page) -> list[str]:
    return [w.text for w in page.words]


def test_a_count_is_mended_only_in_a_column_of_counts() -> None:
    column = page_of("97110 2 $5.00", "97140 1 $6.00", "97530 l $7.00")
    (right,), changes = mended([column])
    assert texts(right)[7] == "1"
    assert [(c.was, c.now) for c in changes] == [("l", "1")]
    assert texts(mended([page_of("Mary l Smith")])[0][0]) == ["Mary", "l", "Smith"]


def test_a_code_is_mended_only_in_a_column_of_codes() -> None:
    assert texts(mended([page_of("97140 a", "97530 b", "9711O c")])[0][0])[4] == "97110"
    assert texts(mended([page_of("zip a", "near b", "9711O c")])[0][0])[4] == "9711O"


def test_what_was_mended_is_doubtful_and_told() -> None:
    (right,), changes = mended([page_of("$1O5.00 $6.00 $7.00", "$5.00 $6.00 $7.00", sure=0.97)])
    assert (right.words[0].text, right.words[0].sure) == ("$105.00", 0.5)
    assert changes == (Change(1, right.words[0].box, "$1O5.00", "$105.00"),)


def test_cents_read_apart_are_joined() -> None:
    words = (
        PageWord("105", Box(0, 0, 15, 10), 0.9),
        PageWord(".00", Box(16, 0, 25, 10), 0.9),
        PageWord(".50", Box(60, 0, 70, 10), 0.9),
    )
    (right,), changes = mended([Page(PageSize(1, 100, 100), words)])
    assert texts(right) == ["105.00", "\ufffd.50"]
    assert len(changes) == 1


def test_cents_alone_may_have_lost_their_dollars() -> None:
    (right,), _ = mended([page_of("$20.00 .00 $5.00", "$6.00 .00 $7.00")])
    assert texts(right)[1::3] == ["\ufffd.00", "\ufffd.00"]
    (styled,), _ = mended([page_of("20.00 .00 .00", "6.00 .00 .50")])
    assert [(w.text, w.sure) for w in styled.words[1:3]] == [(".00", 0.5), (".00", 0.5)]
    assert styled.words[5].text == "\ufffd.50"


def test_words_that_the_file_holds_are_left_alone() -> None:
    printed = page_of("1O5.00 ‘ 9711O", sure=1.0)
    assert mended([printed]) == ((printed,), ())


def test_changes_are_made_where_they_stand() -> None:
    page = page_of("5.00 5.00")
    changed = rewritten([page], [Change(1, page.words[1].box, "5.00", "6.00")])
    assert texts(changed[0]) == ["5.00", "6.00"]


@pytest.mark.parametrize(
    ("word", "among"), [("$15969", ["$159.69"]), ("7296.21", ["1296.21", "$296.21"]), ("$114.14", ["$114.11", "$174.14"])]
)
def test_candidates(word: str, among: list[str]) -> None:
    assert set(among) <= set(candidates(word))


FIELDS = ("billed", "discount", "allowed", "plan_paid", "patient_owes", "coinsurance", "deductible", "copay")


def reading_of(*rows: str, sure: dict[int, float] | None = None, totals: str = "") -> tuple[Reading, PlacedText]:
    """A claim with a line for each row of amounts in the order of FIELDS. sure: by number of the word, 0.96 for the others."""
    text, pieces, lines = "", list[Piece](), list[ServiceLine]()
    for number, row in enumerate(rows, 1):
        start, places, values = len(text), {}, dict[str, Decimal]()
        for name, word in zip(FIELDS, row.split(), strict=False):
            at = len(text)
            text += word + "\t"
            box = Box(at, number, at + 1, number + 1)
            pieces.append(Piece(at, at + len(word), 1, box, (sure or {}).get(len(pieces), 0.96)))
            if word.count(".") == 1:
                places[name], values[name] = Span("p", 1, at, at + len(word)), Decimal(word.lstrip("$"))
        lines.append(ServiceLine(number, Span("p", 1, start, len(text)), amounts=Amounts(**values), places=places))
    total = Amounts(**{n: Decimal(v) for n, v in zip(FIELDS, totals.split(), strict=False)})
    document = Document("p", "x", "image", "eob", text, (Claim(tuple(lines), totals=total),))
    return Reading(document), PlacedText(text, tuple(pieces))


GOOD = "120.00 55.80 64.20 24.20 40.00 0.00 0.00 40.00"
OTHER = "61.00 21.50 39.50 31.60 7.90 7.90 0.00 0.00"


def test_one_figure_is_put_right_where_all_sums_leave_one_answer() -> None:
    reading, text = reading_of(GOOD.replace("64.20", "84.20"), OTHER, sure={2: 0.6})
    assert [(c.was, c.now) for c in repairs(reading.document, text)] == [("84.20", "64.20")]


@pytest.mark.parametrize(
    ("row", "sure", "why"),
    [(GOOD.replace("64.20", "84.20"), {}, "no word was doubtful"),
     (GOOD.replace("64.20", "92.20"), {2: 0.6}, "one figure alone does not do"),
     ("120.00 58.80 64.20", {1: 0.6, 0: 0.6}, "two answers"),
     (GOOD, {2: 0.6}, "the sums fit")],
)  # fmt: skip
def test_left_alone(row: str, sure: dict[int, float], why: str) -> None:
    reading, text = reading_of(row, OTHER, sure=sure)
    assert not repairs(reading.document, text), why


def test_not_against_the_printed_total_of_the_column() -> None:
    reading, text = reading_of(GOOD.replace("64.20", "84.20"), OTHER, sure={2: 0.6}, totals="181.00 77.30 123.70")
    assert not repairs(reading.document, text)


def test_an_amount_that_lost_its_point_is_found_by_the_sums() -> None:
    reading, text = reading_of(GOOD.replace("64.20", "$6420"), OTHER, sure={2: 0.6})
    assert [(c.was, c.now) for c in repairs(reading.document, text)] == [("$6420", "$64.20")]


def uncertain(*rows: str, **how: object) -> tuple[list[tuple[str, ...]], list[str]]:
    reading, text = reading_of(*rows, **how)  # type: ignore[arg-type]
    claim = reading.document.claims[0]
    doubted = replace(claim, lines=tuple(replace(line, uncertain=("allowed",)) for line in claim.lines))
    reading = replace(reading, document=replace(reading.document, claims=(doubted,)))
    told = weighed(reading, text, {}, ())
    return [line.uncertain for line in told.document.lines], [p.code for p in told.problems]


def test_sums_that_fit_lift_doubts_and_sums_that_fail_raise_them() -> None:
    assert uncertain(GOOD) == ([()], [])
    fields, problems = uncertain(GOOD.replace("64.20", "84.20"))
    assert {"allowed", "billed", "discount"} <= set(fields[0])
    assert problems == ["ocr-doubtful"]


def test_columns_that_do_not_add_up_are_doubtful() -> None:
    fields, _ = uncertain("120.00", "61.00", totals="191.00")
    assert all("billed" in names for names in fields)


def test_doubts_of_another_sort_and_mended_words_stay() -> None:
    reading, text = reading_of(GOOD)
    line = replace(reading.document.lines[0], uncertain=("allowed", "billed"))
    claim = replace(reading.document.claims[0], lines=(line,))
    reading = replace(reading, document=replace(reading.document, claims=(claim,)))
    change = Change(1, text.pieces[0].box, "12O.00", "120.00")
    told = weighed(reading, text, {1: ("allowed",)}, [change])
    assert set(told.document.lines[0].uncertain) == {"allowed", "billed"}
    assert [(p.code, p.values["count"]) for p in told.problems] == [("ocr-mended", 1)]


def test_a_verdict_names_the_fields_of_its_sums() -> None:
    said = verdict({"billed": Decimal("10.00"), "discount": Decimal("4.00"), "allowed": Decimal("6.00")})
    assert (said.borne_out, said.doubtful) == (frozenset(("billed", "discount", "allowed")), frozenset())
