"""A provider's bill against the plan's papers: what goes beyond the share, and which written-off amounts come back on it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from explainer.checks.marks import bundled, denying, written_off
from explainer.checks.money import LINE_TOLERANCE, TOTAL_TOLERANCE
from explainer.checks.senders import of_sender
from explainer.checks.surplus import printed_reason
from explainer.knowledge.base import Knowledge
from explainer.model.amounts import ZERO, summed
from explainer.model.document import Claim, Document, ServiceLine
from explainer.model.finding import Finding, Value, Verdict
from explainer.model.people import People, Person

_OWN = ("eob-explainer",)
Key = tuple[date, str]
Placed = tuple[Document, Claim, ServiceLine]


@dataclass(frozen=True, slots=True)
class Pair:
    """One date and code: the bill's lines and the plan's, with the balance billed and the share (None: not printed)."""

    key: Key
    billed: tuple[ServiceLine, ...]
    explained: tuple[Placed, ...]
    balance: Decimal | None
    share: Decimal | None

    @property
    def excess(self) -> Decimal:
        """What the bill asks for beyond the share; zero where either is not known."""
        if self.balance is None or self.share is None:
            return ZERO
        return max(self.balance - self.share, ZERO)

    @property
    def out_of_network(self) -> bool:
        return any(claim.network == "out" for _, claim, _ in self.explained)


def pairs(bill: Document, reports: Iterable[Document]) -> tuple[tuple[Pair, ...], tuple[ServiceLine, ...]]:
    """The bill's lines that a paper of the plan explains, by date and code, and those that none does.

    A claim of another printed provider explains nothing of the bill.
    """
    explained: dict[Key, list[Placed]] = defaultdict(list)
    for document in of_sender(bill, reports):
        for claim in document.claims:
            for line in claim.lines:
                if (key := line.service) is not None and claim.status not in ("reversed", "pending"):
                    explained[key].append((document, claim, line))
    groups: dict[Key, list[ServiceLine]] = defaultdict(list)
    loose = [line for line in bill.lines if (key := line.service) is None or key not in explained]
    for line in bill.lines:
        if (key := line.service) is not None and key in explained:
            groups[key].append(line)
    return tuple(_pair(key, lines, explained[key]) for key, lines in groups.items()), tuple(loose)


def _pair(key: Key, lines: list[ServiceLine], found: list[Placed]) -> Pair:
    matched = _same_units(lines, found)
    return Pair(
        key,
        tuple(lines),
        tuple(matched),
        summed(line.amounts.patient_owes for line in lines),
        summed(line.amounts.patient_owes for _, _, line in matched),
    )


def _same_units(lines: list[ServiceLine], found: list[Placed]) -> list[Placed]:
    """Where the plan has more lines for the date and code than the bill, those with the bill's units if they are as many."""
    units = {line.units for line in lines if line.units is not None}
    alike = [entry for entry in found if entry[2].units in units]
    return alike if len(found) > len(lines) and len(alike) == len(lines) else found


def check_bills(
    documents: tuple[Document, ...], main: Document | None, people: People, knowledge: Knowledge
) -> Iterator[Finding]:
    """bill.write-off-billed and bill.more-than-eob by line, bill.unmatched, and the whole bill against the shares.

    A bill is compared with the papers of its own person only. Where it is open whose it is, it is compared with none.
    """
    reports = tuple(d for d in documents if d.kind in ("eob", "msn", "remittance"))
    bills = [d for d in documents if d.kind == "bill"] if reports else []
    for bill in bills:
        parts = people.split(bill)
        for person, part in parts:
            own = part if len(parts) == 1 else replace(part, amount_due=None, paid_at_visit=None)
            yield from _of_person(own, person, reports, main, people, knowledge)


def _of_person(
    bill: Document,
    person: Person | None,
    reports: tuple[Document, ...],
    main: Document | None,
    people: People,
    knowledge: Knowledge,
) -> Iterator[Finding]:
    doubt = _whose(bill, person, reports, people)
    if doubt is not None:
        case, values = doubt
        yield _finding("bill.unmatched", "not-checked", case, bill, main, (), None, values, bill.lines)
        return
    mine = of_sender(bill, _reports_for(person, reports, people))
    matched, loose = pairs(bill, mine)
    over = [p for p in matched if p.excess > LINE_TOLERANCE]
    yield from (_over_line(bill, main, p, knowledge) for p in over)
    yield from _unmatched(bill, main, loose, mine)
    if mine:
        yield from _whole(bill, main, matched, loose)


def _reports_for(person: Person | None, reports: tuple[Document, ...], people: People) -> tuple[Document, ...]:
    """The plan's papers with that person's claims only."""
    if not people.several:
        return reports
    return tuple(own for d in reports if (own := people.narrowed(d, person)).claims)


def _whose(
    bill: Document, person: Person | None, reports: tuple[Document, ...], people: People
) -> tuple[str, dict[str, Value]] | None:
    """Why it is open whose papers the bill goes with, as a case and its values; None where that is sure."""
    if not people.several or (person is not None and _reports_for(person, reports, people)):
        return None
    if person is None:
        fits = whose_bill(bill, reports, people)
        return ("person-guessed", {"name": fits.name}) if fits else ("no-person", {})
    others = [p for p in people.perhaps(person) if _reports_for(p, reports, people)]
    return ("person-unsure", {"name": person.name, "other": others[0].name}) if others else None


