"""Lines, papers, findings and cases in words. Every word is content's; every amount is the paper's own."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from explainer.benefits import overview
from explainer.case import Case, cancelled, owed_by, owed_by_each, said_first, total_of
from explainer.checks.days import TimedDay, day_of_line, service_of
from explainer.checks.denials import denials
from explainer.checks.marks import bundled, marks
from explainer.checks.protection import protection
from explainer.checks.units import UNIT, Window, pooled_window, window
from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import Lang, ProcedureEntry, Timing
from explainer.knowledge.wording import Blank
from explainer.model.amounts import ZERO
from explainer.model.document import Document, ServiceLine, plain_key
from explainer.model.finding import Finding
from explainer.model.people import People, people_of

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
# Lengths for which CPT's general midpoint rule is known to be used; other lengths get no window.
_MIDPOINT_LENGTHS = frozenset({30, 60, 120})
_MOST_SERVICES = 6
# A clinic's payment report can be about hundreds of people.
MOST_PEOPLE = 6


@dataclass(frozen=True, slots=True)
class LineExplanation:
    """One line in plain words: all of it, and its three parts. sources: ids of content/sources."""

    text: str
    code_meaning: str
    units_text: str
    money_text: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A wording key with its values, before a language is chosen."""

    key: str
    values: Mapping[str, Blank]


def _said(phrases: Iterable[Phrase], knowledge: Knowledge, lang: Lang) -> str:
    return " ".join(knowledge.say(p.key, lang, p.values) for p in phrases)


def explain_line(line: ServiceLine, document: Document, knowledge: Knowledge, lang: Lang) -> LineExplanation:
    """What was done, how it was counted, and who pays."""
    sent = line.submitted
    changed = sent is not None and sent.code is not None and line.code is not None and sent.code != line.code
    replaced = [Phrase("explain.code.replaced", {"code": line.code, "sent": sent.code})] if changed and sent else []
    units, money = tuple(units_phrases(line, document, knowledge)), tuple(money_phrases(line, document, knowledge))
    meaning = " ".join(part for part in (code_meaning(line, knowledge, lang), _said(replaced, knowledge, lang)) if part)
    counted, paid = _said(units, knowledge, lang), _said(money, knowledge, lang)
    return LineExplanation(
        " ".join(part for part in (meaning, counted, paid) if part),
        meaning,
        counted,
        paid,
        _line_sources(knowledge.procedure(line.code), (*units, *money), knowledge),
    )


def _line_sources(entry: ProcedureEntry | None, phrases: Iterable[Phrase], knowledge: Knowledge) -> tuple[str, ...]:
    cited = [entry.source] if entry else []
    cited += [source for p in phrases if (source := knowledge.wording[p.key].source) is not None]
    return tuple(dict.fromkeys(cited))


def code_meaning(line: ServiceLine, knowledge: Knowledge, lang: Lang) -> str:
    """The service in our words, or the paper's own name for it where we have none."""
    entry = knowledge.procedure(line.code)
    if entry is not None:
        name = entry.name.in_(lang)
        values = {"code": line.code, "name": name[:1].lower() + name[1:] if name[1:2].islower() else name}
        return knowledge.say("explain.code.known", lang, {**values, "plain": entry.plain.in_(lang)})
    department = knowledge.revenue.get(line.revenue_code or "") if line.code is None and line.description is None else None
    if department is not None:
        shown: dict[str, Blank] = {"name": department.name.in_(lang), "plain": department.plain.in_(lang)}
        return knowledge.say("explain.code.department", lang, {"code": line.revenue_code, **shown})
    key = f"explain.code.{'unknown' if line.code else 'none'}{'' if line.description else '-bare'}"
    return knowledge.say(key, lang, {"code": line.code, "description": line.description})


def units_phrases(line: ServiceLine, document: Document, knowledge: Knowledge) -> Iterator[Phrase]:
    """How the line was counted. Windows are given only for whole units of a length whose rule is known."""
    entry = knowledge.procedure(line.code)
    if entry is None:
        if line.units is not None:
            yield Phrase("explain.units.unknown-code", {"units_text": _number(line.units)})
    elif entry.timing.kind == "untimed":
        yield _untimed(line, entry.timing)
    else:
        yield _timed(line, entry.timing, document, knowledge)
    if line.minutes is not None:
        yield Phrase("explain.units.minutes", {"minutes": line.minutes})


