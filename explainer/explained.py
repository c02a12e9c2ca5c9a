"""Explained papers as the contract's JSON: a document with its explanations and findings, and the case."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from explainer.case import Case, owed_by_each
from explainer.checks.copies import Placed, Twin, first_day
from explainer.episode import episode_json, stories_of
from explainer.explain import case_summary, explain_line, finding_text, summary
from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import Lang
from explainer.model.document import Document
from explainer.model.finding import Finding
from explainer.model.people import Person


def explained_json(document: Document, plain: dict[str, Any], case: Case, knowledge: Knowledge, lang: Lang) -> dict[str, Any]:
    """`plain` (the document's own JSON) with an explanation on every line, a summary and the paper's findings."""
    words = {line.number: _explanation(explain_line(line, document, knowledge, lang), knowledge) for line in document.lines}
    claims = [_with_words(claim, words) for claim in plain["claims"]]
    findings = [finding_json(f, knowledge, lang) for f in case.findings_of(document.paper)]
    return {**plain, "claims": claims, "summary": summary(document, knowledge, lang), "findings": findings}


def _with_words(claim: dict[str, Any], words: dict[int, dict[str, Any]]) -> dict[str, Any]:
    return {**claim, "lines": [{**line, "explanation": words[line["line"]]} for line in claim["lines"]]}


def case_json(case: Case, knowledge: Knowledge, lang: Lang) -> dict[str, Any]:
    """What only shows across papers: findings, whose papers they are, which are the same claim again, and their order."""
    episodes = [episode_json(story, knowledge, lang) for story in stories_of(case, knowledge)]
    told = [case_summary(case, knowledge, lang), *(episode["text"] for episode in episodes)]
    return {
        "case": {
            "summary": "\n".join(told), "findings": across_json(case, knowledge, lang), "episodes": episodes,
            "people": _people(case),
            "duplicates": [_twin(twin) for twin in case.twins.pairs],
            "papers": [_paper(d) for d in case.ordered], "main": case.main.file if case.main else None,
        }
    }  # fmt: skip


def across_json(case: Case, knowledge: Knowledge, lang: Lang) -> list[dict[str, Any]]:
    """The findings that only show across papers."""
    return [finding_json(finding, knowledge, lang) for finding in case.findings_of("")]


def _people(case: Case) -> list[dict[str, Any]]:
    """Each patient, the papers that name them, and what the plan's papers together say they may owe, if that is known."""
    people, owed = case.people, owed_by_each(case)
    on = {p.name: [d.file for d, owners in _owners(case) if p in owners] for p in people.persons}
    return [
        {
            "name": person.name, "also": [n for n in person.printed if n != person.name],
            "papers": on[person.name],
            "patient_owes": None if (amount := owed.get(person)) is None else f"{amount:.2f}",
        }
        for person in people.persons
    ]  # fmt: skip


def _owners(case: Case) -> list[tuple[Document, set[Person | None]]]:
    return [(d, {case.people.of(d, c) for c in d.claims}) for d in case.documents]


def _twin(twin: Twin) -> dict[str, Any]:
    """relation: copy, or newer / older / unclear where the same claim is shown in another state."""
    return {"relation": twin.relation, **_claim(twin.one), "of": _claim(twin.first)}


def _claim(placed: Placed) -> dict[str, Any]:
    return {"file": placed.document.file, "claim": placed.number, "claim_id": placed.claim.claim_id}


def _paper(document: Document) -> dict[str, Any]:
    day = first_day(document)
    return {"file": document.file, "kind": document.kind, "day": day.isoformat() if day else None}


def _explanation(line: Any, knowledge: Knowledge) -> dict[str, Any]:
    return {
        "text": line.text,
        "code_meaning": line.code_meaning,
        "units_text": line.units_text,
        "money_text": line.money_text,
        "sources": sources_json(line.sources, knowledge),
    }


def sources_json(ids: Iterable[str], knowledge: Knowledge) -> list[dict[str, Any]]:
    """Sources with their titles; an id without an entry is left out."""
    found = [(name, knowledge.sources[name]) for name in ids if name in knowledge.sources]
    return [{"id": name, "title": s.title, "url": s.url, "as_of": s.as_of.isoformat()} for name, s in found]


def finding_json(finding: Finding, knowledge: Knowledge, lang: Lang) -> dict[str, Any]:
    """The contract's finding."""
    text, question = finding_text(finding, knowledge, lang)
    return {
        "id": finding.id,
        "verdict": finding.verdict,
        "lines": list(finding.lines),
        "amount": None if finding.amount is None else f"{finding.amount:.2f}",
        "text": text,
        "question": question or None,
        "sources": list(finding.sources),
        "detail": _plain(finding.detail),
    }


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return value if isinstance(value, str | int | bool | None) else str(value)
