"""coverage.medicare-threshold and coverage.maintenance: Medicare's yearly therapy amount, and therapy that keeps a condition."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from explainer.conversation.reply import Cited, Reply, Statement
from explainer.conversation.said_cues import says
from explainer.conversation.topics.appeal_asked import asks, kind_of_plan, refused_for, service_day, stated
from explainer.conversation.topics.common import Builder, Talk, answer, own, state
from explainer.conversation.topics.coverage_who import refused_line
from explainer.conversation.topics.entries import keys_of, note_says
from explainer.conversation.topics.gate import on_any
from explainer.knowledge.base import Fact
from explainer.model.document import ServiceLine

_YEAR = re.compile(r"\b(20\d\d)\b")
_NOTICE_MARKS, _MOST = ("GA", "GX", "GY", "GZ"), 3
_MEDICARE = frozenset({"medicare-original", "medicare-advantage", "medigap"})


def _threshold(talk: Talk) -> Reply:
    """The amount of the year, what it does, and that it is no stop."""
    if asks(talk, "asks-abn") or "abn" in talk.question.slots.terms:
        return _abn(talk)
    day = _day_asked(talk)
    fact = stated(talk, "medicare.kx-threshold", day)
    year = str(day.year)
    amount = _dollars(fact)
    said = [state("coverage.medicare-threshold.no-cap", (Cited("noridian-kx"),))]
    if fact is not None and amount is not None:
        said.append(state("coverage.medicare-threshold.amount", (_cited(fact),), year=year, amount=amount))
    else:
        said.append(own("coverage.medicare-threshold.unknown", year=year))
    said += [state("coverage.medicare-threshold.kx", (Cited("noridian-kx"),)), *_kx_lines(talk), *_review(talk, day)]
    said += [own(f"coverage.medicare-threshold.{name}") for name in ("counted", "close") if asks(talk, f"asks-{name}")]
    if kind_of_plan(talk) == "medicare-advantage":
        said.append(own("coverage.medicare-threshold.advantage"))
    return answer(talk, said, ask_next=("code.modifier", "coverage.maintenance"), threshold=amount)


def part_b_deductible(talk: Talk) -> tuple[Statement, ...]:
    """Medicare's deductible for the year asked about, where the question is of Medicare; that it is not known where it is not."""
    if not (asks(talk, "says-medicare", "says-part-b") or kind_of_plan(talk) in ("medicare-original", "medigap")):
        return ()
    day = _day_asked(talk)
    fact = stated(talk, "medicare.part-b-deductible", day)
    amount = _dollars(fact)
    if fact is None or amount is None:
        return (own("money.deductible.medicare-unknown", year=str(day.year)),)
    return (state("money.deductible.medicare-year", (_cited(fact),), year=str(day.year), amount=amount),)


def _day_asked(talk: Talk) -> date:
    """The first day of a year the question names; else the day of service, else today."""
    named = _YEAR.search(talk.question.words)
    return date(int(named[1]), 1, 1) if named else service_day(talk)


def _cited(fact: Fact) -> Cited:
    return Cited(fact.source, f"fact:{fact.id}")


def _dollars(fact: Fact | None) -> Decimal | None:
    return Decimal(fact.value) if fact is not None else None


def _review(talk: Talk, day: date) -> Iterable[Statement]:
    fact = stated(talk, "medicare.targeted-review", day)
    amount = _dollars(fact)
    if fact is not None and amount is not None:
        yield state("coverage.medicare-threshold.review", (_cited(fact),), amount=amount)


def _kx_lines(talk: Talk) -> Iterable[Statement]:
    lines = [line for line in talk.lines if "KX" in line.modifiers] if talk.eob is not None else []
    if lines:
        yield state("coverage.medicare-threshold.kx-lines", (line.place("modifiers") for line in lines), names=talk.names(lines))


def _abn(talk: Talk) -> Reply:
    rule = (Cited("abn"),)
    keys = ("abn", "abn-choice", "abn-none")
    other = own("coverage.medicare-threshold.abn-other", plan=talk.payer()) if _other_plan(talk) else None
    shown = tuple(_abn_shown(talk))
    claimed = any(mark in ("GA", "GX") for _, mark in _marked(talk)) or any(s.key == "common.note-says" for s in shown)
    denies = own("coverage.medicare-threshold.abn-not-signed") if claimed and asks(talk, "never-signed") else None
    general = [state(f"coverage.medicare-threshold.{key}", rule) for key in keys]
    copy = own("coverage.medicare-threshold.abn-copy", provider=talk.provider())
    if asks(talk, "asks-abn-itself"):
        return answer(talk, [other, general[0], *shown, *general[1:], copy], ask_next=("money.owe", "appeal.how"))
    return answer(talk, [other, *shown, denies, *general, copy], ask_next=("money.owe", "appeal.how"))


def _other_plan(talk: Talk) -> bool:
    """Whether the paper is of another plan than Original Medicare, as far as it says, and prints no mark of a notice."""
    kind = kind_of_plan(talk)
    return talk.eob is not None and kind not in ("medicare-original", "medigap") and not _marked(talk)


def _marked(talk: Talk) -> list[tuple[ServiceLine, str]]:
    """Lines with a mark of a notice before the care: GA given, GX given by courtesy, GY never covered, GZ none."""
    return [(line, mark) for line in talk.lines for mark in _NOTICE_MARKS if mark in line.modifiers] if talk.eob else []


def _abn_shown(talk: Talk) -> Iterable[Statement]:
    """What the paper itself shows of a notice: a mark on a line, or a note that speaks of one."""
    for line, mark in _marked(talk)[:_MOST]:
        entry = talk.knowledge.modifiers[mark]
        cited = (line.place("modifiers"), Cited(entry.source, f"modifier:{mark}"))
        yield state(
            "coverage.medicare-threshold.abn-mark", cited, line=talk.name(line), mark=mark, text=entry.plain.in_(talk.lang)
        )
        if line.amounts.patient_owes:
            yield state("money.owe.line", (line.place("patient_owes"),), amount=line.amounts.patient_owes, line=talk.name(line))
    lines = [line for line in talk.lines if talk.eob is not None]
    notes = {s.values["text"]: s for line in lines for key in keys_of(line) if (s := note_says(talk, key, line))}
    yield from (s for text, s in notes.items() if says(str(text), talk.knowledge, "note-notice"))


def _maintenance(talk: Talk) -> Reply:
    """Medicare asks for skilled care, not for improvement; other plans have their own rule."""
    kind = kind_of_plan(talk)
    rule = (Cited("jimmo"), Cited("cms-pub-15-220"))
    refused = refused_for(talk, "maintenance", "necessity")
    about = [refused_line(talk, *refused[0])] if refused else []
    if kind is not None and kind not in _MEDICARE:
        said = [own("coverage.maintenance.plan"), *about, own("coverage.maintenance.what-helps"), own("coverage.maintenance.ask")]
        return answer(talk, said, ask_next=("coverage.necessity", "appeal.how"))
    said = [state("coverage.maintenance.medicare", rule), state("coverage.maintenance.skill", rule), *about]
    said.append(own("coverage.maintenance.what-helps"))
    if kind is None:
        said.append(own("coverage.maintenance.others"))
    if kind == "medicare-advantage":
        said.append(own("coverage.maintenance.advantage"))
    return answer(talk, said, ask_next=("coverage.necessity", "appeal.how"))


BUILDERS: dict[str, Builder] = {
    "coverage.medicare-threshold": on_any(_threshold, _threshold),
    "coverage.maintenance": on_any(_maintenance, _maintenance),
}