def _untimed(line: ServiceLine, timing: Timing) -> Phrase:
    if timing.by:
        return Phrase("explain.units.untimed-by", {})
    if line.units is not None and line.units > 1:
        return Phrase("explain.units.untimed-more", {"units_text": _number(line.units)})
    return Phrase("explain.units.untimed", {})


def _timed(line: ServiceLine, timing: Timing, document: Document, knowledge: Knowledge) -> Phrase:
    length = timing.unit_minutes or UNIT
    if line.units is None:
        return Phrase("explain.units.none-timed", {"unit_minutes": length})
    shown: dict[str, Blank] = {"units_text": _number(line.units), "unit_minutes": length}
    whole = int(line.units) if line.units == line.units.to_integral_value() and line.units > 0 else None
    if timing.addon_to is not None and service_of(line, knowledge) is None:
        return Phrase("explain.units.addon", {**shown, "base": timing.addon_to})
    if whole is None:
        return Phrase("explain.units.bare-length", shown)
    if length == UNIT:
        return _quarter_hours(line, whole, day_of_line(line, document, knowledge))
    if length in _MIDPOINT_LENGTHS:
        return Phrase("explain.units.length", {**shown, "units": whole, **_ends(window(whole, length))})
    return Phrase("explain.units.bare-length", shown)


def _quarter_hours(line: ServiceLine, units: int, day: TimedDay | None) -> Phrase:
    values: dict[str, Blank] = {"units": units, "about": units * UNIT, **_ends(window(units))}
    if day is None or len(day.lines) == 1:
        return Phrase("explain.units.alone", values)
    services = day.units
    if services is None:
        return Phrase("explain.units.unclear-day", values)
    every = pooled_window(sum(services.values()))
    values |= {"day_units": sum(services.values()), "day_low": every.low, "day_high": every.high}
    if len(services) == 1:
        return Phrase("explain.units.split", values)
    # A service split over lines is one service, and has its window as one.
    return Phrase("explain.units.several", {**values, **_ends(window(services.get((line.code or "").upper(), units)))})


def _ends(span: Window) -> dict[str, Blank]:
    return {"low": span.low, "high": span.high}


def _number(count: Decimal) -> str:
    return f"{count.normalize():f}"


def money_phrases(line: ServiceLine, document: Document, knowledge: Knowledge) -> Iterator[Phrase]:
    """Who pays what on the line, from the paper's own amounts only."""
    claim = document.claim_of(line.number)
    amounts = line.amounts.known()
    if document.kind == "bill":
        yield from _bill_money(amounts)
        return
    if claim and cancelled(claim):
        yield Phrase("explain.money.cancelled", {})
        return
    if (claim and claim.status == "reversed") or amounts.get("billed", ZERO) < 0:
        yield Phrase("explain.money.reversed", {})
        return
    if claim and claim.status == "pending":
        yield Phrase("explain.money.pending", {})
    yield from _plan_side(line, amounts, claim.network if claim else None, knowledge)
    kept = protection(document, knowledge)
    yield from _patient_side(amounts, kept is not None and line in kept.lines)


def _bill_money(amounts: Mapping[str, Decimal]) -> Iterator[Phrase]:
    if "billed" in amounts:
        yield Phrase("explain.money.price", amounts)
    yield Phrase("explain.money.balance" if "patient_owes" in amounts else "explain.money.balance-unknown", amounts)


