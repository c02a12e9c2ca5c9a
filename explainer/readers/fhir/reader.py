"""A file of FHIR claims as a document."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from explainer.knowledge.base import Knowledge
from explainer.model.amounts import ZERO
from explainer.model.document import Accumulator, Document, Note, Problem, plain_key
from explainer.model.source import Span
from explainer.readers.base import Reading, Unreadable, Upload
from explainer.readers.fhir.book import books
from explainer.readers.fhir.claims import Read, claim_of, named_by
from explainer.readers.fhir.found import WANTED, Found, counted, find
from explainer.readers.fhir.people import Directory
from explainer.readers.fhir.scan import Scanner
from explainer.readers.fhir.tree import Look, View
from explainer.readers.text import CleanText, clean
from explainer.settings import Limits

FORMAT = "fhir-eob"
# Of many alike, so many are named.
_NAMED = 5


def read_fhir(upload: Upload, knowledge: Knowledge, limits: Limits) -> Reading:
    """The reading of one file. Raises Unreadable: json-broken, json-too-deep, json-number, json-not-fhir, fhir-other-resource,
    fhir-no-claims, no-amounts, too-big, and what reading any text may raise."""
    text, look = clean(upload.data, limits), Look(upload.paper)
    scanner = Scanner(text.text, limits)
    found = find(scanner, look)
    _refuse_others(found)
    found.claims = counted(found.claims)
    reads = _claims(found, knowledge, limits)
    if not any(r.claim.lines or r.claim.totals.known() for r in reads):
        raise Unreadable("no-amounts")
    problems = (*_file_problems(scanner, text, found, look, limits), *_money_problems(reads), *_people(reads))
    problems += tuple(p for number, read in enumerate(reads, 1) for p in named_by(read.problems, number))
    return Reading(_document(upload, text, reads, found, problems), problems)


def _refuse_others(found: Found) -> None:
    if found.claims:
        return
    if found.others:
        raise Unreadable("fhir-other-resource", found=", ".join(sorted(found.others)[:3]), wanted=WANTED)
    raise Unreadable("json-not-fhir" if found.untyped else "fhir-no-claims")


def _claims(found: Found, knowledge: Knowledge, limits: Limits) -> list[Read]:
    made, many = books(knowledge), len(found.claims) > 1
    reads: list[Read] = []
    first = 1
    for number, view in enumerate(found.claims[: limits.fhir_claims], 1):
        read = claim_of(view, found.directory, made, first, limits.fhir_lines - first + 1, f"{number}." if many else "")
        reads.append(read)
        first += len(read.claim.lines)
    return reads


def _file_problems(scanner: Scanner, text: CleanText, found: Found, look: Look, limits: Limits) -> Iterator[Problem]:
    hidden = text.hidden + len(look.hidden) + scanner.damaged
    if hidden:
        yield Problem("hidden-marks", {"count": hidden})
    if text.doubtful:
        yield Problem("encoding-guessed")
    for name in sorted(scanner.repeated)[:_NAMED]:
        yield Problem("json-repeated-key", {"name": name[:40]})
    for name, span in look.wrong.items():
        yield Problem("fhir-wrong-sort", {"name": name[:40]}, span=span)
    for said in look.undated[:_NAMED]:
        yield Problem("bad-date", {"text": said.value[:40]}, span=said.span)
    skipped = sum(found.others.values()) + found.untyped
    if skipped:
        kinds = ", ".join(sorted(found.others)[:4])
        yield Problem("fhir-others-skipped", {"count": skipped, "kinds": kinds or "?"})
    if len(found.claims) > limits.fhir_claims:
        yield Problem("fhir-claims-cut", {"count": len(found.claims) - limits.fhir_claims})
    if found.more:
        yield Problem("fhir-more-pages")


def _money_problems(reads: Sequence[Read]) -> Iterator[Problem]:
    lines = [line for read in reads for line in read.claim.lines]
    if not lines:
        yield Problem("no-lines")
    if not any(line.amounts.known() for line in lines) and not any(r.claim.totals.known() for r in reads):
        yield Problem("fhir-no-money")
    numbers = [read.claim.claim_id for read in reads if read.claim.claim_id]
    again = sorted({n for n in numbers if numbers.count(n) > 1}) if len(numbers) > len(set(numbers)) else []
    for number in again:
        yield Problem("fhir-claim-repeated", {"number": number[:40]})


def _people(reads: Sequence[Read]) -> Iterator[Problem]:
    people = {read.patient for read in reads if read.patient}
    if len(people) > 1:
        yield Problem("several-patients", {"count": len(people)})


def _document(upload: Upload, text: CleanText, reads: Sequence[Read], found: Found, problems: tuple[Problem, ...]) -> Document:
    payers = {read.payer.value: read.payer.span for read in reads if read.payer}
    payer = next(iter(payers)) if len(payers) == 1 else None
    account = [read.account_paid for read in reads if read.account_paid and read.account_paid.value]
    member, plan = _coverage(found.claims[0], found.directory) if len(reads) == 1 else (None, None)
    places: dict[str, Span] = {"payer": payers[payer]} if payer else {}
    if account:
        places["account_paid"] = account[0].span
    return Document(
        upload.paper, upload.name, FORMAT, "eob", text.text, tuple(read.claim for read in reads), payer, plan, member,
        notes=_notes(reads), accumulators=_counts(reads),
        account_paid=sum((a.value for a in account), ZERO) if account else None, problems=problems, places=places,
    )  # fmt: skip


def _counts(reads: Sequence[Read]) -> tuple[Accumulator, ...]:
    """The running counts; what every claim of a file repeats is said once."""
    kept: dict[Accumulator, Accumulator] = {}
    for count in (a for read in reads for a in read.accumulators):
        kept.setdefault(replace(count, span=Span(count.span.paper)), count)
    return tuple(kept.values())


def _coverage(view: View, directory: Directory) -> tuple[str | None, str | None]:
    """The member's number and the words for the plan, where the coverage stands in the file."""
    for insurance in view.any("insurance"):
        coverage = directory.find(insurance.one("coverage"), view)
        if coverage:
            member = coverage.text("subscriberId")
            plan = next((n for c in coverage.many("class") if (n := c.text("name"))), None) or coverage.one("type").text("text")
            return member.value if member else None, plan.value if plan else None
    return None, None


def _notes(reads: Sequence[Read]) -> tuple[Note, ...]:
    """The notes once each."""
    kept: dict[tuple[str, str], Note] = {}
    for read in reads:
        for note in read.notes:
            kept.setdefault((plain_key(note.key), note.text), note)
    return tuple(kept.values())
