"""What a check found, and the question it suggests, in words."""

import re
from datetime import date
from decimal import Decimal

from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import Lang
from explainer.knowledge.wording import Blank
from explainer.model.document import plain_key
from explainer.model.finding import Finding

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


def finding_text(finding: Finding, knowledge: Knowledge, lang: Lang) -> tuple[str, str]:
    """The finding's sentence and the question it suggests; "" for one that needs no question."""
    values = _finding_values(finding, knowledge, lang)
    text = knowledge.say(f"{_key(finding)}.text", lang, values)
    if "of_claim" in values:
        text = f"{knowledge.say('explain.of-claim', lang, values)} {text}"
    if more := _more(finding, knowledge):
        text = f"{text} {knowledge.say(f'{more}.text', lang, values)}"
    if isinstance(after := finding.values.get("after_key"), str):
        text = f"{text} {knowledge.say(after, lang, values)}"
    question = question_of(finding, knowledge)
    return text, knowledge.say(question, lang, values) if question else ""


def question_of(finding: Finding, knowledge: Knowledge) -> str | None:
    """The wording key of the question that the finding suggests; None for one that needs no question."""
    key = f"{_more(finding, knowledge) or _key(finding)}.question"
    return key if key in knowledge.wording else None


def _key(finding: Finding) -> str:
    """The finding's own words; what a newer paper settles is said alike of every kind."""
    return "finding.newer-paper" if finding.case == "newer-paper" else f"finding.{finding.id}.{finding.case}"


def _more(finding: Finding, knowledge: Knowledge) -> str | None:
    """What is said after the finding's own sentence, and asked in place of its question, where there are words for it."""
    more = finding.values.get("more_key")
    return more if isinstance(more, str) and f"{more}.text" in knowledge.wording else None


def _finding_values(finding: Finding, knowledge: Knowledge, lang: Lang) -> dict[str, Blank]:
    values: dict[str, Blank] = {name: _blank(value) for name, value in finding.values.items()}
    numbers: dict[str, Blank] = {"count": len(finding.lines), "lines": tuple(str(n) for n in finding.lines)}
    values["where"] = knowledge.say("explain.where" if finding.lines else "explain.where-none", lang, numbers)
    values.setdefault("count", len(finding.lines))
    for name in ("field", "discipline", "quarter", "whose", "table"):
        if isinstance(key := finding.values.get(f"{name}_key"), str):
            values[name] = knowledge.say(key, lang, values)
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