def _plan_side(line: ServiceLine, amounts: Mapping[str, Decimal], network: str | None, knowledge: Knowledge) -> Iterator[Phrase]:
    owed = amounts.get("patient_owes")
    if "billed" in amounts:
        yield Phrase("explain.money.price", amounts)
    if bundled(line, knowledge) and not owed:
        yield Phrase("explain.money.bundled", {})
    elif amounts.get("discount"):
        yield Phrase(_DISCOUNT.get(network or "", "explain.money.discount"), amounts)
    elif any(m.group == "CO" for m in marks(line)) and owed == 0:
        yield Phrase("explain.money.written-off", {})
    if "plan_paid" in amounts:
        yield Phrase("explain.money.paid" if amounts["plan_paid"] else "explain.money.unpaid", amounts)
    if amounts.get("other_paid"):
        yield Phrase("explain.money.other-paid", amounts)


_DISCOUNT = {"in": "explain.money.discount-in", "out": "explain.money.discount-out"}


def _patient_side(amounts: Mapping[str, Decimal], protected: bool) -> Iterator[Phrase]:
    for name in ("deductible", "copay", "coinsurance", "not_covered"):
        if amounts.get(name):
            yield Phrase(f"explain.money.{name.replace('_', '-')}", amounts)
    if protected and amounts.get("patient_owes"):
        yield Phrase("explain.money.protected", amounts)
        return
    yield Phrase("explain.money.owes" if "patient_owes" in amounts else "explain.money.owes-unknown", amounts)


def summary(document: Document, knowledge: Knowledge, lang: Lang) -> str:
    """One paper in a few sentences: what may be owed first, then what was done, what the plan paid, what to do."""
    if document.kind == "sbc":
        return _said(_benefits(document), knowledge, lang)
    return _by_person(document, lambda part: (*_opening(part), *_body(part, knowledge, lang)), knowledge, lang)


def _by_person(document: Document, phrases: Callable[[Document], Iterable[Phrase]], knowledge: Knowledge, lang: Lang) -> str:
    """The phrases once for each person of the paper, whose amounts are never added up together."""
    parts = people_of([document]).split(document)
    if len(parts) < 2:
        return _said(phrases(document), knowledge, lang)
    said = [_said(_said_first(document), knowledge, lang)] if said_first(document) else []
    for person, part in parts[:MOST_PEOPLE]:
        whose = Phrase("explain.summary.person", {"name": person.name}) if person else Phrase("explain.summary.nobody", {})
        own = replace(part, amount_due=None, account_paid=None, problems=())
        said.append(_said((whose, *phrases(own)), knowledge, lang))
    if len(parts) > MOST_PEOPLE:
        said.append(knowledge.say("explain.summary.more-people", lang, {"count": len(parts) - MOST_PEOPLE}))
    return "\n".join(said)


def names_of(people: People, knowledge: Knowledge, lang: Lang) -> tuple[str, ...]:
    """The patients' names, the first few of many."""
    names = tuple(p.name for p in people.persons)
    more = knowledge.say("explain.more-people", lang, {"count": len(names) - MOST_PEOPLE})
    return names if len(names) <= MOST_PEOPLE else (*names[:MOST_PEOPLE], more)


def summary_body(document: Document, knowledge: Knowledge, lang: Lang) -> str:
    """The summary without its first sentences, for a page whose heading already says what may be owed; all of it where the
    paper is of several people, since no heading can say that of them together."""
    if document.kind == "sbc":
        return _said(_benefits(document), knowledge, lang)
    if people_of([document]).several:
        return summary(document, knowledge, lang)
    return _said(_body(document, knowledge, lang), knowledge, lang)


def _benefits(document: Document) -> Iterator[Phrase]:
    """A summary of benefits: what it is, and what it says first of all, quoted."""
    yield Phrase("explain.summary.sbc", {})
    yield from (Phrase(said.key, said.values) for said in overview(document))


def _body(document: Document, knowledge: Knowledge, lang: Lang) -> Iterator[Phrase]:
    kept = protection(document, knowledge) if document.kind != "bill" else None
    if kept is not None and kept.amount:
        yield Phrase("explain.summary.protected", {"protected": kept.amount})
    if document.account_paid and document.kind != "bill":
        yield Phrase("explain.summary.account", {"account": document.account_paid})
    yield from _done(document, knowledge, lang)
    if document.kind == "bill":
        yield Phrase("explain.summary.bill-next", {})
    else:
        yield from _paid(document)
        yield from _left(document, knowledge)


