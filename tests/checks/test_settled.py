"""What an older paper of a claim is told to ask, once a newer paper shows how the claim stands now."""

from dataclasses import replace
from datetime import date

import pytest
from checks_build import KNOWLEDGE, claim, line, paper

from explainer.case import check_case
from explainer.explain import finding_text
from explainer.model.document import Document
from explainer.model.finding import Finding
from explainer.takeaway.matter import matters

_FIRST, _LATER, _TODAY = date(2026, 4, 12), date(2026, 5, 2), date(2026, 6, 1)
_DENIED = "130 0 0 130 0 0 0 0 130"
_PAID = "130 66 64 0 0 40 0 24 40"
_COUNTED = "130 66 64 0 64 0 0 0 64"
_REFUSAL = ("PR-50:130.00",)
_WRONG_SUM = "130 66 64 0 0 40 0 99 40"


def _paper(name: str, told: date | None, *amounts: str, number: str = "EX1100100", status: str | None = None) -> Document:
    refused = [a == _DENIED for a in amounts]
    lines = [
        line(n, code, text, adjustments=_REFUSAL if text == _DENIED else ())
        for n, (code, text) in enumerate(zip(("97110", "97140"), amounts, strict=False), 1)
    ]
    state = status or ("denied" if all(refused) else "partly-denied" if any(refused) else "paid")
    return paper(claim(*lines, claim_id=number, processed=told, status=state, network="in"), paper=name, notice_date=told)


def _of(case_papers: tuple[Document, ...], name: str, *ids: str) -> list[tuple[str, str]]:
    found: tuple[Finding, ...] = check_case(case_papers, KNOWLEDGE, _TODAY).findings_of(name)
    return [(f.id, f.case) for f in found if f.id in ids]


_OLD = _paper("p1", _FIRST, _DENIED)
_BOTH = _paper("p1", _FIRST, _DENIED, _DENIED)
_TABLE = [
    ("paid later", _OLD, _paper("p2", _LATER, _PAID), [("denial", "paid-later")]),
    ("paid later under a new number", _OLD, _paper("p2", _LATER, _PAID, number="EX1100999"), [("denial", "paid-later")]),
    ("counted, and nothing paid", _OLD, _paper("p2", _LATER, _COUNTED), [("denial", "newer-paper")]),
    ("denied again", _OLD, _paper("p2", _LATER, _DENIED), [("denial", "newer-paper")]),
    ("taken back", _OLD, _paper("p2", _LATER, _DENIED, status="reversed"), [("denial", "newer-paper")]),
    (
        "one line of two",
        _paper("p1", _FIRST, _DENIED, _DENIED),
        _paper("p2", _LATER, _PAID, _DENIED),
        [("denial", "newer-paper")],
    ),
    ("a day is missing", _OLD, _paper("p2", None, _PAID), [("denial", "patient-necessity")]),
    ("the paid one is older", _OLD, _paper("p2", date(2026, 4, 2), _PAID), [("denial", "patient-necessity")]),
    ("a claim of its own", _OLD, _paper("p2", _LATER, _PAID, _PAID, number="EX1100999"), [("denial", "patient-necessity")]),
    ("a sum that was wrong", _paper("p1", _FIRST, _WRONG_SUM), _paper("p2", _LATER, _PAID), [("money.line", "newer-paper")]),
]


@pytest.mark.parametrize(("first", "second", "told"), [row[1:] for row in _TABLE], ids=[row[0] for row in _TABLE])
def test_the_older_paper(first: Document, second: Document, told: list[tuple[str, str]]) -> None:
    for papers in ((first, second), (second, first)):
        assert _of(papers, "p1", told[0][0]) == told


def test_the_words_name_the_newer_paper() -> None:
    case = check_case((_OLD, _paper("p2", _LATER, _PAID)), KNOWLEDGE, _TODAY)
    (found,) = (f for f in case.findings_of("p1") if f.id == "denial")
    assert found.verdict == "explained"
    assert found.detail["newer"] == {"paper": "p2", "file": case.documents[1].file, "day": "2026-05-02"}
    assert "May 2, 2026" in finding_text(found, KNOWLEDGE, "en")[0]
    assert finding_text(found, KNOWLEDGE, "es")[1] == ""


def test_two_claims_of_a_paper_and_one_is_settled() -> None:
    """The refusal of both is one finding of the paper; what is left of it speaks of the other claim alone."""
    other = replace(_OLD.claims[0], claim_id="EX2200200", lines=(line(2, "97140", _DENIED, adjustments=_REFUSAL),))
    first = replace(_OLD, claims=(*_OLD.claims, other))
    found = check_case((first, _paper("p2", _LATER, _PAID)), KNOWLEDGE, _TODAY).findings_of("p1")
    assert sorted((f.case, f.lines) for f in found if f.id == "denial") == [("paid-later", (1,)), ("patient-necessity", (2,))]


@pytest.mark.parametrize(("second", "last_days"), [(_PAID, 0), (_COUNTED, 1), (_DENIED, 1)])
def test_a_last_day_to_appeal_is_kept_while_something_is_unpaid(second: str, last_days: int) -> None:
    assert len(_of((_OLD, _paper("p2", _LATER, second)), "p1", "deadline.appeal")) == last_days


def test_what_is_taken_along_speaks_of_the_newer_paper() -> None:
    (matter,) = matters(check_case((_OLD, _paper("p2", _LATER, _PAID)), KNOWLEDGE, _TODAY), KNOWLEDGE, "en")
    assert [d.paper for d in (matter.talk.paper,) if d] == ["p2"]
    assert not [f for f in matter.asked if f.id == "denial"]
