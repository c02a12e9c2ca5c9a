"""Papers to a batch: compared with each other where they are few, each claim by itself where they are many."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from explainer.batch.claims import row_of, together
from explainer.batch.rows import Batch, Gap, Patient, Row
from explainer.batch.whose import Place, patients_of
from explainer.case import Case, check_case
from explainer.checks import run_checks
from explainer.explain import question_of
from explainer.knowledge.base import Knowledge
from explainer.model.document import Claim, Document
from explainer.model.finding import Finding
from explainer.model.people import people_of

Part = tuple[Document, Iterable[Claim]]
"""A paper's head and its claims, which may come one after the other."""
NO_CLAIMS, ADDED_LATER = "no-claims", "added-later"
# That a paper is of several people is what a batch is for.
_ANSWERED = frozenset({"several-patients", "x12-people"})


def compared(documents: tuple[Document, ...], gaps: Iterable[Gap], knowledge: Knowledge, today: date) -> Batch:
    """A batch of few papers: all checks, also those that only show across papers, and each claim counted once.

    The papers are checked patient by patient, so that nothing is said of two together.
    """
    patients, whose = patients_of(documents, people_of(documents))
    rows: list[Row] = []
    loose: list[tuple[str, Finding]] = []
    for number in range(len(patients)):
        case = check_case(tuple(_narrowed(documents, whose, number)), knowledge, today)
        asks, others = _shared_out(case, knowledge)
        rows += _rows(case, number, asks)
        loose += others
    every = (*gaps, *(gap for document in documents for gap in doubts(document)))
    return Batch(_with_sums(patients, rows), _in_order(rows), tuple(loose), every)


def one_by_one(
    parts: Iterable[Part], gaps: Iterable[Gap], knowledge: Knowledge, today: date, most: int,
    stopped: Callable[[], bool] = lambda: False,
) -> Batch:  # fmt: skip
    """A batch of very many claims, each checked by itself. Those beyond `most` are counted and left out."""
    bare: list[Document] = []
    rows: list[Row] = []
    left_out, found = 0, list(gaps)
    for head, claims in parts:
        kept: list[Claim] = []
        for claim in claims:
            if len(rows) >= most or stopped():
                left_out += 1
            else:
                rows.append(_alone(head, claim, knowledge, today))
                kept.append(replace(claim, lines=()))
        bare.append(replace(head, claims=tuple(kept), text=""))
    patients, whose = patients_of(bare, people_of(bare))
    places = (whose[document.paper, number] for document in bare for number in range(1, len(document.claims) + 1))
    mine = [replace(row, patient=patient) for row, patient in zip(rows, places, strict=True)]
    return Batch(_with_sums(patients, mine), _in_order(mine), (), tuple(found), left_out, True)


def _alone(head: Document, claim: Claim, knowledge: Knowledge, today: date) -> Row:
    document = replace(head, claims=(claim,), problems=(), accumulators=(), text="", unread=())
    (_, findings), _ = run_checks((document,), knowledge, today)
    return row_of(document, claim, 0, (_slim(f) for f in findings if worth(f, knowledge)), None, True)


def worth(finding: Finding, knowledge: Knowledge) -> bool:
    """Whether a finding is something to ask about."""
    return finding.verdict == "ask" or (finding.verdict == "explained" and question_of(finding, knowledge) is not None)


def doubts(document: Document) -> Iterator[Gap]:
    """What the reader was not sure of, each kind once for the paper; and that there was no claim in it."""
    if not document.claims:
        yield Gap(document.file, NO_CLAIMS, {}, True)
    told = (p for p in document.problems if p.code not in _ANSWERED)
    seen = {(p.code, tuple(sorted((k, str(v)) for k, v in p.values.items()))): p for p in told}
    for problem in seen.values():
        yield Gap(document.file, problem.code, dict(problem.values), True)


def _narrowed(documents: Iterable[Document], whose: Mapping[Place, int], patient: int) -> Iterator[Document]:
    """The papers with that patient's claims only. A running count is told only where it is surely theirs."""
    for document in documents:
        claims = tuple(c for n, c in enumerate(document.claims, 1) if whose[document.paper, n] == patient)
        if claims and len(claims) == len(document.claims):
            yield document
        elif claims:
            yield replace(document, claims=claims, accumulators=())


def _rows(case: Case, patient: int, asks: Mapping[Place, list[Finding]]) -> Iterator[Row]:
    twins = {t.one.key: str(t.relation) for t in case.twins.pairs}
    for document in case.documents:
        for number, claim in enumerate(document.claims, 1):
            place = (document.paper, number)
            relation = "unclear" if place in case.twins.unclear else twins.get(place)
            yield row_of(document, claim, patient, asks.get(place, ()), relation, place not in case.twins.dropped)


def _shared_out(case: Case, knowledge: Knowledge) -> tuple[dict[Place, list[Finding]], list[tuple[str, Finding]]]:
    """Each finding under the first claim it is about; those about no one claim with the name of their paper."""
    asks: dict[Place, list[Finding]] = {}
    loose: list[tuple[str, Finding]] = []
    for paper, findings in case.findings:
        for finding in findings:
            place = next(_places(case, paper, finding), None) if worth(finding, knowledge) else None
            if place is not None:
                asks.setdefault(place, []).append(_slim(finding))
            elif worth(finding, knowledge):
                loose.append((_file(case, paper or finding.paper), _slim(finding)))
    return asks, loose


def _places(case: Case, paper: str, finding: Finding) -> Iterator[Place]:
    """The claims that hold the finding's lines; else those where its places are; else the only claim of its paper."""
    numbered = [(d, n, c) for d in case.documents for n, c in enumerate(d.claims, 1)]
    lines = set(finding.lines) if paper else set()
    yield from ((d.paper, n) for d, n, c in numbered if d.paper == paper and lines & {line.number for line in c.lines})
    yield from ((d.paper, n) for d, n, c in numbered if any(s.paper == d.paper and _holds(c, s.start) for s in finding.spans))
    yield from ((d.paper, n) for d, n, _ in numbered if d.paper == paper and len(d.claims) == 1)


def _holds(claim: Claim, at: int) -> bool:
    return any(line.source.start <= at < line.source.end for line in claim.lines)


def _slim(finding: Finding) -> Finding:
    """What its sentences need, without the places."""
    return replace(finding, detail={}, spans=())


def _file(case: Case, paper: str | None) -> str:
    return next((d.file for d in case.documents if d.paper == paper), "")


def _in_order(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(sorted(rows, key=lambda row: (row.patient, row.first or date.max)))


def _with_sums(patients: tuple[Patient, ...], rows: Iterable[Row]) -> tuple[Patient, ...]:
    mine: dict[int, list[Row]] = {}
    for row in rows:
        mine.setdefault(row.patient, []).append(row)
    return tuple(
        replace(patient, claims=len(mine.get(n, [])), totals=together(mine.get(n, []))) for n, patient in enumerate(patients)
    )
