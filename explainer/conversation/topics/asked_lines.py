"""Which person, which paper and which lines a question is about."""

import re
from collections.abc import Iterable

from explainer.case import Case
from explainer.checks.bills import whose_bill
from explainer.checks.copies import first_day, without
from explainer.conversation.question import Question
from explainer.conversation.reply import Asked
from explainer.conversation.said_cues import says
from explainer.conversation.whose import Told, person_now, told
from explainer.conversation.words import tokens
from explainer.model.document import Claim, Document, ServiceLine, plain_key
from explainer.model.people import Person


def lines_named(question: Question, lines: tuple[ServiceLine, ...]) -> tuple[ServiceLine, ...]:
    """The lines a question names by number, code, remark or date; () where it names none, or all of them."""
    slots = question.slots
    wanted = question.about or slots.lines
    if wanted:
        found = tuple(line for line in lines if line.number in wanted)
    elif question.codes or slots.codes:
        codes = {code.upper() for code in (*question.codes, *slots.codes)}
        found = tuple(line for line in lines if line.code and line.code.upper() in codes)
    elif question.keys or slots.keys:
        found = _with_key(lines, (*question.keys, *slots.keys))
    else:
        found = tuple(line for line in lines if line.service_date in slots.dates)
    return found if len(found) < len(lines) or (len(lines) == 1 and wanted) else ()


def _with_key(lines: Iterable[ServiceLine], keys: Iterable[str]) -> tuple[ServiceLine, ...]:
    wanted = {plain_key(key) for key in keys}
    return tuple(line for line in lines if wanted & {plain_key(key) for key in printed_keys(line)})


def printed_keys(line: ServiceLine) -> tuple[str, ...]:
    """A line's remark and adjustment keys, once each, as in "M15" and "CO-50"."""
    keys = (*line.remarks, *(f"{a.group}-{a.reason}" for a in line.adjustments))
    return tuple({plain_key(key): key for key in keys}.values())


def person_meant(asked: Asked) -> Person | None:
    """The patient the words mean, else the one spoken of before; None when the papers name only one or it is open."""
    said = told_of(asked)
    return person_now(said, asked.case.people, asked.context) if asked.case.people.several else None


def told_of(asked: Asked) -> Told:
    """What this turn itself says of the person."""
    question = asked.question
    return told(question.words, asked.case, asked.context, asked.knowledge, question.about)


def claims_of_person(case: Case, paper: Document, person: Person | None) -> tuple[Claim, ...]:
    """The paper's claims for that person; all claims where no person is singled out."""
    return paper.claims if person is None else case.people.narrowed(paper, person).claims


def paper_of_person(case: Case, person: Person | None) -> Document | None:
    """The main paper, unless another plan's paper is the one that holds the person's claims."""
    main = case.main
    if main is None or person is None or claims_of_person(case, main, person):
        return main
    return next((d for d in case.documents if d.by_plan and claims_of_person(case, d, person)), None)


def paper_named(asked: Asked, person: Person | None, main: Document | None) -> Document | None:
    """Another paper of the plan than the main one, where the words name a code, a key, a day, a month or dollars of it only.

    None where they name something of the main paper, or nothing.
    """
    question = asked.question
    if main is None or not main.by_plan:
        return None
    if (at_end := _at_end(asked, person)) is not None:
        return at_end
    if question.about or question.slots.lines:
        return None
    others = [d for d in _of_plans(asked.case) if d.paper != main.paper]
    if _named_on(main, asked, person) or not others:
        return None
    found = [d for d in others if _named_on(d, asked, person)]
    if not found and (question.follow_up or question.why in _GOES_ON):
        found = [d for d in others if d.paper == asked.context.facts.get("paper")]
    return found[0] if len(found) == 1 else None


# How short questions behind another one were understood: "why?", "what now?".
_GOES_ON = (("why",), ("goes-on",), ("points-back",))


def _at_end(asked: Asked, person: Person | None) -> Document | None:
    """The paper of the newest or the first visit, where the words ask for it and the papers are of several days."""
    newest, first = (says(asked.question.words, asked.knowledge, cue) for cue in ("newest-paper", "first-paper"))
    if newest == first:
        return None
    mine = (d for d in _of_plans(asked.case) if claims_of_person(asked.case, d, person))
    dated = {d.paper: day for d in mine if (day := first_day(d)) is not None}
    if len(set(dated.values())) < 2:
        return None
    day = max(dated.values()) if newest else min(dated.values())
    found = [d for d in asked.case.documents if dated.get(d.paper) == day]
    return found[0] if len(found) == 1 else None


def _of_plans(case: Case) -> tuple[Document, ...]:
    """The plan's papers, each claim once."""
    return tuple(d for d in without(case.documents, case.twins.dropped) if d.by_plan)


def _named_on(document: Document, asked: Asked, person: Person | None) -> bool:
    """Whether the words name something that is printed on a paper's lines."""
    slots = asked.question.slots
    lines = [line for claim in claims_of_person(asked.case, document, person) for line in claim.lines]
    keys = {plain_key(key) for key in slots.keys}
    amounts = {a for line in lines for a in line.amounts.known().values() if a}
    months = months_named(asked.question.words)
    return any(
        (line.code and line.code in slots.codes)
        or keys & {plain_key(key) for key in printed_keys(line)}
        or (line.service_date and (line.service_date in slots.dates or line.service_date.month in months))
        for line in lines
    ) or bool(slots.amounts and set(slots.amounts) <= amounts)


_MONTHS = (
    "january enero", "february febrero", "march marzo", "april abril", "may mayo", "june junio", "july julio", "august agosto",
    "september septiembre", "october octubre", "november noviembre", "december diciembre",
)  # fmt: skip


# "in May", "my May visit"; at a sentence's start it asks for leave.
_MAY = re.compile(r"(?<=[a-z0-9,] )May\b|\bMay \d{1,2}\b")


def months_named(words: str) -> frozenset[int]:
    """Months that are named; "may" only with a capital that its place does not ask for, since it is a common word too."""
    said = {token.text for token in tokens(words)} - ({"may"} if not _MAY.search(words) else set())
    return frozenset(number for number, names in enumerate(_MONTHS, 1) if said & set(names.split()))


def owners_of(case: Case, paper: Document, claims: Iterable[Claim]) -> tuple[Person | None, ...]:
    """Whose claims these are, once each."""
    found: list[Person | None] = []
    for claim in claims:
        if (owner := case.people.of(paper, claim)) not in found:
            found.append(owner)
    return tuple(found)


def bills_of(case: Case, person: Person | None) -> tuple[Document, ...]:
    """The bills of that person, each once; where several people are named, never one that may be somebody else's."""
    bills = [d for d in without(case.documents, case.twins.dropped) if d.kind == "bill"]
    if not case.people.several:
        return tuple(bills)
    reports = tuple(d for d in case.documents if d.by_plan)
    return tuple(bill for bill in bills if person is not None and whose_bill(bill, reports, case.people) == person)