def _said_first(document: Document) -> Iterator[Phrase]:
    return (Phrase(f"problem.{problem.code}", dict(problem.values)) for problem in said_first(document))


def _opening(document: Document) -> Iterator[Phrase]:
    if document.kind == "bill":
        due = document.amount_due
        if any(problem.code == "collector-letter" for problem in document.problems):
            yield Phrase("explain.summary.collector", {})
            if due is not None:
                yield Phrase("explain.summary.collector-due", {"due": due})
            return
        yield Phrase("explain.summary.bill", {}) if due is None else Phrase("explain.summary.bill-due", {"due": due})
        return
    owed = total_of(document.claims, "patient_owes")
    yield from _said_first(document)
    if owed is None or owed < 0 or _taken_back(document):
        yield Phrase("explain.summary.owe-unknown", {})
    else:
        printed = len(document.claims) == 1 and document.claims[0].totals.patient_owes is not None
        yield Phrase("explain.summary.owe" if printed else "explain.summary.owe-added", {"owed": owed})
    yield Phrase("explain.summary.remittance" if document.kind == "remittance" else "explain.summary.not-a-bill", {})


def _taken_back(document: Document) -> bool:
    return bool(document.claims) and all(claim.status == "reversed" for claim in document.claims)


def _done(document: Document, knowledge: Knowledge, lang: Lang) -> Iterator[Phrase]:
    names = tuple(dict.fromkeys(name for line in document.lines if (name := _name(line, knowledge, lang))))
    if not names:
        yield Phrase("explain.summary.nothing", {})
        return
    if len(names) > _MOST_SERVICES:
        names = (*names[:_MOST_SERVICES], knowledge.say("explain.summary.more-services", lang))
    days = sorted({line.service_date for line in document.lines if line.service_date})
    services: dict[str, Blank] = {"services": "; ".join(names)}
    if not days:
        yield Phrase("explain.summary.done", services)
    elif len(days) == 1:
        yield Phrase("explain.summary.done-on", {**services, "day": days[0]})
    else:
        yield Phrase("explain.summary.done-between", {**services, "day": days[0], "last": days[-1]})


def _name(line: ServiceLine, knowledge: Knowledge, lang: Lang) -> str | None:
    entry = knowledge.procedure(line.code)
    department = knowledge.revenue.get(line.revenue_code or "")
    told = line.description or line.code or (department.name.in_(lang) if department else None)
    return f"{entry.name.in_(lang)} ({line.code})" if entry else told


def _paid(document: Document) -> Iterator[Phrase]:
    paid, billed = total_of(document.claims, "plan_paid"), total_of(document.claims, "billed")
    if paid is not None:
        key = "explain.summary.paid" if billed is None else "explain.summary.paid-of"
        yield Phrase(key, {"paid": paid, "billed": billed})


def _left(document: Document, knowledge: Knowledge) -> Iterator[Phrase]:
    states = {claim.status for claim in document.claims if not cancelled(claim)}
    for state in ("reversed", "pending"):
        if state in states:
            yield Phrase(f"explain.summary.{state}", {})
    denied = [d for d in denials(document, knowledge) if d.case != "bundled"]
    if denied:
        yield Phrase("explain.summary.denied", {"count": len(denied)})
    whole = sum(claim.status == "denied" and not claim.lines for claim in document.claims)
    if whole:
        yield Phrase("explain.summary.denied-claims", {"count": whole})
    zero = total_of(document.claims, "patient_owes") == 0
    yield Phrase("explain.summary.next-zero" if zero else "explain.summary.next", {})


def finding_text(finding: Finding, knowledge: Knowledge, lang: Lang) -> tuple[str, str]:
    """The finding's sentence and the question it suggests; "" for one that needs no question."""
    values = _finding_values(finding, knowledge, lang)
    key = f"finding.{finding.id}.{finding.case}"
    question = f"{key}.question"
    text, about = knowledge.say(f"{key}.text", lang, values), f"finding.{finding.id}.about.{finding.values.get('about_key')}"
    if f"{about}.text" in knowledge.wording:
        text, question = f"{text} {knowledge.say(f'{about}.text', lang, values)}", f"{about}.question"
    return text, knowledge.say(question, lang, values) if question in knowledge.wording else ""


