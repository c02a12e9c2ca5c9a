"""One ExplanationOfBenefit as a claim."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from explainer.model.amounts import Amounts
from explainer.model.document import Accumulator, Claim, Note, Problem
from explainer.model.source import Span
from explainer.readers.fhir.balances import balances_of
from explainer.readers.fhir.book import Books
from explainer.readers.fhir.facts import claim_number, diagnoses_of, network_of, process_notes, processed_on, replaced_by_it
from explainer.readers.fhir.lines import Line, items_of, line_of, without_total_row
from explainer.readers.fhir.people import Directory, patient_key, payer_of, provider_of
from explainer.readers.fhir.reasons import Reasons, fill
from explainer.readers.fhir.standing import standing_of
from explainer.readers.fhir.tally import Tally
from explainer.readers.fhir.tree import Said, View


@dataclass(slots=True)
class Read:
    """A claim as it was read, and what belongs to its document."""

    claim: Claim
    payer: Said[str] | None = None
    patient: str | None = None
    account_paid: Said[Decimal] | None = None
    notes: list[Note] = field(default_factory=list)
    accumulators: list[Accumulator] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def claim_of(view: View, directory: Directory, books: Books, first: int, limit: int, prefix: str) -> Read:
    """The claim whose lines are numbered from `first` on; at most `limit` of them are read.

    prefix: what tells the numbers of its notes from those of another claim's.
    """
    lines, total_row, problems = _lines(view, books, first, limit, prefix)
    reasons, totals = Reasons(), Tally(books)
    _count(view, totals, total_row)
    reasons.gather((*view.many("adjudication"), *view.many("total")), totals)
    fill(totals, reasons.adjustments)
    problems += [*_line_problems(lines), *_total_problems(totals)]
    claim = replace(_claim(view, directory, lines, totals, reasons), totals=_totals(totals, lines, problems))
    on_claim = totals.values.get("plan_paid")
    standing, told = standing_of(view, lines, bool(on_claim and on_claim.value > 0))
    at = {"status": next((p.span for p in told if p.span), None), "totals.patient_owes": _told_at(problems)}
    places = {**claim.places, **{name: span for name, span in at.items() if span}}
    return Read(
        replace(claim, status=standing, places=places), payer_of(view, directory), patient_key(view, directory),
        _in_lines("account_paid", totals, lines),
        [*(n for made in lines for n in made.notes), *totals.notes, *reasons.notes, *process_notes(view, prefix)],
        list(balances_of(view, totals)), [*problems, *told],
    )  # fmt: skip


def _lines(view: View, books: Books, first: int, limit: int, prefix: str) -> tuple[list[Line], Line | None, list[Problem]]:
    """The lines, the row that holds their total, and whether some were too many to be read."""
    items = list(items_of(view))
    made = [line_of(item, owner, at, books, prefix) for at, (item, owner) in enumerate(items[:limit], first)]
    made, total_row = without_total_row(made)
    numbered = [replace(one, line=replace(one.line, number=at)) for at, one in enumerate(made, first)]
    return numbered, total_row, [Problem("fhir-lines-cut", {"count": len(items) - limit})] if len(items) > limit else []


def _count(view: View, totals: Tally, total_row: Line | None) -> None:
    """The printed totals; an element that stands for one total counts where no coded one is there."""
    for entry in view.many("total"):
        totals.add(entry)
    known = {c.meaning.field for c in totals.coded}
    whole = Tally(totals.books)
    for entry in view.many("adjudication"):
        whole.add(entry)
    totals.coded += [c for c in whole.coded if c.meaning.field not in known]
    totals.notes += whole.notes
    totals.unknown = {**whole.unknown, **totals.unknown}
    totals.foreign = {**whole.foreign, **totals.foreign}
    totals.put("billed", totals.money(view.one("totalCost")), 8)
    totals.put("plan_paid", totals.money(view.one("totalBenefit")), 7)
    totals.put("plan_paid", totals.money(view.one("payment", "amount")), 8)
    if total_row:
        totals.put("billed", total_row.tally.values.get("billed"), 9)
    totals.settle()


def _claim(view: View, directory: Directory, lines: Sequence[Line], totals: Tally, reasons: Reasons) -> Claim:
    number, processed = claim_number(view), processed_on(view, totals.books.codes)
    patient, provider = directory.name(view.one("patient"), view), provider_of(view, directory)
    said = {"claim_id": number, "processed": processed, "patient": patient, "provider": provider}
    places: dict[str, Span] = {name: found.span for name, found in said.items() if found}
    return Claim(
        tuple(made.line for made in lines), number.value if number else None, patient.value if patient else None,
        provider.value if provider else None, processed.value if processed else None,
        network_of(view, totals.books.codes, reasons, lines), diagnoses=diagnoses_of(view), replaces=replaced_by_it(view),
        places={**places, **{f"totals.{name}": span for name, span in totals.places().items()}},
    )  # fmt: skip


def _line_problems(lines: Sequence[Line]) -> Iterator[Problem]:
    """Those of the lines under the lines' own numbers, each kind of category named once."""
    seen: set[object] = set()
    for made in lines:
        for problem in tuple(made.problems):
            key = (problem.code, problem.values.get("text"), problem.values.get("currency"))
            if problem.code == "fhir-two-amounts" or key not in seen:
                seen.add(key)
                yield replace(problem, line=made.line.number)


def _total_problems(totals: Tally) -> Iterator[Problem]:
    yield from totals.problems
    for words, span in totals.unknown.items():
        yield Problem("fhir-unknown-category", {"text": words[:60]}, span=span)
    for currency, span in totals.foreign.items():
        yield Problem("other-currency", {"currency": currency}, span=span)


def _in_lines(name: str, totals: Tally, lines: Sequence[Line]) -> Said[Decimal] | None:
    """The claim's amount of that name, else the sum of the lines that give it."""
    printed = totals.values.get(name)
    found = [said for made in lines if (said := made.tally.values.get(name))]
    if printed or not found:
        return printed
    return Said(sum((said.value for said in found), Decimal("0.00")), found[0].span)


def _totals(totals: Tally, lines: Sequence[Line], problems: list[Problem]) -> Amounts:
    """The printed totals. What the patient paid is the patient's share only where the sums leave no other reading."""
    amounts = totals.amounts()
    paid = _in_lines("patient_paid", totals, lines)
    if paid is None or amounts.patient_owes is not None or any(m.line.amounts.patient_owes is not None for m in lines):
        return amounts
    if paid.value == _left_over(totals, lines):
        problems.append(Problem("fhir-share-told", {"amount": paid.value}, span=paid.span))
        return replace(amounts, patient_owes=paid.value)
    problems.append(Problem("fhir-paid-by-patient", {"amount": paid.value}, span=paid.span))
    return amounts


def _told_at(problems: Sequence[Problem]) -> Span | None:
    """Where the amount stands that was taken for the patient's share."""
    return next((p.span for p in problems if p.code == "fhir-share-told"), None)


def _left_over(totals: Tally, lines: Sequence[Line]) -> Decimal | None:
    """What neither the plan nor another payer paid and nobody wrote off, where the bill and the plan's part are known."""
    billed, plan = _in_lines("billed", totals, lines), _in_lines("plan_paid", totals, lines)
    if billed is None or plan is None:
        return None
    off = [_in_lines(name, totals, lines) for name in ("discount", "other_paid")]
    return billed.value - plan.value - sum((said.value for said in off if said), Decimal(0))


def named_by(problems: Sequence[Problem], claim: int) -> list[Problem]:
    """The problems of a claim under its number."""
    return [replace(p, claim=claim) for p in problems]
