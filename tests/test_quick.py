"""Records made the quick way are the same records."""

from dataclasses import FrozenInstanceError, fields
from decimal import Decimal

import pytest

from explainer.model.amounts import Amounts
from explainer.model.document import Adjustment, Claim, Note, ServiceLine
from explainer.model.quick import quick
from explainer.model.source import Span

SPAN = Span("p1", 1, 2, 3)


@pytest.mark.parametrize(
    "usual",
    [
        SPAN,
        Amounts(Decimal("1.00")),
        Adjustment("CO", "45", Decimal("2.00"), None, SPAN),
        ServiceLine(1, SPAN, code="97110"),
        Claim(()),
    ],
    ids=lambda record: type(record).__name__,
)
def test_equal_and_frozen(usual: object) -> None:
    names = [f.name for f in fields(usual)]  # type: ignore[arg-type]
    made = quick(type(usual))(*(getattr(usual, name) for name in names))
    assert (made, type(made)) == (usual, type(usual))
    with pytest.raises(FrozenInstanceError):
        setattr(made, names[0], None)


def test_defaults_are_the_records_own() -> None:
    made = quick(ServiceLine)
    assert made(1, SPAN) == ServiceLine(1, SPAN)
    assert made(1, SPAN).places is not made(1, SPAN).places
    assert hash(quick(Span)("p1", 1, 2, 3)) == hash(SPAN)


def test_parts_are_made_too_and_usual_fields_are_their_defaults() -> None:
    note = quick(Note, "span_page", "span_box", span=Span)("M15", "words", "p1", 2, 3)
    assert (note, type(note.span)) == (Note("M15", "words", Span("p1", 1, 2, 3)), Span)
    line = quick(ServiceLine, "places", "amounts_billed", source=Span, amounts=Amounts)("7", "p1")
    assert line == ServiceLine("7", Span("p1"))  # type: ignore[arg-type]
    for record, name in ((note, "key"), (note.span, "start"), (line, "places"), (line.amounts, "billed")):
        with pytest.raises(FrozenInstanceError):
            setattr(record, name, None)
        with pytest.raises(FrozenInstanceError):
            delattr(record, name)
