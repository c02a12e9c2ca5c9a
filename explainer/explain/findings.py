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
    key = f"finding.{finding.id}.{finding.case}"
    text = knowledge.say(f"{key}.text", lang, values)
    if "of_claim" in values:
        text = f"{knowledge.say('explain.of-claim', lang, values)} {text}"
    if isinstance(more := finding.values.get("more_key"), str):
        return f"{text} {knowledge.say(f'{more}.text', lang, values)}", knowledge.say(f"{more}.question", lang, values)
    question, about = f"{key}.question", f"finding.{finding.id}.about.{finding.values.get('about_key')}"
    if f"{about}.text" in knowledge.wording:
        text, question = f"{text} {knowledge.say(f'{about}.text', lang, values)}", f"{about}.question"
    return text, knowledge.say(question, lang, values) if question in knowledge.wording else ""


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
