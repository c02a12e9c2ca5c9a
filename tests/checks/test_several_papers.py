"""Several papers in one case: whose they are, which say the same again, and that nothing is counted twice or over people."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from checks_build import DAY, claim, line, paper

from explainer.case import check_case, owed_by
from explainer.checks.copies import in_time, twins_of
from explainer.explain import case_summary
from explainer.explained import case_json
from explainer.knowledge.base import Knowledge
from explainer.model.amounts import Amounts
from explainer.model.document import Document
from explainer.model.names import Name
from explainer.model.people import people_of

TODAY = date(2026, 5, 1)
_NAMES = [
    ("JOHN Q SAMPLE", "Sample, John", True),
    ("J. Sample", "John Sample", True),
    ("SAMPLE JOHN", "John Sample", True),
    ("Sample, J", "Sample, John", True),
    ("John Sample Jr", "JOHN SAMPLE, JR.", True),
    ("John Sample Jr", "John Sample", True),
    ("Dr. John Sample", "John Sample", True),
    ("J0HN SAMPLE", "John Sample", True),
    ("Ana María López García", "Ana Lopez", True),
    ("Sr. Juan Pérez", "PEREZ, JUAN", True),
    ("O'Neil, Pat", "PAT ONEIL", True),
    ("Sample", "John Sample", True),
    ("John Sample", "Jane Sample", False),
    ("J Sample", "Mary J Sample", False),
    ("John Sample Jr.", "John Sample Sr", False),
    ("Juan Pérez", "Juana Pérez", False),
    ("Maria Reyes", "Mario Reyes", False),
    ("One", "Two", False),
    ("", "John Sample", False),
]


@pytest.mark.parametrize(("one", "other", "same"), _NAMES)
def test_names_are_compared_as_people_print_them(one: str, other: str, same: bool) -> None:
    assert Name.of(one).is_like(Name.of(other)) is same
    assert Name.of(other).is_like(Name.of(one)) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("JOHN Q SAMPLE", "Sample, John", True),
        ("SAMPLE JOHN Q", "John Sample", True),
        ("John Quentin Sample", "John Q Sample", True),
        ("John Sample Jr", "SAMPLE, JOHN JR.", True),
        ("John Sample Jr", "John Sample", False),
        ("J. Sample", "John Sample", False),
        ("John Q Sample", "John R Sample", False),
        ("Ana Luisa Sample", "Ana Sample", False),
        ("J. López García", "Juan López García", False),
        ("Sample", "John Sample", False),
        ("Sample", "Sample", True),
        ("John Sample Junior", "SAMPLE JOHN JR", True),
        ("John Sample Senior", "John Sample Junior", False),
        ("Luis Prueba hijo", "Luis Prueba", False),
        ("John Sample V", "John Sample", False),
        ("John V Sample", "John Sample", True),
        ("", "", False),
    ],
)
def test_only_whole_equal_names_are_surely_one_person(one: str, other: str, same: bool) -> None:
    assert Name.of(one).is_same(Name.of(other)) is same
    assert Name.of(other).is_same(Name.of(one)) is same


def _of(*patients: str | None, name: str = "p1") -> Document:
    return paper(*(claim(line(n), patient=p, claim_id=f"{name}-C{n}") for n, p in enumerate(patients, 1)), paper=name)


@pytest.mark.parametrize(
    ("papers", "persons"),
    [
        ([("JOHN Q SAMPLE",), ("Sample, John",), ("J. Sample",)], ["JOHN Q SAMPLE", "J. Sample"]),
        ([("Ana Sample",), ("Ana Sample Jr",)], ["Ana Sample", "Ana Sample Jr"]),
        ([("John Sample", "Jane Sample"), ("J. Sample",)], ["John Sample", "Jane Sample", "J. Sample"]),
        ([("John Sample", "John Sample Jr")], ["John Sample", "John Sample Jr"]),
        ([("Ana Sample", "Ana Luisa Sample")], ["Ana Sample", "Ana Luisa Sample"]),
        ([("John Q Sample", "John Sample")], ["John Q Sample"]),
        ([(None,), ("Ana Sample",)], ["Ana Sample"]),
        ([(None,)], []),
    ],
)
def test_who_the_papers_are_of(papers: list[tuple[str | None, ...]], persons: list[str]) -> None:
    documents = [_of(*names, name=f"p{n}") for n, names in enumerate(papers, 1)]
    assert [p.name for p in people_of(documents).persons] == persons


@pytest.mark.parametrize(
    ("numbers", "names", "persons"),
    [
        ({"claim_id": "EX-1001"}, ("Ana Sample", "A. Sample"), 1),
        ({"claim_id": "EX-1001"}, ("Ana Sample", "Ana Sample Jr"), 1),
        ({"claim_id": "EX-1001"}, ("Ana Sample", "Leo Sample"), 2),
        ({"claim_id": "77"}, ("Ana Sample", "A. Sample"), 2),
        ({"account_number": "88213"}, ("Ana Sample", "A. Sample"), 2),
        ({"account_number": "88213"}, ("Ana Sample", "Ana Luisa Sample"), 1),
        ({"member_id": "W1234567"}, ("Ana Sample", "A. Sample"), 2),
        ({"member_id": "W1234567"}, ("Ana Sample", "Ana Luisa Sample"), 2),
        ({"member_id": "W1234567"}, ("Ana Sample", "Ana Sample Jr"), 2),
    ],
)
def test_a_number_on_both_papers_tells_that_two_names_are_one_persons(
    numbers: dict[str, str], names: tuple[str, str], persons: int
) -> None:
    of_paper = {"member_id": numbers["member_id"]} if "member_id" in numbers else {}
    of_claim = {"claim_id": None, **{k: v for k, v in numbers.items() if k != "member_id"}}
    papers = [paper(claim(line(1), patient=p, **of_claim), paper=f"p{n}", **of_paper) for n, p in enumerate(names)]
    people = people_of(papers)
    assert len(people.persons) == persons
    assert bool(people.unsure) == (persons == 2 and "Leo Sample" not in names)


@pytest.mark.parametrize(
    ("numbers", "persons"),
    [(("W1234567", "W1234567"), 1), (("W1234567", "X7654321"), 2), (("W1234567", None), 1)],
    ids=["one number", "two numbers", "one has none"],
)
def test_names_turned_round_beside_other_numbers_are_not_surely_one(numbers: tuple[str | None, ...], persons: int) -> None:
    names = ("Thomas James", "James Thomas")
    papers = [
        paper(claim(line(1), claim_id=f"EX-{n}001", patient=name), paper=f"p{n}", member_id=number)
        for n, (name, number) in enumerate(zip(names, numbers, strict=True))
    ]
    assert len(people_of(papers).persons) == persons


def test_one_paper_that_names_both_tells_that_they_are_two() -> None:
    assert not people_of([_of("Ana Sample", "Ana Sample Jr")]).unsure


@pytest.mark.parametrize(
    ("documents", "whose"),
    [
        ([_of("Ana Sample", None)], "Ana Sample"),
        ([_of("Leo Sample", name="p0"), _of("Ana Sample", None)], "Ana Sample"),
        ([_of("Leo Sample", name="p0"), _of(None)], "Leo Sample"),
        ([_of("Leo Sample", "Ana Sample", name="p0"), _of(None)], None),
    ],
    ids=["the paper's only one", "of this paper", "the only one of all", "open"],
)
def test_a_claim_without_a_name(documents: list[Document], whose: str | None) -> None:
    last = documents[-1]
    person = people_of(documents).of(last, last.claims[-1])
    assert (person.name if person else None) == whose


FIRST = paper(claim(line(1), claim_id="EX-1001", patient="Ana Sample", processed=date(2026, 4, 20)))
BETTER = "130 66 64 0 0 0 0 64 0"


def _again(**changes: Any) -> Document:
    """The same claim on a second paper, with something changed."""
    fields = {"claim_id": "EX-1001", "patient": "Sample, Ana", "processed": date(2026, 4, 20)}
    amounts = changes.pop("amounts", "130 66 64 0 0 40 0 24 40")
    kind, lines = changes.pop("kind", "eob"), changes.pop("lines", None)
    return paper(claim(*(lines or (line(1, amounts=amounts),)), **{**fields, **changes}), paper="p2", kind=kind)


SPARSE = line(1, amounts=Amounts(billed=Decimal("130"), patient_owes=Decimal("40")), units=None)
_TWINS = [
    ("the same again", _again(), "copy", "40"),
    ("a photo that lost amounts", _again(lines=(SPARSE,)), "copy", "40"),
    ("a photo that misread the number", _again(claim_id="EX-1OO1"), "copy", "40"),
    ("a photo without the number", _again(claim_id=None), "copy", "40"),
    ("the clinic's report of it", _again(kind="remittance"), "copy", "40"),
    ("worked on again later", _again(amounts=BETTER, processed=date(2026, 5, 20)), "newer", "0"),
    ("an older state", _again(amounts=BETTER, processed=date(2026, 4, 2)), "older", "40"),
    ("another state without a day", _again(amounts=BETTER, processed=None), "unclear", None),
    ("another state of the same day", _again(amounts=BETTER), "unclear", None),
    ("taken back later", _again(status="reversed", processed=date(2026, 5, 20)), "newer", None),
    ("another claim, the same service", _again(claim_id="EX-2002"), None, None),
    ("another day", _again(lines=(line(1, service_date=date(2026, 4, 9)),), claim_id="EX-2002"), None, "80"),
    ("another person", _again(patient="Leo Sample"), None, None),
    ("without the number, other amounts", _again(claim_id=None, amounts=BETTER), None, None),
]


@pytest.mark.parametrize(("second", "relation", "owed"), [row[1:] for row in _TWINS], ids=[row[0] for row in _TWINS])
def test_the_same_claim_again(knowledge: Knowledge, second: Document, relation: str | None, owed: str | None) -> None:
    assert [t.relation for t in twins_of((FIRST, second)).pairs] == ([relation] if relation else [])
    case = check_case((FIRST, second), knowledge, TODAY)
    if not case.people.several:
        assert owed_by(case, case.people.persons[0]) == (Decimal(owed) if owed is not None else None)
    repeats = [f for f in case.all_findings() if f.id == "line.repeat" and f.verdict == "ask"]
    assert bool(repeats) == (second.claims[0].claim_id == "EX-2002" and second.lines[0].service_date == DAY)


def test_three_states_of_a_claim(knowledge: Knowledge) -> None:
    """First paid, then taken back, then paid anew on one day: only the last counts, in whatever order they come."""
    back = replace(_again(status="reversed", amounts="-130 -66 -64 0 0 -40 0 -24 -40", processed=date(2026, 5, 20)), paper="p3")
    anew = _again(amounts=BETTER, processed=date(2026, 5, 20))
    for documents in ((FIRST, back, anew), (anew, back, FIRST), (back, FIRST, anew)):
        assert owed_by(check_case(documents, knowledge, TODAY), None) == Decimal(0)


def _bill(patient: str | None, owes: str = "130 0 0 130", **rest: Any) -> Document:
    bill_line = line(1, amounts=owes, columns="short")
    return paper(claim(bill_line, patient=patient, claim_id="ACC-77"), kind="bill", paper="b1", amount_due=Decimal(130), **rest)


OTHER = paper(claim(line(1, "97530", "90 40 50 0 0 20 0 30 20"), claim_id="EX-3003", patient="Leo Sample"), paper="p9")
SAME_VISIT = paper(claim(line(1), claim_id="EX-3003", patient="Leo Sample"), paper="p9")
_BILLS = [
    ("her own", (FIRST, OTHER, _bill("SAMPLE, ANA M")), ["bill.more-than-eob", "bill.more-than-eob"]),
    ("perhaps her own", (FIRST, OTHER, _bill("A. Sample")), []),
    ("her son's, of her name", (FIRST, _bill("Ana Sample Jr")), []),
    ("nobody's name, one fits", (FIRST, OTHER, _bill(None)), []),
    ("nobody's name, one person", (FIRST, _bill(None)), ["bill.more-than-eob", "bill.more-than-eob"]),
    ("nobody's name, both fit", (FIRST, SAME_VISIT, _bill(None)), []),
    ("somebody else's", (FIRST, _bill("Leo Sample")), []),
    ("with the paper twice", (FIRST, _again(), _bill("Ana Sample")), ["bill.more-than-eob", "bill.more-than-eob"]),
    ("the bill twice", (FIRST, _bill("Ana Sample"), replace(_bill("Ana Sample"), paper="b2")),
     ["bill.more-than-eob", "bill.more-than-eob"]),
]  # fmt: skip


@pytest.mark.parametrize(("documents", "asked"), [row[1:] for row in _BILLS], ids=[row[0] for row in _BILLS])
def test_a_bill_is_compared_with_its_own_persons_papers_once(
    knowledge: Knowledge, documents: tuple[Document, ...], asked: list[str]
) -> None:
    found = check_case(documents, knowledge, TODAY).findings_of("")
    assert [f.id for f in found if f.verdict == "ask"] == asked
    assert all(f.amount == Decimal(90) for f in found if f.verdict == "ask")


@pytest.mark.parametrize(
    ("documents", "case"),
    [
        ((FIRST, OTHER, _bill(None)), "person-guessed"),
        ((FIRST, SAME_VISIT, _bill(None)), "no-person"),
        ((FIRST, _bill("A. Sample")), "person-unsure"),
        ((FIRST, _bill("Ana Sample Jr")), "person-unsure"),
    ],
)
def test_a_bill_of_a_person_who_is_not_sure_is_not_compared(
    knowledge: Knowledge, documents: tuple[Document, ...], case: str
) -> None:
    checked = check_case(documents, knowledge, TODAY)
    (found,) = (f for f in checked.findings_of("") if f.id.startswith("bill."))
    assert (found.verdict, found.case) == ("not-checked", case)
    assert ("not sure whether" in case_summary(checked, knowledge, "en")) == (case == "person-unsure")


def test_amounts_of_two_people_are_never_added(knowledge: Knowledge) -> None:
    family = paper(
        claim(line(1), claim_id="EX-1001", patient="Ana Sample"),
        claim(line(2, "97530", "90 40 50 0 0 20 0 30 20"), claim_id="EX-3003", patient="Leo Sample"),
    )
    case = check_case((family,), knowledge, TODAY)
    told = case_json(case, knowledge, "en")["case"]
    assert [(p["name"], p["patient_owes"]) for p in told["people"]] == [("Ana Sample", "40.00"), ("Leo Sample", "20.00")]
    for lang in ("en", "es"):
        words = case_summary(case, knowledge, lang)  # type: ignore[arg-type]
        assert "$40.00" in words
        assert "$20.00" in words
        assert "$60.00" not in words


def test_the_case_tells_copies_people_and_order(knowledge: Knowledge) -> None:
    early = replace(OTHER, claims=(replace(OTHER.claims[0], lines=(line(1, service_date=date(2026, 1, 5)),)),), file="leo.txt")
    case = check_case((FIRST, _again(), early), knowledge, TODAY)
    told = case_json(case, knowledge, "en")["case"]
    assert [d["relation"] for d in told["duplicates"]] == ["copy"]
    assert told["duplicates"][0]["of"]["file"] == FIRST.file
    assert [p["file"] for p in told["papers"]] == ["leo.txt", FIRST.file, "p2.txt"]
    assert told["main"] == FIRST.file
    assert told["people"][0]["papers"] == [FIRST.file, "p2.txt"]


@pytest.mark.parametrize(
    ("kinds", "order"), [(("bill", "eob"), ["eob", "bill"]), (("remittance", "msn", "eob"), ["eob", "msn", "remittance"])]
)
def test_papers_of_one_day_stand_in_the_order_of_their_kinds(kinds: tuple[str, ...], order: list[str]) -> None:
    assert [d.kind for d in in_time(tuple(paper(line(1), kind=k, paper=k) for k in kinds))] == order


@pytest.mark.parametrize(
    ("members", "payers", "persons"),
    [
        (("MS1112223", "MS9998887"), ("Sample Plan", "Sample Plan"), 2),
        (("MS1112223", "MS1112223"), ("Sample Plan", "Other Plan"), 0),
        (("MS1112223", None), ("Sample Plan", "Sample Plan"), 0),
    ],
)
def test_papers_without_a_name_are_told_apart_by_their_members_numbers(
    members: tuple[str | None, ...], payers: tuple[str, ...], persons: int, knowledge: Knowledge
) -> None:
    papers = tuple(
        paper(claim(line(1), claim_id=f"EX-100{n}"), paper=f"p{n}", member_id=member, payer=payer)
        for n, (member, payer) in enumerate(zip(members, payers, strict=True))
    )
    case = check_case(papers, knowledge, date(2026, 6, 1))
    assert len(case.people.persons) == persons
    assert case.people.several == (persons == 2)


def _denied_and(*others: Document) -> tuple[Document, ...]:
    refused = line(1, amounts="120 0 0 120 0 0 0 0 120", adjustments=("CO-50:120.00",), remarks=("CO-50",))
    return (paper(claim(refused, claim_id="EX-1001", status="denied", processed=date(2026, 3, 12)), paper="p1"), *others)


PAID = claim(line(1, amounts="120 56 64 0 0 0 12.80 51.20 12.80"), claim_id="EX-1001", processed=date(2026, 5, 2))
PAID_ON = line(1, service_date=date(2026, 4, 9), amounts="120 56 64 0 0 0 12.80 51.20 12.80")
ANOTHER = replace(PAID, claim_id="EX-2002", lines=(PAID_ON,))


@pytest.mark.parametrize(
    ("papers", "verdict"),
    [
        (_denied_and(), "ask"),
        (_denied_and(paper(PAID, paper="p2")), "explained"),
        (_denied_and(paper(ANOTHER, paper="p2")), "ask"),
        (_denied_and(paper(replace(PAID, processed=None), paper="p2")), "ask"),
        (_denied_and(paper(replace(PAID, processed=date(2026, 2, 1)), paper="p2")), "ask"),
    ],
    ids=["alone", "a newer paper pays it", "another claim is paid", "nobody knows which is newer", "an older paper paid it"],
)
def test_a_denial_that_a_newer_paper_undoes_is_no_question(
    papers: tuple[Document, ...], verdict: str, knowledge: Knowledge
) -> None:
    found = [f for f in check_case(papers, knowledge, date(2026, 6, 1)).findings_of("p1") if f.id == "denial"]
    assert [f.verdict for f in found] == [verdict]
