"""coverage.covered and coverage.necessity: is a service covered, and what makes it necessary."""

from collections.abc import Iterable

from explainer.conversation.reply import Cited, Reply, Statement
from explainer.conversation.topics.appeal_asked import EMPLOYER_OR_MARKETPLACE, kind_of_plan, places_of, refused_for
from explainer.conversation.topics.common import Builder, Talk, answer, own, state
from explainer.conversation.topics.coverage_who import refused_line, who_pays
from explainer.conversation.topics.entries import why_not_paid
from explainer.conversation.topics.gate import on_eob
from explainer.conversation.topics.standing import standing
from explainer.model.document import ServiceLine

_SHOWN = 4


def _covered(talk: Talk) -> Reply:
    """What the paper shows of the service asked about, else of all its lines."""
    printed = {line.code.upper() for line in talk.lines if line.code}
    asked = [code for code in (*talk.question.codes, *talk.question.slots.codes) if code.upper() not in printed]
    if asked and not talk.named:
        missing = state("coverage.covered.not-here", places_of(talk), code=_code_name(talk, asked[0]))
        return answer(talk, [missing, *_in_general(talk)], ask_next=("help.who-to-call",))
    some = talk.lines if talk.named or len(talk.lines) <= _SHOWN else ()
    said = [s for line in some[:_SHOWN] for s in _line(talk, line)] or list(_sorted_out(talk))
    if any(standing(talk, line) == "paid" for line in talk.lines):
        said += [own("coverage.covered.not-free"), own("coverage.covered.next-time")]
    else:
        said.append(own("coverage.covered.look-again"))
    return answer(talk, said, ask_next=("money.owe", "denial.reason"))


def _code_name(talk: Talk, code: str) -> str:
    entry = talk.knowledge.procedure(code)
    return f"{code} ({entry.name.in_(talk.lang)})" if entry else code


def _line(talk: Talk, line: ServiceLine) -> Iterable[Statement]:
    stands, name = standing(talk, line), talk.name(line)
    if stands == "paid":
        places, money = (line.place("allowed"), line.place("plan_paid")), line.amounts
        if money.plan_paid:
            yield state("coverage.covered.paid", places, name=name, amount=money.plan_paid)
        elif money.allowed:
            yield state("coverage.covered.counted", places, name=name, amount=money.allowed)
        else:
            yield state("coverage.covered.accepted", places, name=name)
        return
    yield state(f"coverage.covered.{'bundled' if stands == 'bundled' else 'refused'}", (line.source,), name=name)
    yield from why_not_paid(talk, line)


def _sorted_out(talk: Talk) -> Iterable[Statement]:
    """Many lines: which were counted and which were not."""
    yes = [line for line in talk.lines if standing(talk, line) in ("paid", "bundled")]
    no = [line for line in talk.lines if line not in yes]
    if yes:
        yield state("coverage.covered.some", (line.source for line in yes), names=talk.names(yes))
    if no:
        yield state("coverage.covered.some-not", (line.source for line in no), names=talk.names(no))


def _covered_without(talk: Talk) -> Reply:
    return answer(talk, list(_in_general(talk)), ask_next=("coverage.visits", "help.who-to-call"))


def _in_general(talk: Talk) -> Iterable[Statement]:
    """What the law says of the kind of plan, and what to ask the plan."""
    kind = kind_of_plan(talk)
    if kind in ("medicare-original", "medigap"):
        yield state("coverage.covered.medicare", (Cited("cms-pub-15-220"),))
    elif kind == "medicare-advantage":
        yield state("coverage.covered.advantage", (Cited("cms-pub-15-220"),))
    elif kind == "marketplace":
        yield state("coverage.covered.marketplace", (Cited("ehb-rehab"),))
    elif kind in EMPLOYER_OR_MARKETPLACE:
        yield own("coverage.covered.employer")
    else:
        yield own("coverage.covered.depends")
        yield state("coverage.covered.marketplace", (Cited("ehb-rehab"),))
    codes = (*talk.question.codes, *talk.question.slots.codes)
    yield own("coverage.covered.ask-code", code=codes[0]) if codes else own("coverage.covered.ask")


def _necessity(talk: Talk) -> Reply:
    """What counts as necessary, what shows it, and whose amount it is where the paper refused a line for it."""
    refused = refused_for(talk, "necessity", "maintenance", "documentation", "plan-of-care", "experimental")
    about = [s for line, key in refused[:2] for s in (refused_line(talk, line, key), who_pays(talk, line))]
    said = [
        state("coverage.necessity.means", (Cited("uniform-glossary"), Cited("cms-pub-15-220"))),
        *about,
        None if about else own("coverage.necessity.who"),
        own("coverage.necessity.shows"),
        *_not_only_progress(talk),
        own("coverage.necessity.criteria", payer=talk.payer()),
    ]
    return answer(talk, said, ask_next=("appeal.how", "appeal.letter", "help.records"))


def _not_only_progress(talk: Talk) -> Iterable[Statement]:
    kind = kind_of_plan(talk)
    if kind in (None, "medicare-original", "medicare-advantage", "medigap"):
        yield state("coverage.necessity.progress", (Cited("jimmo"),))


BUILDERS: dict[str, Builder] = {
    "coverage.covered": on_eob(_covered, _covered_without),
    "coverage.necessity": on_eob(_necessity, _necessity),
}
