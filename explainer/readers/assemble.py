"""Claims, lines and notes of one paper put together as a Document, with all that could not be read."""

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from explainer.model.amounts import MONEY_FIELDS, Amounts, summed
from explainer.model.document import Accumulator, AppealNotice, Claim, Document, Note, Problem, Receipt, ServiceLine
from explainer.model.source import Span
from explainer.readers.base import Reading, Unreadable, Upload
from explainer.readers.bills import account_of
from explainer.readers.blocks import Fact
from explainer.readers.charges import Charges
from explainer.readers.claims import Draft, gather, several_members
from explainer.readers.fields import dates
from explainer.readers.headless import sole_told
from explainer.readers.labels import LabelBook
from explainer.readers.line_notes import with_line_notes
from explainer.readers.lines import LineMaker, charges_of, table_problems
from explainer.readers.names import person_of, provider_of, tidy_name
from explainer.readers.noted import told_by_notes
from explainer.readers.over_rows import of_all
from explainer.readers.record import Record
from explainer.readers.rows import Cell
from explainer.readers.states import set_apart, state_of, undecided
from explainer.readers.status import network_of, told_status
from explainer.readers.totals import Told, leave_out_dashboard, leave_out_grand_totals, tell_totals

_DAYS = ("notice_date", "due_date")
_BARE = re.compile(r"(?:^|\n|\s{2})[ \t]*(?:Date|Fecha):?[ \t]*$", re.IGNORECASE)
_MEANT_AS_DAY = re.compile(r"[0-9][/.-][0-9]|[12][0-9]{3}")


