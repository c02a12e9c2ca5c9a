"""What a person corrects: each value is checked, keeps its place, is certain afterwards, and can be taken back."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from explainer.corrections import (
    KINDS,
    Edit,
    NoSuchLine,
    Value,
    WrongValue,
    added,
    changes,
    confirmed,
    corrected,
    edited,
    next_line,
    parsed,
    put_back,
    removed,
    typed,
    value_of,
)
from explainer.knowledge.base import Knowledge
from explainer.model.amounts import Amounts
from explainer.model.document import Claim, Document, ServiceLine
from explainer.model.source import Box, Span

PLACE = Span("p1", 1, 10, 16, Box(10, 20, 60, 30))
LINE = ServiceLine(
    1, Span("p1"), service_date=date(2026, 3, 5), code="97110", code_system="CPT", units=Decimal(2),
    amounts=Amounts(billed=Decimal("120.00"), patient_owes=Decimal("4.00")), uncertain=("patient_owes", "units"),
    places={"patient_owes": PLACE},
)  # fmt: skip
PAPER = Document("p1", "eob.png", "image", "eob", "", (Claim((LINE, replace(LINE, number=2))), Claim((replace(LINE, number=3),))))


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("patient_owes", "40", Decimal("40.00")),
        ("patient_owes", " $1,234.5 ", Decimal("1234.50")),
        ("billed", "-12.00", Decimal("-12.00")),
        ("billed", "", None),
        ("service_date", "2026-03-07", date(2026, 3, 7)),
        ("service_date", "3/7/2026", date(2026, 3, 7)),
        ("service_date", "7 de marzo de 2026", date(2026, 3, 7)),
        ("code", "g0283", "G0283"),
        ("code", " ", None),
        ("modifiers", "gp, 59", ("GP", "59")),
        ("modifiers", "", ()),
        ("units", "3", Decimal(3)),
        ("units", "1.5", Decimal("1.5")),
        ("minutes", "45 min", 45),
        ("description", "  Hot   pack ", "Hot pack"),
    ],
)
def test_what_is_typed_is_a_value(field: str, text: str, value: Value) -> None:
    assert parsed(field, text) == value
    assert parsed(field, typed(value)) == value


@pytest.mark.parametrize(
    ("field", "text", "kind"),
    [
        ("patient_owes", "forty", "money"),
        ("patient_owes", "4o.00", "money"),
        ("patient_owes", "1.2.3", "money"),
        ("patient_owes", "9" * 40, "money"),
        ("patient_owes", "12.345", "money"),
        ("patient_owes", "$5 to $9", "money"),
        ("service_date", "2026-02-30", "day"),
        ("service_date", "3/7/2026 - 3/9/2026", "day"),
        ("service_date", "yesterday", "day"),
        ("code", "97110 and more", "code"),
        ("code", "<b>", "code"),
        ("modifiers", "GP59", "modifiers"),
        ("modifiers", "A1 A2 A3 A4 A5", "modifiers"),
        ("units", "-1", "units"),
        ("units", "two", "units"),
        ("minutes", "1000", "minutes"),
        ("description", "x" * 201, "words"),
        ("description", "a\x00b", "words"),
        ("remarks", "N130", "kept"),
        ("adjustments", "CO-45", "kept"),
        ("line", "2", "kept"),
        ("provider", "x", "field"),
        ("__class__", "x", "field"),
    ],
)
def test_what_is_no_value_is_refused(field: str, text: str, kind: str) -> None:
    with pytest.raises(WrongValue) as caught:
        parsed(field, text)
    assert (caught.value.field, caught.value.kind) == (field, kind)


@pytest.mark.parametrize("kind", [*KINDS.values(), "kept", "field", "nothing"])
def test_every_kind_of_wrong_value_has_words(kind: str, knowledge: Knowledge) -> None:
    assert f"web.fix.wrong.{kind}" in knowledge.wording


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("patient_owes", Decimal("40.00")), ("patient_owes", None), ("units", Decimal(3)), ("code", "97530"),
        ("modifiers", ("GP",)), ("service_date", date(2026, 3, 7)), ("description", "Exercise"), ("minutes", 30),
    ],
)  # fmt: skip
def test_a_corrected_value(field: str, value: Value) -> None:
    line = corrected(PAPER, 1, field, value).line(1)
    assert line is not None
    assert value_of(line, field) == value
    assert field in line.corrected
    assert field not in line.uncertain
    assert line.places == LINE.places
    untouched = [name for name in KINDS if name != field]
    assert [value_of(line, name) for name in untouched] == [value_of(LINE, name) for name in untouched]
    assert corrected(PAPER, 1, field, value).lines[1:] == PAPER.lines[1:]


@pytest.mark.parametrize(
    ("code", "system"), [("G0283", "HCPCS"), ("97530", "CPT"), ("D0120", "CDT"), (None, None), ("XYZ", None)]
)
def test_a_corrected_code_is_of_another_system(code: str | None, system: str | None) -> None:
    line = corrected(PAPER, 1, "code", code).line(1)
    assert line is not None
    assert line.code_system == system


def test_lines_taken_out_and_put_in() -> None:
    assert [line.number for line in removed(PAPER, 2).lines] == [1, 3]
    more = added(PAPER, 4, claim=1)
    assert [line.number for line in more.claims[0].lines] == [1, 2, 4]
    assert more.line(4) == ServiceLine(4, Span("p1"), corrected=("line",))
    assert [line.number for line in added(replace(PAPER, claims=()), 1).lines] == [1]
    for step in (lambda: corrected(PAPER, 9, "units", None), lambda: removed(PAPER, 9)):
        with pytest.raises(NoSuchLine):
            step()


_EDITS = (
    Edit("p1", 1, "set", "patient_owes", "40.00"),
    Edit("p1", 1, "set", "units", "3"),
    Edit("p1", 4, "add", text="2"),
    Edit("p1", 4, "set", "billed", "9.00"),
    Edit("p1", 2, "remove"),
    Edit("p1", 2, "set", "units", "9"),
    Edit("other", 1, "set", "units", "9"),
)


@pytest.mark.parametrize(
    ("edits", "owes", "units", "numbers"),
    [
        ((), "4.00", 2, [1, 2, 3]),
        (_EDITS, "40.00", 3, [1, 3, 4]),
        (put_back(_EDITS, "p1", 1), "4.00", 2, [1, 3, 4]),
        (put_back(_EDITS, "p1", 1, "units"), "40.00", 2, [1, 3, 4]),
        (put_back(_EDITS, "p1", 2), "40.00", 3, [1, 2, 3, 4]),
        (put_back(_EDITS, "p1", 4), "40.00", 3, [1, 3]),
    ],
)
def test_corrections_are_applied_anew(edits: tuple[Edit, ...], owes: str, units: int, numbers: list[int]) -> None:
    document = edited(PAPER, edits)
    line = document.line(1)
    assert line is not None
    assert (line.amounts.patient_owes, line.units) == (Decimal(owes), Decimal(units))
    assert [line.number for line in document.lines] == numbers
    assert next_line(PAPER, edits) == (5 if any(e.line == 4 for e in edits) else 4)


@pytest.mark.parametrize(
    ("said", "fields"),
    [({"patient_owes": "4.00", "units": "2"}, []), ({"patient_owes": "4", "units": "3"}, ["units"]), ({"code": ""}, ["code"])],
)
def test_only_what_differs_is_a_correction(said: Mapping[str, str], fields: list[str]) -> None:
    assert [e.field for e in changes(LINE, "p1", said)] == fields


def test_uncertain_values_said_to_be_right() -> None:
    line = edited(PAPER, confirmed(LINE, "p1")).line(1)
    assert line is not None
    assert (line.uncertain, set(line.corrected), line.amounts) == ((), {"patient_owes", "units"}, LINE.amounts)


@pytest.mark.parametrize(
    ("total", "field", "value", "after"),
    [
        ("8.00", "patient_owes", Decimal("40.00"), None),
        ("44.00", "patient_owes", Decimal("40.00"), "44.00"),
        ("9.00", "patient_owes", Decimal("5.00"), "9.00"),
        ("8.00", "patient_owes", None, "8.00"),
        ("8.00", "code", "97140", "8.00"),
    ],
    ids=["no longer its lines'", "now its lines'", "never its lines'", "a line without", "another field"],
)
def test_a_printed_total_that_was_the_sum_of_its_lines_follows_them(
    total: str, field: str, value: Value, after: str | None
) -> None:
    first = replace(PAPER.claims[0], totals=Amounts(patient_owes=Decimal(total)))
    changed = corrected(replace(PAPER, claims=(first, PAPER.claims[1])), 1, field, value)
    assert changed.claims[0].totals.patient_owes == (Decimal(after) if after else None)


def test_the_total_of_a_claim_without_a_line_that_was_none() -> None:
    first = replace(PAPER.claims[0], totals=Amounts(patient_owes=Decimal("8.00"), billed=Decimal("120.00")))
    left = removed(replace(PAPER, claims=(first,)), 2).claims[0].totals
    assert (left.patient_owes, left.billed) == (None, Decimal("120.00"))
