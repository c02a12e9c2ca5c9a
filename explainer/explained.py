"""Explained papers as the contract's JSON: a document with its explanations and findings, and the case."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from explainer.case import Case
from explainer.explain import case_summary, explain_line, finding_text, summary
from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import Lang
from explainer.model.document import Document
from explainer.model.finding import Finding


def explained_json(document: Document, plain: dict[str, Any], case: Case, knowledge: Knowledge, lang: Lang) -> dict[str, Any]:
    """`plain` (the document's own JSON) with an explanation on every line, a summary and the paper's findings."""
    words = {line.number: _explanation(explain_line(line, document, knowledge, lang), knowledge) for line in document.lines}
    claims = [_with_words(claim, words) for claim in plain["claims"]]
    findings = [finding_json(f, knowledge, lang) for f in case.findings_of(document.paper)]
    return {**plain, "claims": claims, "summary": summary(document, knowledge, lang), "findings": findings}


def _with_words(claim: dict[str, Any], words: dict[int, dict[str, Any]]) -> dict[str, Any]:
    return {**claim, "lines": [{**line, "explanation": words[line["line"]]} for line in claim["lines"]]}


def case_json(case: Case, knowledge: Knowledge, lang: Lang) -> dict[str, Any]:
    """What only shows across papers."""
    across = [finding_json(f, knowledge, lang) for f in case.findings_of("")]
    return {"case": {"summary": case_summary(case, knowledge, lang), "findings": across}}


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