@dataclass(frozen=True, slots=True)
class Parts:
    """What was found on a paper, before it is put together. events: facts and records in printed order. estimate: where the
    paper says that it is only one."""

    text: str
    kind: str
    events: Sequence[Fact | Record]
    payer: Cell | None = None
    notes: tuple[Note, ...] = ()
    accumulators: tuple[Accumulator, ...] = ()
    appeal: AppealNotice | None = None
    phones: tuple[Note, ...] = ()
    unread: tuple[Span, ...] = ()
    problems: tuple[Problem, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    estimate: Span | None = None


@dataclass(slots=True)
class _Work:
    """The claims under way."""

    book: LabelBook
    paper: str
    maker: LineMaker
    charges: dict[int, Charges]
    problems: list[Problem] = field(default_factory=list)
    extras: dict[str, list[Decimal]] = field(default_factory=dict)


def _first(events: Sequence[Fact | Record], name: str) -> Cell | None:
    return next((e.value for e in events if isinstance(e, Fact) and e.field == name), None)


def _day_context(draft: Draft, record: Record) -> dates.Days | None:
    cell = draft.days.get(id(record)) or draft.facts.get("service_date") or draft.facts.get("section_date")
    return dates.days(cell.text) if cell else None


def _totals(work: _Work, draft: Draft, number: int) -> tuple[Amounts, tuple[Decimal, Decimal] | None]:
    """The printed totals of a claim. Two different amounts that may be owed are both named, and none is taken."""
    said: dict[str, list[Decimal]] = {}
    for record in draft.totals:
        charges = work.charges[id(record)]
        work.problems += [replace(p, claim=number) for p in charges.problems]
        # "Previously paid $48.00, additional payment $12.00": neither is all that the plan paid.
        again = {"plan_paid"} if charges.values.get("paid_before") else set()
        for name, value in charges.values.items():
            if name not in again:
                said.setdefault(name, []).append(value)
    for name in ("amount_due", "account_paid", "patient_paid", "owes_after"):
        work.extras.setdefault(name, []).extend(said.pop(name, []))
    if draft.two_amounts:
        said.pop("patient_owes", None)
        return _sole(said), draft.two_amounts
    conflict = _conflict(said.get("patient_owes", []), draft, work, number)
    two = None
    if conflict:
        problem, two = conflict
        work.problems.append(problem)
        said.pop("patient_owes")
    return _sole(said), two


def _sole(said: Mapping[str, Sequence[Decimal]]) -> Amounts:
    """The amounts that are given once, or always alike."""
    return Charges({n: v[0] for n, v in said.items() if n in MONEY_FIELDS and len(set(v)) == 1}).amounts()


def _conflict(owed: Sequence[Decimal], draft: Draft, work: _Work, number: int) -> tuple[Problem, tuple[Decimal, Decimal]] | None:
    alone = [work.charges[id(r)].values.get("patient_owes") for r in draft.lines] if len(draft.lines) == 1 else []
    different = list(dict.fromkeys([v for v in alone if v is not None] + list(owed)))
    spans = [work.charges[id(r)].places.get("patient_owes") for r in (*draft.totals, *draft.lines)]
    cell = next((c for c in reversed([s for s in spans if s])), None)
    if len(different) < 2 or not owed:
        return None
    two = different[0], different[1]
    span = Span(work.paper, 1, cell.start, cell.end) if cell else None
    return Problem("conflicting-amounts", {"first": two[0], "second": two[1]}, claim=number, span=span), two


def _claim(work: _Work, draft: Draft, number: int) -> Claim:
    lines: list[ServiceLine] = []
    for record in draft.lines:
        line, problems = work.maker.make(record, work.charges[id(record)], _day_context(draft, record))
        lines.append(line)
        work.problems += [replace(p, claim=number) for p in problems]
    facts = draft.facts
    name, network = provider_of(work.book, facts.get("provider"))
    printed = facts.get("network")
    processed = dates.days(facts["processed"].text) if "processed" in facts else None
    totals, two = _totals(work, draft, number)
    return Claim(
        tuple(lines), facts["claim_id"].text if "claim_id" in facts else None, person_of(facts.get("patient")), name,
        processed.first if processed else None, (network_of(work.book, printed.text) if printed else None) or network,
        _status(work, draft, lines), totals,
        places={n: Span(work.paper, 1, c.start, c.end) for n, c in facts.items()}, two_amounts=two, member_id=_member(facts),
    )  # fmt: skip


def _member(facts: Mapping[str, Cell]) -> str | None:
    """The member's number of a claim's own columns, with the person's code behind it: "M1234 02"."""
    return " ".join(facts[name].text for name in ("member_id", "person_code") if name in facts) or None


def _status(work: _Work, draft: Draft, lines: Sequence[ServiceLine]) -> str | None:
    printed, told = state_of(work.book, draft), told_status(lines)
    return told if printed in (None, "paid") and told else printed


def _only(values: Sequence[Decimal]) -> Decimal | None:
    return values[0] if len(set(values)) == 1 else None


def _document_days(events: Sequence[Fact | Record]) -> dict[str, dates.Days | None]:
    return {name: dates.days(cell.text) if (cell := _first(events, name)) else None for name in _DAYS}


def assemble(book: LabelBook, upload: Upload, format_: str, parts: Parts) -> Reading:
    """The reading of one paper. Raises Unreadable where neither an amount nor a count was found."""
    events = [sole_told(e, parts.kind == "bill") if isinstance(e, Record) else e for e in parts.events]
    records = [e for e in events if isinstance(e, Record)]
    work = _Work(book, upload.paper, LineMaker(upload.paper), charges_of(records, upload.paper))
    drafts = gather(events)
    _total_over_rows(work, drafts)
    told = Told(book, work.charges, upload.paper)
    tell_totals(told, drafts)
    work.problems += told.problems
    leave_out_grand_totals(told, drafts, parts.text)
    if parts.kind == "msn":
        leave_out_dashboard(drafts)
    drafts = set_apart(told, drafts)
    undecided(told, drafts)
    claims = tuple(_claim(work, draft, number) for number, draft in enumerate(drafts, 1))
    claims = tuple(c for c in claims if c.lines or c.totals.known() or work.extras.get("amount_due"))
    if not _any_amount(claims, work) and not parts.accumulators and not any(r.problems for r in records):
        raise Unreadable("no-amounts")
    if parts.estimate is not None and parts.kind != "bill":
        claims = tuple(replace(claim, status="pending") for claim in claims)
        work.problems.append(Problem("estimate", span=parts.estimate))
    if not any(c.lines for c in claims):
        work.problems.append(Problem("no-lines"))
    problems = (*parts.problems, *table_problems(records), *work.problems, *_undated_facts(upload.paper, events))
    return Reading(_document(upload, format_, parts, events, claims, work, problems), problems)


def _total_over_rows(work: _Work, drafts: Sequence[Draft]) -> None:
    """An amount in a cell beside all services of a claim is the claim's."""
    for draft in drafts:
        whole = of_all(draft.lines)
        if whole is not None:
            work.charges |= charges_of([whole], work.paper)
            draft.totals.append(whole)


def _any_amount(claims: Sequence[Claim], work: _Work) -> bool:
    on_lines = any(line.amounts.known() for c in claims for line in c.lines)
    return (
        on_lines
        or any(c.totals.known() for c in claims)
        or any(work.extras.values())
        or any(p.code == "bad-amount" for p in work.problems)
    )


def _undated_facts(paper: str, events: Sequence[Fact | Record]) -> list[Problem]:
    names = ("processed", "notice_date", "due_date", "service_date")
    facts = [(e.field, e.value) for e in events if isinstance(e, Fact) and e.field in names]
    return [
        Problem(dates.problem_of(cell.text), {"text": cell.text[:40], "field": name}, span=Span(paper, 1, cell.start, cell.end))
        for name, cell in facts if dates.days(cell.text) is None and _MEANT_AS_DAY.search(cell.text)
    ]  # fmt: skip


def _document(
    upload: Upload,
    format_: str,
    parts: Parts,
    events: Sequence[Fact | Record],
    claims: tuple[Claim, ...],
    work: _Work,
    problems: tuple[Problem, ...],
) -> Document:
    days = _document_days(events)
    named = _first(events, "payer")
    payer = tidy_name(named) or (parts.payer.text if parts.payer and parts.kind != "bill" else None)
    if parts.kind == "msn":
        payer = "Medicare"
    claims, legend = _bill_totals(parts, _bill_account(parts, _bill_provider(parts, claims))), parts.notes
    if parts.kind != "bill":
        claims, legend = with_line_notes(work.book, parts.text, upload.paper, claims, legend)
    claims = told_by_notes(claims, legend)
    plan, member = _first(events, "plan_words"), None if several_members(events) else _first(events, "member_id")
    # "No later than" on Medicare's notice is the day of an appeal: a notice asks for no payment.
    notice, due = days["notice_date"] or _bare_day(parts, events, claims), days["due_date"] if parts.kind != "msn" else None
    return Document(
        upload.paper, upload.name, format_, parts.kind, parts.text, claims, payer, plan.text if plan else None,
        member.text if member else None,
        notice.first if notice else None, legend, parts.accumulators,
        _appeal(parts.appeal, notice.first if notice else None, claims),
        _only(work.extras.get("account_paid", [])),
        _due(parts, claims, work), due.first if due else None, _paid_at_visit(parts, work),
        parts.phones,
        parts.unread, problems, {e.field: Span(upload.paper, 1, e.value.start,
        e.value.end) for e in events if isinstance(e, Fact)}, receipts=parts.receipts,
        owes_after=_only(work.extras.get("owes_after", [])),
    )  # fmt: skip


def _bare_day(parts: Parts, events: Sequence[Fact | Record], claims: tuple[Claim, ...]) -> dates.Days | None:
    """The day of a notice that is labeled "Date" alone at its head, where every service has another day, none of them later."""
    head = list(itertools.takewhile(lambda e: isinstance(e, Fact), events))
    bare = [e.value for e in head if isinstance(e, Fact) and _BARE.search(parts.text[: e.value.start])]
    found = dates.days(bare[0].text) if parts.kind == "eob" and len(bare) == 1 else None
    served = [line.service_date for c in claims for line in c.lines]
    earlier = bool(served) and all(day is not None and found is not None and day < found.first for day in served)
    return found if earlier and found is not None and found.last is None else None


def _appeal(appeal: AppealNotice | None, notice: date | None, claims: tuple[Claim, ...]) -> AppealNotice | None:
    """What the paper says of appeals. A printed last day that is not after the notice and the last service is another paper's."""
    if appeal is None or appeal.last_day is None:
        return appeal
    processed = min((c.processed for c in claims if c.processed), default=None)
    served = [line.service_date for c in claims for line in c.lines if line.service_date]
    if all(appeal.last_day > day for day in (notice or processed, *served) if day):
        return appeal
    return replace(appeal, last_day=None) if appeal.days is not None else None


def _due(parts: Parts, claims: tuple[Claim, ...], work: _Work) -> Decimal | None:
    """What a bill asks for: printed as such, else the only balance of a bill that has one claim."""
    printed = work.extras.get("amount_due", [])
    if printed or parts.kind != "bill" or len(claims) != 1:
        return _only(printed)
    return claims[0].totals.patient_owes


def _paid_at_visit(parts: Parts, work: _Work) -> Decimal | None:
    """Payments beside a balance carried over were made towards that balance."""
    if parts.kind == "bill" and work.book.names("carried-over", parts.text):
        return None
    return _only(work.extras.get("patient_paid", []))


def _bill_provider(parts: Parts, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """Who sends a bill stands at its head."""
    if parts.kind != "bill" or parts.payer is None:
        return claims
    return tuple(replace(c, provider=c.provider or parts.payer.text) for c in claims)


def _bill_totals(parts: Parts, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """The sum of a ledger's column of payments is the plan's only where all of its payments are."""
    others = any(receipt.by in ("patient", "unknown", "adjustment") for receipt in parts.receipts)
    by_plan = summed(receipt.amount for receipt in parts.receipts if receipt.by == "plan") if parts.receipts else None
    if parts.kind != "bill" or not others:
        return claims
    return tuple(c if c.totals.plan_paid in (None, by_plan, _paid_on_lines(c)) else _unpaid_total(c) for c in claims)


def _paid_on_lines(claim: Claim) -> Decimal | None:
    return summed(line.amounts.plan_paid for line in claim.lines)


def _unpaid_total(claim: Claim) -> Claim:
    return replace(claim, totals=replace(claim.totals, plan_paid=None))


def _bill_account(parts: Parts, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """A bill's account, which a call or a letter names."""
    account = account_of(parts.text) if parts.kind == "bill" else None
    return tuple(replace(c, account_number=c.account_number or account) for c in claims) if account else claims