def _finding_values(finding: Finding, knowledge: Knowledge, lang: Lang) -> dict[str, Blank]:
    values: dict[str, Blank] = {name: _blank(value) for name, value in finding.values.items()}
    numbers: dict[str, Blank] = {"count": len(finding.lines), "lines": tuple(str(n) for n in finding.lines)}
    values["where"] = knowledge.say("explain.where" if finding.lines else "explain.where-none", lang, numbers)
    values.setdefault("count", len(finding.lines))
    for name in ("field", "discipline"):
        if isinstance(key := finding.values.get(f"{name}_key"), str):
            values[name] = knowledge.say(key, lang)
    if isinstance(plan := finding.values.get("plan_key"), str):
        values["plan"] = knowledge.rights[plan].name.in_(lang)
    if isinstance(reason := finding.values.get("reason_key"), str):
        note = finding.values.get("note")
        values |= {"reason": reason, "why": _why(reason, note if isinstance(note, str) else None, knowledge, lang)}
    return values


def _blank(value: str | int | Decimal | None) -> Blank:
    """A finding's value as a blank; days travel as ISO texts."""
    return date.fromisoformat(value) if isinstance(value, str) and _ISO.fullmatch(value) else value


def _why(key: str, note: str | None, knowledge: Knowledge, lang: Lang) -> str:
    """What a printed key means: our words for a known code, else the paper's own, without a full stop at the end."""
    known = knowledge.remark_or_reason(key)
    if known is not None:
        family, code = known
        entry = knowledge.reasons[code] if family == "carc" else knowledge.remarks[plain_key(code)]
        return entry.plain.in_(lang).rstrip(".")
    if note:
        return knowledge.say("explain.why-paper", lang, {"note": note.rstrip(".")})
    return knowledge.say("explain.why-unknown", lang)


def case_summary(case: Case, knowledge: Knowledge, lang: Lang) -> str:
    """All papers together: the main one's summary, and how many things are worth a question."""
    if case.main is None:
        return knowledge.say("explain.case.none", lang)
    asked = sum(finding.verdict == "ask" for finding in case.all_findings())
    closing = Phrase("explain.case.questions", {"count": asked}) if asked else Phrase("explain.case.quiet", {})
    papers = Phrase("explain.case.papers", {"count": len(case.documents)})
    told = (papers, *_twins(case), *_people(case, knowledge, lang), closing)
    return " ".join((summary(case.main, knowledge, lang), _said(told, knowledge, lang)))


def _twins(case: Case) -> Iterator[Phrase]:
    """That a paper is there twice, or that a newer one replaces it."""
    for relation, count in twin_papers(case).items():
        yield Phrase(f"explain.case.{relation}", {"count": count})


def twin_papers(case: Case) -> dict[str, int]:
    """How many papers are copies of an earlier given one, and how many differ from one on the same claim."""
    twins = case.twins
    states = [{t.relation for t in twins.of(d.paper)} for d in case.documents]
    kinds = ["copy" if s == {"copy"} else "version" if s - {"copy"} else None for s in states if s]
    return {kind: kinds.count(kind) for kind in ("copy", "version") if kind in kinds}


def _people(case: Case, knowledge: Knowledge, lang: Lang) -> Iterator[Phrase]:
    """What each person may owe over all papers, where there are several people or several of the plan's papers."""
    people = case.people
    plans = [d for d in case.documents if d.kind not in ("bill", "sbc")]
    if people.several:
        yield Phrase("explain.case.people", {"names": names_of(people, knowledge, lang)})
        each = owed_by_each(case)
        for person in people.persons[:MOST_PEOPLE]:
            if (owed := each.get(person)) is not None:
                yield Phrase("explain.case.owed-by", {"name": person.name, "owed": owed})
    elif len(plans) > 1 and (owed := owed_by(case, None)) is not None:
        yield Phrase("explain.case.owed", {"owed": owed})
