"""Which person, which paper and which lines a question is about."""

from collections.abc import Iterable

from explainer.case import Case
from explainer.conversation.question import Question
from explainer.conversation.reply import Asked
from explainer.model.document import Claim, Document, ServiceLine, plain_key


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


def people(case: Case) -> tuple[str, ...]:
    """The patients the papers name, once each; "SAMPLE, ALEX" and "Alex Sample" are one."""
    names = [c.patient for d in case.documents for c in d.claims if c.patient]
    return tuple({_name_key(name): name for name in reversed(names)}.values())[::-1]


def _name_key(name: str) -> tuple[str, ...]:
    return tuple(sorted(name.casefold().replace(",", " ").split()))


def person_meant(asked: Asked) -> str | None:
    """The patient whose name the words hold, else the one spoken of before; None when the papers name only one or it is open."""
    names = people(asked.case)
    if len(names) < 2:
        return None
    words = set(asked.question.words.casefold().replace("'s", " ").replace("’s", " ").replace("?", " ").split())
    spoken = [name for name in names if set(_name_key(name)) & words - _shared(names)]
    if len(spoken) == 1:
        return spoken[0]
    told = asked.context.facts.get("patient")
    return told if told in names else None


def _shared(names: Iterable[str]) -> set[str]:
    """The parts that all names have, as a family name: they tell nobody apart."""
    return set.intersection(*(set(_name_key(name)) for name in names))


def claims_of_person(paper: Document, person: str | None) -> tuple[Claim, ...]:
    """The paper's claims for that person; all claims where no person is singled out."""
    if person is None:
        return paper.claims
    return tuple(c for c in paper.claims if c.patient and _name_key(c.patient) == _name_key(person))


def paper_of_person(case: Case, person: str | None) -> Document | None:
    """The main paper, unless another plan's paper is the one that holds the person's claims."""
    main = case.main
    if main is None or person is None or claims_of_person(main, person):
        return main
    return next((d for d in case.documents if d.kind not in ("bill", "sbc") and claims_of_person(d, person)), None)


def open_which_person(asked: Asked, person: str | None, named: bool) -> tuple[str, ...]:
    """The names to ask back with, where the papers hold several people and neither a name nor a line tells which."""
    names = people(asked.case)
    return names if len(names) > 1 and person is None and not named else ()
