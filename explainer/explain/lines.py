"""One service line in words: what it was, how it was counted, and who pays."""

from collections.abc import Iterable
from dataclasses import dataclass

from explainer.explain.money import money_phrases
from explainer.explain.phrases import Phrase, said
from explainer.explain.units import units_phrases
from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import Lang, ProcedureEntry
from explainer.knowledge.wording import Blank
from explainer.model.document import Document, ServiceLine


@dataclass(frozen=True, slots=True)
class LineExplanation:
    """One line in plain words: all of it, and its three parts. sources: ids of content/sources."""

    text: str
    code_meaning: str
    units_text: str
    money_text: str
    sources: tuple[str, ...]


def explain_line(line: ServiceLine, document: Document, knowledge: Knowledge, lang: Lang) -> LineExplanation:
    """What was done, how it was counted, and who pays."""
    sent = line.submitted
    changed = sent is not None and sent.code is not None and line.code is not None and sent.code != line.code
    replaced = [Phrase("explain.code.replaced", {"code": line.code, "sent": sent.code})] if changed and sent else []
    units, money = tuple(units_phrases(line, document, knowledge)), tuple(money_phrases(line, document, knowledge))
    meaning = " ".join(part for part in (code_meaning(line, knowledge, lang), said(replaced, knowledge, lang)) if part)
    counted, paid = said(units, knowledge, lang), said(money, knowledge, lang)
    return LineExplanation(
        " ".join(part for part in (meaning, counted, paid) if part),
        meaning,
        counted,
        paid,
        _line_sources(knowledge.procedure(line.code), (*units, *money), knowledge),
    )


def _line_sources(entry: ProcedureEntry | None, phrases: Iterable[Phrase], knowledge: Knowledge) -> tuple[str, ...]:
    cited = [entry.source] if entry else []
    cited += [source for p in phrases if (source := knowledge.wording[p.key].source) is not None]
    return tuple(dict.fromkeys(cited))


def code_meaning(line: ServiceLine, knowledge: Knowledge, lang: Lang) -> str:
    """The service in our words, or the paper's own name for it where we have none."""
    entry = knowledge.procedure(line.code)
    if entry is not None:
        name = entry.name.in_(lang)
        values = {"code": line.code, "name": name[:1].lower() + name[1:] if name[1:2].islower() else name}
        return knowledge.say("explain.code.known", lang, {**values, "plain": entry.plain.in_(lang)})
    department = knowledge.revenue.get(line.revenue_code or "") if line.code is None and line.description is None else None
    if department is not None:
        shown: dict[str, Blank] = {"name": department.name.in_(lang), "plain": department.plain.in_(lang)}
        return knowledge.say("explain.code.department", lang, {"code": line.revenue_code, **shown})
    key = f"explain.code.{'unknown' if line.code else 'none'}{'' if line.description else '-bare'}"
    return knowledge.say(key, lang, {"code": line.code, "description": line.description})
