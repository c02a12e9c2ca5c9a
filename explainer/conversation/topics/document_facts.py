"""document.dates, document.provider and document.missing: what stands on the paper, and what does not."""

from collections.abc import Iterator
from datetime import date

from explainer.conversation.reply import Reply, Statement
from explainer.conversation.topics.appeal_asked import asks
from explainer.conversation.topics.bill_alone import due_amount, due_says
from explainer.conversation.topics.common import Builder, Talk, answer, own, state
from explainer.conversation.topics.gate import on_any
from explainer.conversation.topics.money_deductible import counters
from explainer.knowledge.wording import day, listed


def _dates(talk: Talk) -> Reply:
    bill = talk.bill
    if bill is not None and asks(talk, "asks-due-day"):
        return answer(talk, (due_says(bill), *due_amount(bill)), ask_next=("bill.compare", "bill.help-paying"), due=bill.due_date)
    said = tuple(_date_says(talk))
    missing = (state("document.dates.none", talk.place("processed")),) if not said else ()
    return answer(talk, (*said, *missing), ask_next=("appeal.deadline", "document.summary"), **_first_dates(talk))


def _service_days(talk: Talk) -> tuple[date, ...]:
    days = {d for line in talk.lines for d in (line.service_date, line.service_end) if d is not None}
    return tuple(sorted(days))


def _processed(talk: Talk) -> tuple[date, ...]:
    return tuple(sorted({c.processed for c in talk.claims if c.processed is not None}))


def _date_says(talk: Talk) -> Iterator[Statement]:
    """Each kind of date on the paper, one sentence each."""
    assert talk.paper is not None
    days, processed = _service_days(talk), _processed(talk)
    if days:
        yield state(
            "document.dates.service",
            (line.place("service_date") for line in talk.lines),
            count=len(days),
            days=_listed(talk, days),
        )
    if processed:
        yield state("document.dates.processed", talk.place("processed"), days=_listed(talk, processed), plan=talk.payer())
    if talk.paper.notice_date is not None and talk.paper.notice_date not in processed:
        key = "document.dates.bill" if talk.paper.kind == "bill" else "document.dates.notice"
        plan = {} if talk.paper.kind == "bill" else {"plan": talk.payer()}
        yield state(key, talk.place("notice_date"), day=talk.paper.notice_date, **plan)
    if talk.paper.appeal is not None and talk.paper.appeal.last_day is not None:
        yield state("document.dates.appeal", (talk.paper.appeal.span,), day=talk.paper.appeal.last_day)
    for bill in talk.case.bills:
        if bill.due_date is not None:
            place = bill.places.get("due_date")
            yield state("document.dates.due", (place,) if place is not None else talk.place("due_date"), day=bill.due_date)


def _listed(talk: Talk, days: tuple[date, ...]) -> str:
    return listed(tuple(day(d, talk.lang) for d in days[:8]), talk.lang)


def _first_dates(talk: Talk) -> dict[str, date | None]:
    processed = _processed(talk)
    notice = talk.paper.notice_date if talk.paper else None
    days = _service_days(talk)
    return {"service_date": days[0] if days else None, "processed": processed[0] if processed else None, "notice_date": notice}


def _provider(talk: Talk) -> Reply:
    names = tuple(dict.fromkeys(c.provider for c in talk.claims if c.provider))
    if not names:
        return answer(talk, (state("document.provider.none", talk.place("provider")), own("document.provider.ask")))
    first = state("document.provider.is", talk.place("provider"), provider=talk.provider(), visit=_visit_days(talk))
    networks = {c.network for c in talk.claims}
    only = next(iter(networks)) if len(networks) == 1 else None
    network = state(f"document.provider.network-{only}", talk.place("network")) if only in ("in", "out") else None
    return answer(talk, (first, network, own("document.provider.unfamiliar")), ask_next=("document.dates", "help.who-to-call"))


def _visit_days(talk: Talk) -> str:
    days = _service_days(talk)
    return talk.say("document.provider.on", days=_listed(talk, days)) if days else ""


def _missing(talk: Talk) -> Reply:
    absent, present = _absent(talk), _present(talk)
    lacks = tuple(talk.say(f"document.missing.{name}") for name in absent)
    first = state("document.missing.not", talk.place("lines"), what=lacks)
    shows = state("document.missing.does", talk.place("diagnoses"), what=present) if present else None
    how = own("document.missing.how", provider=talk.provider(), plan=talk.payer())
    return answer(talk, (first, shows, how), ask_next=("help.records", "bill.itemized"))


def _absent(talk: Talk) -> tuple[str, ...]:
    """What people look for and this paper does not print; a therapist's notes and own payments never are."""
    lines = talk.lines
    checks = (
        ("minutes", not any(line.minutes for line in lines)),
        ("diagnosis", not any(c.diagnoses for c in talk.claims)),
        ("notes", True),
        ("your-payments", talk.paper is None or talk.paper.paid_at_visit is None),
        ("units", not any(line.units for line in lines)),
        ("codes", not any(line.code for line in lines)),
        ("deductible-left", not counters(talk, "deductible")),
        ("patient-owes", talk.figure("patient_owes") is None),
    )
    return tuple(name for name, lacks in checks if lacks)


def _present(talk: Talk) -> tuple[str, ...]:
    """Of the same things, those that it does print, with what stands there."""
    minutes = tuple(f"{line.minutes}" for line in talk.lines if line.minutes)
    diagnoses = tuple(dict.fromkeys(d for c in talk.claims for d in c.diagnoses))
    said = [talk.say("document.missing.has-minutes", minutes=minutes)] if minutes else []
    return (*said, *([talk.say("document.missing.has-diagnosis", codes=diagnoses)] if diagnoses else ()))


def _missing_without(talk: Talk) -> Reply:
    return answer(talk, (own("document.missing.general"), own("common.upload")))


BUILDERS: dict[str, Builder] = {
    "document.dates": on_any(_dates, lambda talk: answer(talk, (own("document.dates.general"), own("common.upload")))),
    "document.provider": on_any(_provider, lambda talk: answer(talk, (own("document.provider.general"), own("common.upload")))),
    "document.missing": on_any(_missing, _missing_without),
}
