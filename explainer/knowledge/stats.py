"""Counts of what is known, for `explainer knowledge stats`."""

from typing import Any

from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import LANGS

_SHOWN = ("cpt", "hcpcs", "modifier", "carc", "rarc", "place", "revenue", "icd10", "term", "topic", "fact")


def stats(knowledge: Knowledge) -> dict[str, Any]:
    """Entries by family; phrasings and other entries by language; loaded billing edits; how well sources were read."""
    counts = knowledge.counts()
    phrasings = {lang: sum(len(getattr(t.examples, lang)) for t in knowledge.topics.values()) for lang in LANGS}
    sure = [source.sure for source in knowledge.sources.values()]
    return {
        "families": {f: counts[f] for f in _SHOWN} | {f: n for f, n in counts.items() if f not in _SHOWN},
        "languages": {lang: {"wording": counts["wording"], "phrasings": phrasings[lang]} for lang in LANGS},
        "reading": {"headings": sum(len(e.headings.en) + len(e.headings.es) for e in knowledge.labels.values())},
        "edits": [{"name": e.name, "rows": e.rows, "imported": e.imported.isoformat()} for e in knowledge.edits.editions],
        "sources": {level: sure.count(level) for level in ("verified", "secondary", "unverified")},
    }
