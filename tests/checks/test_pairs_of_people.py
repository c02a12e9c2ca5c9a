"""Two papers, their names and their members' numbers: one person's, two people's, or a question. Never two people as one."""

from dataclasses import replace

import pytest
from checks_build import claim, line, paper

from explainer.model.document import Document
from explainer.model.people import people_of

_A, _B = "WX1002003", "QY9008007"

_SAME = [
    ("Jane Sample", _A, "Jane Sample", _A),
    ("J. Sample", _A, "J. Sample", _A),
    ("J. Sample", _A, "J. Sample", None),
    ("Jane Sample", _A, "Jane Sample", None),
    ("Jane Sample", "XXXXX2003", "Jane Sample", _A),
    ("SAMPLE JANE", _A, "Jane Sample", _A),
    ("SAMPLE JANE", None, "Jane Sample", _B),
    ("SAMPLE, JANE", _A, "SAMPLE JANE Q", _A),
    ("Thomas James", _A, "James Thomas", _A),
    ("Thomas James", None, "James Thomas", _A),
    ("John Sample Jr", _A, "John Sample Junior", _A),
    ("John Sample Junior", _A, "SAMPLE JR JOHN", None),
    ("Sr. Juan Prueba", _A, "Juan Prueba", _A),
    ("Mr. John Sample", _A, "Dr. John Sample", _A),
    ("Mr. and Mrs. Sample", _A, "Mr. and Mrs. Sample", _A),
    ("Junior Sample", _A, "SAMPLE, JUNIOR", _A),
    ("John Sample 3rd", _A, "John Sample III", _A),
    ("Juan Prueba hijo", _A, "Prueba Jr, Juan", _A),
    ("SAMPLE JOHN V", None, "John V Sample", None),
    (None, _A, "Jane Sample", _A),
    (None, None, "Jane Sample", _A),
    (None, "XXXXXX-2003", "Jane Sample", _A),
    (None, _A + "-01", "Jane Sample", _A),
]
_DIFFERENT = [
    ("Jane Sample", _A, "John Sample", _A),
    ("Ann Sample", _A, "Ann Testcase", _B),
    ("Anna Sample", _A, "Ann Sample", _A),
    ("Mary A Sample", _A, "Mary B Sample", _A),
    ("Baby Boy Sample", _A, "Baby Girl Sample", _A),
    ("John Sample II", _A, "John Sample III", _A),
    ("John Sample Sr.", _A, "John Sample Jr", _A),
    ("Juan Prueba padre", _A, "Juan Prueba hijo", _A),
    ("Mr. John Sample", _A, "Mrs. John Sample", _A),
    ("SAMPLE, MRS JOHN", _A, "Sr. John Sample", _A),
    ("Bob Sample", _A, "Robert Sample", _A),
    (None, _A, None, _B),
    (None, _A + "-01", None, _A + "-02"),
]
_ASK = [
    ("J. Sample", _A, "Jane Sample", _A),
    ("J. Sample", _A, "Jane Sample", _B),
    ("J. Sample", None, "Jane Sample", None),
    ("Sample J", _A, "Jane Sample", _A),
    ("SAMPLE, J", _A, "Jane Sample", _A),
    ("SAMPLE JANE", _A, "Jane Sample", _B),
    ("Thomas James", _A, "James Thomas", _B),
    ("John Sample", _A, "John Sample Junior", _A),
    ("John Sample", _A, "John Sample II", _A),
    ("John Sample", _A, "John Sample V", _A),
    ("John Sample", _A, "John Sample V", _B),
    ("John V Sample", None, "John Sample V", None),
    ("John V. Sample", _A, "John Sample V", _A),
    ("John Sample Senior", _A, "John Sample", _A),
    ("Juan Prueba", _A, "Juan Prueba hijo", _A),
    ("Ann Sample", _A, "Ann Testcase", _A),
    ("Ann Sample-Testcase", _A, "Ann Testcase", _B),
    ("Mary Ann Sample", _A, "Mary Sample", _B),
    ("J. Sample", _A, "J. Sample", _B),
    ("J Sample", _A, "J. Sample", _B),
    ("Sample J", _A, "J Sample", _B),
    ("Maria Garcia Lopez", _A, "Maria Lopez", _A),
    ("Jane Sample", _A, "Jane Sample", _B),
    ("John Sample Sr", _A, "John Sample Senior", _B),
    ("Mrs. Dr. Jane Sample", _A, "Ms. Jane Sample", _B),
    ("Ann Sample-Testcase", _A, "Ann Sample Testcase", _B),
    ("Maria De La Cruz", _A, "MARIA DELACRUZ", _B),
    ("Mary Ann Sample", _A, "Mary A Sample", _B),
    ("John A Sample", _A, "John Sample", _B),
    ("Ann Sample-Testcase", _A, "Ann Testcase", _A),
    ("Mary Ann Sample", _A, "Mary Sample", _A),
    ("Ana Maria Prueba Lopez", _A, "Ana Prueba", _A),
    (None, _B, "Jane Sample", _A),
]
_PAIRS = [(*pair, said) for pairs, said in ((_SAME, "same"), (_DIFFERENT, "different"), (_ASK, "ask")) for pair in pairs]