def whose_bill(bill: Document, reports: tuple[Document, ...], people: People) -> Person | None:
    """The only person a bill names; where it names nobody, the only one whose papers show its services. None when open.

    Services alone make nobody sure: a family can see one therapist on one day.
    """
    named = people.named_on(bill)
    if named:
        return named[0] if len(named) == 1 else None
    fitting = [p for p in people.persons if pairs(bill, [people.narrowed(d, p) for d in reports])[0]]
    return fitting[0] if len(fitting) == 1 else None


def _over_line(bill: Document, main: Document | None, pair: Pair, knowledge: Knowledge) -> Finding:
    lines = [line for _, _, line in pair.explained]
    inside = any(bundled(line, knowledge) or _by_contract(line, knowledge) for line in lines)
    cut = summed(written_off(line) for line in lines) or ZERO
    check, case = "bill.more-than-eob", "line"
    if pair.out_of_network:
        case = "out-of-network"
    elif inside:
        check, case = "bill.write-off-billed", "bundled" if any(bundled(line, knowledge) for line in lines) else "contract"
    elif cut > 0 and pair.excess <= cut + LINE_TOLERANCE:
        check, case = "bill.write-off-billed", "discount"
    verdict: Verdict = "explained" if case == "out-of-network" else "ask"
    values: dict[str, Value] = {
        "code": pair.key[1],
        "day": pair.key[0].isoformat(),
        "balance": pair.balance,
        "share": pair.share,
        "gap": pair.excess,
    }
    return _finding(check, verdict, case, bill, main, (pair,), pair.excess, values)


def _by_contract(line: ServiceLine, knowledge: Knowledge) -> bool:
    """Whether the plan left the whole line to the provider (CO) and nothing to the patient."""
    return line.amounts.patient_owes == 0 and any(m.group == "CO" for m in denying(line, knowledge))


def _unmatched(
    bill: Document, main: Document | None, loose: tuple[ServiceLine, ...], reports: tuple[Document, ...]
) -> Iterator[Finding]:
    """Lines that no paper explains: on a day the plan reports on they are worth a question, else the plan's paper is missing."""
    days = {line.service_date for document in reports for line in document.lines if line.code}
    known = tuple(line for line in loose if line.code and line.service_date in days)
    missing = tuple(line for line in loose if line.code and line.service_date not in days)
    nameless = tuple(line for line in loose if not line.code)
    cases: tuple[tuple[tuple[ServiceLine, ...], Verdict, str], ...] = (
        (known, "ask", "not-on-eob"),
        (missing, "not-checked", "no-eob"),
        (nameless, "not-checked", "no-code"),
    )
    for lines, verdict, case in cases:
        if lines:
            balance = summed(line.amounts.patient_owes for line in lines)
            if balance == 0:
                continue
            values: dict[str, Value] = {"count": len(lines), "codes": ", ".join(dict.fromkeys(line.code or "" for line in lines))}
            yield _finding("bill.unmatched", verdict, case, bill, main, (), balance, values, lines)


def _whole(bill: Document, main: Document | None, matched: tuple[Pair, ...], loose: tuple[ServiceLine, ...]) -> Iterator[Finding]:
    """The amount due against the sum of the shares, less what was paid at the visit. Only where every line is accounted for."""
    due, shares = bill.amount_due, summed(pair.share for pair in matched)
    rest = summed(line.amounts.patient_owes for line in loose) if loose else ZERO
    if due is None or shares is None or rest is None:
        if matched or due is not None:
            yield _finding("bill.more-than-eob", "not-checked", "total-unknown", bill, main, matched, None, {})
        return
    own = due - rest
    paid = bill.paid_at_visit or ZERO
    left = max(shares - paid, ZERO)
    gap = own - left
    values: dict[str, Value] = {"due": own, "share": shares, "gap": abs(gap), "paid": paid, "left": left}
    outside = any(pair.out_of_network for pair in matched)
    if gap <= TOTAL_TOLERANCE:
        case = "total-less" if gap < -TOTAL_TOLERANCE else "total-paid" if paid else "total"
        yield _finding("bill.more-than-eob", "ok", case, bill, main, matched, None, values)
    elif printed := printed_reason(bill, gap):
        values["printed"] = printed
        yield _finding("bill.more-than-eob", "explained", "total-printed", bill, main, matched, gap, values)
    elif outside:
        yield _finding("bill.more-than-eob", "explained", "total-out-of-network", bill, main, matched, gap, values)
    elif own <= shares + TOTAL_TOLERANCE:
        yield _finding("bill.more-than-eob", "ask", "payment", bill, main, matched, gap, values)
    else:
        yield _finding("bill.more-than-eob", "ask", "total-paid" if paid else "total", bill, main, matched, gap, values)


def _finding(
    check: str,
    verdict: Verdict,
    case: str,
    bill: Document,
    main: Document | None,
    found: Iterable[Pair],
    amount: Decimal | None,
    values: Mapping[str, Value],
    lines: tuple[ServiceLine, ...] = (),
) -> Finding:
    every = tuple(found)
    theirs = [(d, line) for pair in every for d, _, line in pair.explained]
    mine = lines or tuple(line for pair in every for line in pair.billed)
    return Finding(
        check,
        verdict,
        f"{case}-ok" if verdict == "ok" else case,
        None,
        lines=tuple(line.number for d, line in theirs if main is not None and d.paper == main.paper),
        amount=amount,
        values=values,
        detail={
            "bill": bill.paper,
            "bill_lines": [line.number for line in mine],
            "eob_lines": [{"paper": d.paper, "line": line.number} for d, line in theirs],
            **{name: f"{value:.2f}" for name, value in values.items() if isinstance(value, Decimal)},
        },
        sources=_OWN,
        spans=(*(line.source for line in mine), *(line.source for _, line in theirs)),
    )
