"""A visit with every kind of value in it, and a name that must never be found on a disk."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from explainer.conversation.answer import Answer, AnswerPart, AnswerSource
from explainer.conversation.grounds import Fact, Grounds, Place
from explainer.conversation.question import Context, Slots
from explainer.conversation.why import Led, Phrase, Took, Why
from explainer.corrections import Edit
from explainer.model.amounts import Amounts
from explainer.model.document import Adjustment, Claim, Document, Problem, ServiceLine
from explainer.model.source import Box, Span
from explainer.sessions import Exchange, Kept, Visit

CANARY = "Zephyrine Quillfeather"
PNG = b"\x89PNG\r\n\x1a\n" + CANARY.encode() * 2000


def sample_document() -> Document:
    """One claim of one line, made up."""
    span = Span("p1", 1, 5, 40, Box(1.5, 2.0, 3.0, 4.0))
    line = ServiceLine(
        1,
        span,
        service_date=date(2026, 3, 2),
        code="97110",
        code_system="CPT",
        modifiers=("GP",),
        units=Decimal("2"),
        amounts=Amounts(billed=Decimal("120.00"), patient_owes=Decimal("40.00")),
        adjustments=(Adjustment("CO", "45", Decimal("55.80")),),
        places={"billed": span},
    )
    problem = Problem(
        "total-mismatch", {"printed": Decimal("12.00"), "on": date(2026, 1, 2), "code": "97110", "n": 3, "none": None}
    )
    return Document("p1", "eob.txt", "text", "eob", f"Patient {CANARY}", (Claim((line,), patient=CANARY),), problems=(problem,))


def sample_visit() -> Visit:
    """A document, one exchange, and a context."""
    fact = Fact("s", "fact:x", date(2026, 1, 1), date(2026, 1, 2), "verified")
    answer = Answer(
        "money.owe",
        "You may owe $40.00.",
        "en",
        (1,),
        {"owe": Decimal("40.00"), "day": date(2026, 3, 2), "list": ("a", "b")},
        (AnswerSource("s", "A source", None, date(2026, 1, 1)),),
        ("Why?",),
        (AnswerPart("You may owe", "paragraph", Grounds((fact,), (Place("p1", 1, 1, "$40.00", "patient_owes"),), 1)),),
        Why("money.owe", Led("examples", (Phrase("owe", 5, 8),)), (Took("lines", "1"), Took("units", "2", Phrase("2", 0, 1)))),
    )
    context = Context(
        topic="money.owe", about=(1,), slots=Slots(amounts=(Decimal("40.00"),), minutes_by_code=(("97110", 20),)), turns=1
    )
    return Visit(
        (sample_document(),), (Exchange(f"what does {CANARY} owe?", answer),), context.told(plan="employer"),
        (Edit("p1", 1, "set", "patient_owes", "40.00"),), (Kept("p1", 1, 10, 20, 30),),
    )  # fmt: skip


class FakeClock:
    """A clock that only moves when told to."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **parts: float) -> None:
        self.now += timedelta(**parts)
