"""Every kind of letter over several papers in both languages: filled from the papers, blanks for the rest, nothing made up."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from takeaway_cases import CASES, TODAY, dollars, known_amounts

from explainer.case import Case, check_case
from explainer.conversation.question import Context
from explainer.conversation.whose import PATIENT
from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import Lang
from explainer.model.document import Document
from explainer.takeaway.letters import KINDS, Letter, fitting, letters, write
from explainer.takeaway.letters import written as all_written
from explainer.takeaway.matter import matters

Open = Callable[..., Case]
# Legal words that a letter of this program never uses.
THREATS = re.compile(
    r"\b(?:lawyer|attorney|sue|lawsuit|court|illegal|fraud|violat\w+|unlawful|abogad\w+|demand(?:ar|a|o)|ilegal\w*|fraude)\b",
    re.I,
)


def written(case: Case, kind: str, lang: Lang, knowledge: Knowledge, person: str | None = None) -> Letter:
    context = Context(facts={PATIENT: person} if person else {})
    return write(kind, matters(case, knowledge, lang, context)[0])


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", sorted(CASES))
def test_a_letter_holds_only_what_the_papers_hold(name: str, kind: str, lang: Lang, case: Open, knowledge: Knowledge) -> None:
    opened = case(name)
    for matter in matters(opened, knowledge, lang):
        letter = write(kind, matter)
        assert len(letter.body) >= 5
        assert len(letter.text) < 3500
        assert "{" not in letter.text
        assert "[" in letter.text
        assert letter.text.count("[") == letter.text.count("]")
        assert not THREATS.search(letter.text)
        assert dollars([letter.text]) <= known_amounts(opened)


@pytest.mark.parametrize(
    ("name", "kind", "says", "never"),
    [
        (
            "bill-above",
            "bill",
            ["COTTONWOOD SPINE & SPORT, Billing Office", "$121.40", "$103.40", "$18.00 more", "G0283"],
            ["[amount"],
        ),
        ("bill-above", "itemized", ["Claim number: 26-0388-1194", "Dates of service: March 19, 2026", "units"], []),
        ("bill-above", "assistance", ["cannot pay $121.40", "financial assistance policy"], []),
        (
            "bill-alone",
            "bill",
            ["asks for $121.40", "[name of your plan]", "[amount that the EOB says you may owe]"],
            ["EOB from your"],
        ),
        ("patient-denial", "bill", ["Kestrel Hand Therapy", "[amount on the bill]", "$200.00"], ["more"]),
        ("patient-denial", "appeal", ["IRONWOOD CHOICE HEALTH PLAN, Appeals", "3390-26-7715", "PR-119", "97535"], ["97110"]),
        ("patient-denial", "records", ["Medical Records", "minutes of each service", "November 9, 2026"], ["$"]),
        ("patient-denial", "not-received", ["November 2, 2026: 97110", "November 9, 2026: 97535", "[strike out"], []),
        ("paid", "refund", ["[amount you paid]", "I may owe $30.00"], ["That is"]),
        ("paid", "estimate", ["[amount of the estimate]", "[amount on the bill]"], ["$"]),
        ("qmb", "bill", ["QMB"], ["I may owe"]),
        ("two-plans", "bill", ["[amount on the bill]"], ["$200.00", "Kestrel", "IRONWOOD"]),
    ],
)
def test_what_a_letter_says(name: str, kind: str, says: list[str], never: list[str], case: Open, knowledge: Knowledge) -> None:
    text = written(case(name), kind, "en", knowledge).text
    assert [part for part in says if part not in text] == []
    assert [part for part in never if part in text] == []


@pytest.mark.parametrize(("paid", "says"), [("45.00", "That is $15.00 more"), ("30.00", None), ("10.00", None)])
def test_a_refund_names_a_difference_only_where_more_was_paid(
    paid: str, says: str | None, documents: Callable[[str], tuple[Document, ...]], knowledge: Knowledge
) -> None:
    eob = documents("paid")[0]
    bill = replace(documents("bill-alone")[0], paper="bill", claims=eob.claims, paid_at_visit=Decimal(paid), amount_due=None)
    case = check_case((eob, bill), knowledge, TODAY)
    text = written(case, "refund", "en", knowledge).text
    assert f"I paid you ${paid}" in text
    assert ("That is" in text) == (says is not None)
    assert says is None or says in text


@pytest.mark.parametrize("kind", KINDS)
def test_a_spanish_letter_goes_with_an_english_one(kind: str, case: Open, knowledge: Knowledge) -> None:
    opened = case("provider-denial")
    spanish, english = (matters(opened, knowledge, lang)[0] for lang in ("es", "en"))
    assert [one.lang for one in letters(kind, spanish, english)] == ["es", "en"]
    assert [one.lang for one in letters(kind, english, english)] == ["en"]
    assert letters(kind, spanish, english)[1] == letters(kind, english, english)[0]


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("paid", {"assistance"}),
        ("provider-denial", {"appeal", "records", "assistance"}),
        ("bill-above", {"bill", "itemized", "assistance"}),
        ("bill-alone", {"itemized", "assistance"}),
    ],
)
def test_letters_that_fit(name: str, kinds: set[str], case: Open, knowledge: Knowledge) -> None:
    assert set(fitting(matters(case(name), knowledge, "en")[0])) == kinds


def test_a_letter_is_one_persons(case: Open, knowledge: Knowledge) -> None:
    for name, other in (("Anna Muster", "Ben Muster"), ("Ben Muster", "Anna Muster")):
        for kind in KINDS:
            text = written(case("two-people"), kind, "en", knowledge, name).text
            assert name in text
            assert other not in text


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize(
    ("kind", "figures"), [("records", ["30"]), ("assistance", ["240"]), ("estimate", ["$400.00", "120", "$25.00"])]
)
def test_figures_of_rules_stand_in_the_notes_with_their_source(
    kind: str, figures: list[str], lang: Lang, case: Open, knowledge: Knowledge
) -> None:
    letter = written(case("paid"), kind, lang, knowledge)
    notes = " ".join(letter.notes)
    assert all(figure in notes for figure in figures)
    assert letter.sources
    assert set(letter.sources) <= set(knowledge.sources)


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"appeal"}))
def test_each_provider_gets_a_letter_without_the_other_s_care(kind: str, case: Open, knowledge: Knowledge) -> None:
    opened = case("two-plans")
    claims = [claim for document in opened.documents for claim in document.claims]
    texts = [one.text for one in all_written(kind, matters(opened, knowledge, "en")[0])]
    assert len(texts) == len({claim.provider for claim in claims})
    for text in texts:
        held = {claim.provider for claim in claims if claim.provider in text or str(claim.claim_id) in text}
        assert len(held) == 1


def test_an_appeal_goes_to_the_plan_that_refused(case: Open, knowledge: Knowledge) -> None:
    found = all_written("appeal", matters(case("paid-then-refused"), knowledge, "en")[0])
    assert len(found) == 1
    assert "IRONWOOD CHOICE HEALTH PLAN, Appeals" in found[0].text
    assert "3390-26-7715" in found[0].text


def test_two_refusals_are_two_appeals(case: Open, knowledge: Knowledge) -> None:
    found = all_written("appeal", matters(case("two-refused"), knowledge, "en")[0])
    assert len(found) == 2
    assert len({one.body[0] for one in found}) == 2
    assert all(any("paper from" in note for note in one.notes) for one in found)
