"""money.deductible: how much of it went on this paper, how much is met and how much is left."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from explainer.conversation.reply import Reply, Statement
from explainer.conversation.topics.common import Builder, Figure, Talk, answer, own, state
from explainer.conversation.topics.coverage_medicare import part_b_deductible
from explainer.conversation.topics.entries import term_says
from explainer.conversation.topics.gate import general, on_eob
from explainer.conversation.topics.money_parts import Part, parts_of, where
from explainer.conversation.topics.money_prices import missing
from explainer.conversation.topics.story import newest_counts, old_counts, story_says
from explainer.model.document import Accumulator

_PART = re.compile(r"\bpar(?:t|te) ([ab])\b", re.I)
_PART_A = re.compile(r"\bpart a\b|\bparte a\b|inpatient hospital", re.I)


def counters(talk: Talk, kind: str) -> tuple[Accumulator, ...]:
    """The running counts of that kind (deductible, out-of-pocket, visits) on the newest of the person's papers."""
    return newest_counts(talk, kind)


def left_of(count: Accumulator) -> Decimal | None:
    """What is left: printed, else limit less used; None when the paper gives too little."""
    if count.remaining is not None:
        return count.remaining
    return max(count.limit - count.used, Decimal("0.00")) if count.limit is not None and count.used is not None else None


def _deductible(talk: Talk) -> Reply:
    counts, here = counters(talk, "deductible"), _here(talk)
    inside = tuple(_in_it(talk, counts, here))
    asks_inside = (
        here is not None and here.value in talk.question.slots.amounts and talk.asked.context.topic == "money.deductible"
    )
    # What this paper's lines hold says nothing beside the count of another paper.
    elsewhere = any(talk.paper is not None and count.span.paper != talk.paper.paper for count in counts) and not talk.named
    on_lines = () if elsewhere or (counts and here is None) else _here_says(talk, here)
    said = [*_of_old(talk), *_counts_say(talk, counts), *on_lines]
    inside = () if elsewhere else inside
    said = [*inside, *said] if asks_inside else [*said, *inside]
    said += story_says(talk, "count.deductible", "deductible.")
    if not counts:
        said.append(own("money.deductible.ask-left", plan=talk.payer()))
    if talk.asked.context.topic != "money.deductible":
        said.append(_meaning(talk))
    left = left_of(counts[0]) if counts else None
    return answer(
        talk,
        said,
        ask_next=("coverage.plan-year", "money.owe"),
        deductible=here.value if here else None,
        used=counts[0].used if counts else None,
        remaining=left,
    )


def _of_old(talk: Talk) -> tuple[Statement, ...]:
    old = old_counts(talk, "deductible")
    return (old,) if old is not None else ()


def _here(talk: Talk) -> Figure | None:
    return talk.figure("deductible")


def _meaning(talk: Talk) -> Statement:
    of_part_a = any(_PART_A.search(count.words) for count in counters(talk, "deductible"))
    return term_says(talk, "part-a-deductible" if of_part_a else "deductible") or own("money.deductible.meaning")


def _counts_say(talk: Talk, counts: tuple[Accumulator, ...]) -> Iterator[Statement]:
    """One sentence a count: what is left of the yearly amount, or what the paper gives of it."""
    for count in counts:
        key, left = _key_of(count), left_of(count)
        which = talk.tail(f"money.deductible.which-{count.scope}") if count.scope in ("individual", "family") else ""
        which += _part_of_medicare(talk, count)
        which += talk.tail(f"money.deductible.net-{count.network}") if count.network in ("in", "out") and len(counts) > 1 else ""
        known = {"used": count.used, "limit": count.limit, "left": left}
        if key.endswith(".met") and old_counts(talk, "deductible") is not None:
            yield state("common.old-counts-met", (count.span,))
            continue
        yield state(key, (count.span,), which=which, **{name: value for name, value in known.items() if value is not None})


def _part_of_medicare(talk: Talk, count: Accumulator) -> str:
    """Medicare's Part A and Part B have a deductible each."""
    named = _PART.search(count.words) if talk.eob is not None and talk.eob.kind == "msn" else None
    return talk.tail(f"money.deductible.part-{named[1].lower()}") if named else ""


def _key_of(count: Accumulator) -> str:
    left = left_of(count)
    if left == 0:
        return "money.deductible.met"
    if left is not None and count.used is not None and count.limit is not None:
        return "money.deductible.left"
    given = "left-only" if left is not None else "used-only" if count.used is not None else "limit-only"
    return f"money.deductible.{given}" if (left, count.used, count.limit) != (None, None, None) else "money.deductible.unclear"


def _here_says(talk: Talk, here: Figure | None) -> Iterator[Statement]:
    part = next((p for p in parts_of(talk) if p.kind == "deductible"), None)
    if part is not None:
        yield _part_here(talk, part)
    elif here is None:
        yield missing(talk, "deductible")
    elif here.value:
        yield state("money.deductible.here-total", here.support, amount=here.value)
    else:
        yield state("money.deductible.none-here", here.support, amount=here.value)


def _part_here(talk: Talk, part: Part) -> Statement:
    return state("money.deductible.here", part.figure.support, amount=part.figure.value, where=where(talk, part))


def _in_it(talk: Talk, counts: tuple[Accumulator, ...], here: Figure | None) -> Iterator[Statement]:
    """Whether the count already holds this visit: the paper rarely says so."""
    if len(counts) != 1 or here is None or not here.value or talk.named:
        return
    used, left = counts[0].used, left_of(counts[0])
    support = (counts[0].span, *here.support)
    if left == 0 and (used is None or used >= here.value) and old_counts(talk, "deductible") is None:
        yield state("money.deductible.met-with-this", support, amount=here.value)
        return
    if used is not None and used < here.value:
        yield state("money.deductible.not-in-it", support, used=used, amount=here.value)
    elif left is not None and left >= here.value:
        yield state("money.deductible.maybe-in-it", support, amount=here.value, after=left - here.value)


def _in_general(talk: Talk) -> Reply:
    """Without a paper: what a deductible is; for Medicare, this year's figure or that it is not known."""
    reply = general(talk, "money.deductible.meaning", "deductible")
    medicare = part_b_deductible(talk)
    return replace(reply, statements=(*medicare, *reply.statements)) if medicare else reply


BUILDERS: dict[str, Builder] = {
    "money.deductible": on_eob(_deductible, _in_general),
}
