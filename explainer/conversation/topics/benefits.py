"""Questions about coverage, answered from a Summary of Benefits and Coverage among the papers, in its own words.

What is owed for a visit stays with the EOB; without one, the summary's costs are what can be said.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from explainer.benefits import Said, answer_says, overview, row_says
from explainer.conversation.reply import Asked, Reply, Statement
from explainer.conversation.topics.common import Builder, Talk, answer, own, state
from explainer.conversation.words import key_of, tokens
from explainer.model.document import Benefit, Document
from explainer.model.source import Span

_NAMES = "word:sbc-names-"
_THERAPY_CODE = re.compile(r"97[0-7][0-9]{2}|9250[78]|92526|G0283")
_APPROVAL = re.compile(r"pre-?authoriz|prior auth|pre-?cert|approval|autorizaci[óo]n previa|aprobaci[óo]n", re.IGNORECASE)
_ITEMS = re.compile(r"[•;*\t]|\s{2,}|,\s")
_OUTSIDE = re.compile(r"out[- ]of[- ]network|fuera de (?:la )?red", re.IGNORECASE)
# Words of many plans' names: they tell none from another.
_PLAIN = frozenset(("health", "plan", "insurance", "benefits", "care", "of", "the", "company", "salud", "seguro"))
_LONG = 5
_SHOWN = 3
Says = Callable[[Talk, Document], Iterator[Said]]


def _other_plan(talk: Talk, paper: Document) -> Statement | None:
    """That the summary names another plan than the EOB does: then its rows may not be this person's."""
    row, payer = paper.benefit("plan"), talk.eob.payer if talk.eob is not None else None
    if row is None or payer is None:
        return None
    named, mine = ({t.text for t in tokens(words)} - _PLAIN for words in (row.service, payer))
    if not named or not mine or named & mine:
        return None
    return state("benefits.other-plan", (row.span, *talk.place("payer")), plan=row.service, payer=payer)


def summary_among(talk: Talk) -> Document | None:
    """The Summary of Benefits and Coverage among the papers."""
    return next((d for d in talk.case.documents if d.kind == "sbc"), None)


def kinds_named(talk: Talk) -> tuple[str, ...]:
    """The rows of the form that the question's words or codes name; the longest names first."""
    heard = tuple(token.text for token in tokens(talk.question.words))
    found: dict[str, int] = {}
    for entry in talk.knowledge.labels.values():
        if entry.field.startswith(_NAMES):
            phrases = [key_of(p) for p in (*entry.headings.en, *entry.headings.es)]
            longest = max((len(p) for p in phrases if _holds(heard, p)), default=0)
            if longest:
                found[entry.field.removeprefix(_NAMES)] = longest
    codes = (*talk.question.codes, *talk.question.slots.codes)
    if any(_THERAPY_CODE.fullmatch(code) for code in codes):
        found.setdefault("rehabilitation", 1)
    return tuple(sorted(found, key=lambda kind: -found[kind]))


