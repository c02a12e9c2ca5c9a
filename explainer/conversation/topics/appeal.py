"""Appeals: how, by when, and what comes after the plan's last no. The letter has its own module."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from explainer.checks.last_day import decider
from explainer.conversation.reply import Cited, Reply, Statement
from explainer.conversation.topics.appeal_asked import asks, kind_of_plan, places_of, says_fact
from explainer.conversation.topics.appeal_days import (
    dates_told,
    deadline_of,
    deadline_says,
    deadline_statements,
    decision_says,
    final_day,
)
from explainer.conversation.topics.appeal_external import external
from explainer.conversation.topics.appeal_late import filed_says, late_says, missing_says
from explainer.conversation.topics.appeal_letter import letter
from explainer.conversation.topics.appeal_where import printed_where
from explainer.conversation.topics.common import Builder, Talk, answer, own, state
from explainer.conversation.topics.entries import bucket_of, keys_of
from explainer.conversation.topics.refused_papers import on_refused
from explainer.conversation.topics.standing import excuse, standing, unpaid
from explainer.model.document import ServiceLine

__all__ = ["BUILDERS", "deadline_statements"]

# Refusals that a corrected claim from the clinic often settles sooner than an appeal.
_FIX_FIRST = frozenset(
    {
        "missing-data",
        "duplicate",
        "wrong-payer",
        "other-insurance",
        "eligibility",
        "authorization",
        "documentation",
        "plan-of-care",
    }
)

_MEDICARE = ("medicare-original", "medicare-advantage", "tricare-for-life")


def _deadline(talk: Talk) -> Reply:
    """The last day to appeal; or how long the plan has to answer, where that is asked."""
    if asks(talk, "asks-decision"):
        return _decision(talk)
    deadline = deadline_of(talk)
    said = [*deadline_says(talk, deadline), *missing_says(talk, deadline), *filed_says(talk, deadline)]
    final, today = deadline.found.final, talk.case.today
    if final is not None and final >= today and asks(talk, "asks-still"):
        said.insert(1, state("appeal.deadline.still-time", deadline.support, left=(final - today).days))
    if (final is not None and final < today) or (final is None and asks(talk, "asks-still")):
        said += late_says(talk, deadline.kind)
    figures = {name: deadline.found.values.get(name) for name in ("days", "count", "last_day", "latest")}
    reply = answer(talk, said, ask_next=("appeal.how", "appeal.letter"), **figures)
    waits = deadline.open or deadline.undated
    return replace(reply, pending=talk.question.topic if waits else None, remember={**reply.remember, **dates_told(talk)})


def _decision(talk: Talk) -> Reply:
    urgent = asks(talk, "asks-urgent")
    said = decision_says(talk, "urgent") if urgent else decision_says(talk, "after", "before")
    if said:
        return answer(talk, [*said, own("appeal.decide.silent")], ask_next=("appeal.external",))
    unknown = kind_of_plan(talk) is None
    reply = answer(talk, [own("appeal.decide.depends"), own("appeal.deadline.ask-plan") if unknown else None])
    return replace(reply, pending=talk.question.topic if unknown else None)


def _how(talk: Talk) -> Reply:
    """The steps of an appeal, or the part of them that is asked about."""
    part = _asked_part(talk)
    refused = _refused(talk)
    if part is not None:
        # Which day is the last one is no help to somebody who must call today.
        told = () if asks(talk, "asks-urgent") and deadline_of(talk).open else deadline_statements(talk)
        steps: Iterable[Statement | None] = (*part, *told)
    else:
        steps = (_lead(talk, refused), *_before(talk, refused), *deadline_statements(talk), *_steps(talk, refused))
    reply = answer(talk, steps, ask_next=("appeal.letter", "appeal.deadline", "help.records"))
    return replace(reply, lines=tuple(line.number for line in refused)) if refused else reply


def _refused(talk: Talk) -> tuple[ServiceLine, ...]:
    return unpaid(talk, talk.lines) if talk.eob is not None else ()


def _asked_part(talk: Talk) -> tuple[Statement, ...] | None:
    """An answer to one part of the way only: what to attach, a fast appeal, for somebody else, where to."""
    if asks(talk, "asks-attach"):
        names = ("notes", "plan-of-care", "doctor", "eob", "keep")
        return (own("appeal.attach.lead"), *(own(f"appeal.attach.{name}", "item", provider=talk.provider()) for name in names))
    if asks(talk, "asks-urgent"):
        return tuple(_urgent(talk))
    if asks(talk, "asks-someone"):
        return (own("appeal.how.someone"), own("appeal.how.someone-form", payer=talk.payer()))
    if asks(talk, "asks-decision"):
        return (own("appeal.how.then"), *decision_says(talk, "after"))
    if not asks(talk, "asks-where"):
        return None
    return (*(printed_where(talk) or (own("appeal.how.where", payer=talk.payer()),)), own("appeal.how.prove"))


def _urgent(talk: Talk) -> Iterable[Statement]:
    """A fast appeal, and what to do the same day where Medicare or Medicaid care is about to end."""
    kind = decider(kind_of_plan(talk))
    in_general = (own("appeal.how.urgent"), *decision_says(talk, "urgent"))
    ending = tuple(_ending(talk)) if kind in (None, *_MEDICARE) else ()
    yield from (*ending, *in_general) if kind or asks(talk, "says-medicare") else (*in_general, *ending)
    keep = says_fact(talk, "appeal.how.urgent-keep", "appeal.medicaid.keep-services", talk.case.today)
    if kind == "medicaid" and keep is not None:
        yield keep


def _ending(talk: Talk) -> Iterable[Statement]:
    """Medicare care that is about to end: whom to call, by when, and who pays meanwhile."""
    rule = (Cited("cfr-42-405-1202"), Cited("nomnc-form"))
    yield state("appeal.how.urgent-hospital", rule)
    yield state("appeal.how.urgent-pays", rule)
    if asks(talk, "asks-hospital"):
        yield state("appeal.how.urgent-discharge", (Cited("cfr-42-405-1206"),))


def _lead(talk: Talk, refused: tuple[ServiceLine, ...]) -> Statement:
    if refused:
        return state("appeal.how.lead-lines", (line.source for line in refused), payer=talk.payer(), names=talk.names(refused))
    return own("appeal.how.lead", payer=talk.payer())


def _before(talk: Talk, refused: tuple[ServiceLine, ...]) -> Iterable[Statement]:
    """What may make an appeal needless: nothing to pay, or a mistake that the clinic corrects."""
    if refused and all(standing(talk, line) in ("bundled", "provider") for line in refused):
        supported = all(standing(talk, line) == "bundled" or excuse(talk, line) for line in refused)
        key = "appeal.how.not-yours" if supported else "appeal.how.not-yours-shown"
        yield state(key, (line.place("patient_owes") for line in refused), provider=talk.provider())
    if any(bucket_of(talk, key) in _FIX_FIRST for line in refused for key in keys_of(line)):
        yield own("appeal.how.fix-first", provider=talk.provider())
    if talk.eob is not None and not refused:
        yield state("appeal.how.nothing-refused", places_of(talk))


def _steps(talk: Talk, refused: tuple[ServiceLine, ...]) -> Iterable[Statement]:
    kind = kind_of_plan(talk)
    keys = tuple(dict.fromkeys(key.printed for line in refused for key in keys_of(line)))[:4]
    if keys:
        yield state("appeal.how.read-keys", (line.place("remarks") for line in refused), "item", keys=keys)
    else:
        yield own("appeal.how.read", "item")
    yield own("appeal.how.file", "item", payer=talk.payer())
    yield own("appeal.how.notes", "item", provider=talk.provider())
    yield own("appeal.how.write-medicare" if kind == "medicare-original" else "appeal.how.write", "item")
    yield own("appeal.how.send", "item")
    yield from (replace(said, part="item") for said in decision_says(talk, "after"))
    yield own(f"appeal.how.next-{_NEXT.get(kind or '', 'plan')}", "item")


_NEXT = {
    "medicare-original": "medicare",
    "medigap": "medicare",
    "medicare-advantage": "advantage",
    "medicaid": "medicaid",
    "fehb": "fehb",
}

BUILDERS: Mapping[str, Builder] = {
    "appeal.how": on_refused(_how, _how),
    "appeal.deadline": on_refused(_deadline, _deadline, final_day),
    "appeal.letter": on_refused(letter, letter),
    "appeal.external": on_refused(external, external),
}