def _paper(number: int, name: str | None, member: str | None, **of_claim: str) -> Document:
    fields = {"claim_id": f"EX-770{number}", **of_claim}
    return paper(claim(line(number), patient=name, **fields), paper=f"p{number}", member_id=member)


def _said(*papers: Document) -> str:
    people = people_of(papers)
    owners = {people.of(p, p.claims[0]) for p in papers}
    assert None not in owners
    return "ask" if people.unsure else "same" if len(owners) == 1 else "different"


@pytest.mark.parametrize(("one", "number", "other", "others_number", "said"), _PAIRS)
def test_two_papers(one: str | None, number: str | None, other: str | None, others_number: str | None, said: str) -> None:
    first, second = _paper(1, one, number), _paper(2, other, others_number)
    assert _said(first, second) == said
    assert _said(second, first) == said


def test_an_initial_is_nobodys_where_a_third_paper_shows_two() -> None:
    papers = [_paper(n, name, _A) for n, name in enumerate(("J. Sample", "Jane Sample", "John Sample"), 1)]
    people = people_of(papers)
    assert [p.name for p in people.persons] == ["J. Sample", "Jane Sample", "John Sample"]
    assert len(people.unsure) == 2


@pytest.mark.parametrize(("payer", "said"), [("Sample Plan", "same"), ("Other Plan", "ask")])
def test_two_payers_may_give_two_claims_one_number(payer: str, said: str) -> None:
    first, second = (
        paper(claim(line(n), patient=name, claim_id="10001"), paper=f"p{n}", payer=of)
        for n, (name, of) in enumerate((("J. Sample", "Sample Plan"), ("Jane Sample", payer)), 1)
    )
    assert _said(first, second) == said


@pytest.mark.parametrize(("name", "payer", "said"), [
    ("Jane Sample", "Other Plan", "same"),
    ("Jane Sample", "Sample Plan", "ask"),
    ("J. Sample", "Other Plan", "ask"),
])  # fmt: skip
def test_two_plans_number_their_members_each_in_their_way(name: str, payer: str, said: str) -> None:
    first, second = (
        paper(claim(line(n), patient=name, claim_id=f"EX-{n}001"), paper=f"p{n}", payer=of, member_id=member)
        for n, (of, member) in enumerate((("Sample Plan", _A), (payer, _B)), 1)
    )
    assert _said(first, second) == said


def test_two_printed_alike_are_told_apart_by_their_numbers() -> None:
    people = people_of([_paper(1, "J. Sample", _A), _paper(2, "J. Sample", _B), _paper(3, "J. Sample", None)])
    assert [p.name for p in people.persons] == [f"J. Sample ({_A})", f"J. Sample ({_B})", "J. Sample"]
    assert {p.own_name for p in people.persons} == {"J. Sample"}
    assert people.called(f"J. Sample ({_B})") == people.persons[1]


def test_a_list_with_one_name_under_many_numbers_is_of_many_people() -> None:
    many = [replace(claim(line(n), patient="J. Sample", claim_id=f"EX-{n}"), member_id=f"WX{n:07}") for n in range(1, 60)]
    people = people_of([paper(*many)])
    assert len(people.persons) == 59
    assert not people.unsure


def test_without_names_members_numbers_tell_people_of_one_paper_apart() -> None:
    one, two, bare = (replace(claim(line(n), claim_id=f"EX-{n}"), member_id=m) for n, m in enumerate((_A, _A + " 02", None), 1))
    several = paper(one, two, bare)
    people = people_of([several])
    assert [p and p.name for p in (people.of(several, c) for c in (one, two, bare))] == [_A, _A + " 02", None]
    assert not people_of([paper(one, bare)]).persons