def _holds(heard: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    return any(heard[i : i + len(phrase)] == phrase for i in range(len(heard) - len(phrase) + 1))


def _rows(talk: Talk, paper: Document) -> list[Benefit]:
    """The row that the question names."""
    return [row for kind in kinds_named(talk)[:1] if (row := paper.benefit(kind)) is not None]


def _therapy_or_named(talk: Talk, paper: Document) -> list[Benefit]:
    therapy = paper.benefit("rehabilitation")
    return _rows(talk, paper) or ([therapy] if therapy is not None else [])


def _covered(talk: Talk, paper: Document) -> Iterator[Said]:
    listed = list(_listed(talk, paper))
    yield from listed
    for row in () if listed else _rows(talk, paper):
        yield from row_says(paper, row)


def _listed(talk: Talk, paper: Document) -> Iterator[Said]:
    """A service that stands in the list of those not covered, or of others that are."""
    heard = {token.text for token in tokens(talk.question.words) if len(token.text) >= _LONG}
    for kind in ("excluded", "other-covered"):
        part = paper.benefit(kind)
        for item in _ITEMS.split(part.limits or "") if part else ():
            if part is not None and heard & {token.text for token in tokens(item)}:
                yield Said(f"benefits.{kind}", {"item": item.strip(" .")}, part)


def _visits(talk: Talk, paper: Document) -> Iterator[Said]:
    rows = _therapy_or_named(talk, paper)
    for row in rows:
        if row.visits is not None and row.limits:
            yield Said("benefits.visits", {"visits": row.visits, "service": row.service, "words": row.limits.rstrip(".")}, row)
        else:
            yield from row_says(paper, row)


def _approval(talk: Talk, paper: Document) -> Iterator[Said]:
    rows = _therapy_or_named(talk, paper)
    yield from (said for row in rows if _APPROVAL.search(row.limits or "") for said in row_says(paper, row))


def _cost(talk: Talk, paper: Document) -> Iterator[Said]:
    """What a visit would cost: the row named, else that for therapy; and the yearly deductible."""
    for row in _therapy_or_named(talk, paper):
        yield from row_says(paper, row)
    yield from answer_says(paper.benefit("deductible"))


def _answers(*kinds: str) -> Says:
    def says(talk: Talk, paper: Document) -> Iterator[Said]:
        for kind in kinds:
            yield from answer_says(paper.benefit(kind))

    return says


def _network(talk: Talk, paper: Document) -> Iterator[Said]:
    """Whether a provider in the network costs less; and for care outside of it, the row with its price."""
    yield from answer_says(paper.benefit("network"))
    if _OUTSIDE.search(talk.question.words):
        for row in _therapy_or_named(talk, paper):
            yield from row_says(paper, row)


_SAYS: Mapping[str, Says] = {
    "coverage.covered": _covered,
    "coverage.visits": _visits,
    "coverage.referral": _answers("referral"),
    "coverage.network": _network,
    "coverage.authorization": _approval,
    "coverage.plan-year": _answers("out-of-pocket", "deductible"),
    "money.deductible": _answers("deductible", "before-deductible", "other-deductibles"),
    "money.owe": _cost,
    "money.copay": _cost,
    "money.coinsurance": _cost,
    "money.billed": _cost,
    "money.differs": _cost,
    "document.summary": lambda _, paper: overview(paper),
}
# With an EOB among the papers these stay with the EOB: they ask what was decided.
_OF_A_VISIT = frozenset(("money.owe", "money.copay", "money.coinsurance", "money.billed", "money.differs", "document.summary"))


def _statements(said: Iterable[Said]) -> tuple[Statement, ...]:
    return tuple(state(s.key, (s.benefit.span,), **s.values) for s in list(said)[: 2 * _SHOWN])


def with_benefits(topic: str, build: Builder) -> Builder:
    """The builder of a topic, led by what a summary of benefits says where there is one."""
    says = _SAYS.get(topic)
    return build if says is None else lambda asked: _built(topic, build, says, asked)


def _built(topic: str, build: Builder, says: Says, asked: Asked) -> Reply:
    talk = Talk.of(asked)
    paper = summary_among(talk)
    if paper is None or (talk.eob is not None and topic in _OF_A_VISIT):
        return build(asked)
    statements = _statements(says(talk, paper))
    if not statements:
        return build(asked)
    if talk.eob is not None and topic != "coverage.referral":
        reply = build(asked)
        doubt = _other_plan(talk, paper)
        lead = (*statements, doubt) if doubt is not None else statements
        return reply if reply.pending else replace(reply, statements=(*lead, *reply.statements))
    opening = state("document.summary.sbc", (Span(paper.paper),)) if topic in ("money.owe", "document.summary") else None
    closing = own("document.summary.sbc-use") if topic == "document.summary" else own("benefits.ask-plan")
    following = ("coverage.visits", "coverage.referral", "money.deductible")
    return answer(talk, (opening, *statements, closing), ask_next=following, **_figures(talk, paper))


def cost_says(talk: Talk) -> tuple[Statement, ...]:
    """What the summary of benefits among the papers says a visit costs; nothing without one."""
    paper = summary_among(talk)
    if paper is None:
        return ()
    doubt = _other_plan(talk, paper)
    return (*_statements(_cost(talk, paper)), *((doubt,) if doubt is not None else ()))


def _figures(talk: Talk, paper: Document) -> dict[str, int]:
    """The number of visits that the row spoken of allows."""
    rows = _therapy_or_named(talk, paper) if talk.question.topic == "coverage.visits" else []
    return {"visits": rows[0].visits} if rows and rows[0].visits is not None else {}
