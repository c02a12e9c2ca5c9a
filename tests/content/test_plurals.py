"""Counts and the words that agree with them: one unit, two units; in every sentence of content, in both languages."""

import re
import string
from collections.abc import Iterator

import pytest

from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import Lang, Plural, WordingEntry
from explainer.knowledge.wording import Blank, render

_NOUNS: dict[str, dict[str, str]] = {
    "en": {
        "units": "unit", "minutes": "minute", "days": "day", "months": "month", "hours": "hour", "visits": "visit",
        "times": "time", "claims": "claim", "lines": "line", "pages": "page", "papers": "paper", "people": "person",
    },
    "es": {
        "unidades": "unidad", "minutos": "minuto", "días": "día", "meses": "mes", "horas": "hora", "visitas": "visita",
        "veces": "vez", "reclamos": "reclamo", "líneas": "línea", "renglones": "renglón", "páginas": "página",
        "papeles": "papel", "personas": "persona",
    },
}  # fmt: skip
_BETWEEN = r"(?:timed |more |other |covered |calendar |otros |otras )?"


def _texts(knowledge: Knowledge) -> Iterator[tuple[str, WordingEntry, Lang, str, bool]]:
    """Every sentence: its key, entry, language, text, and whether it is the one form of several."""
    for key, entry in knowledge.wording.items():
        for lang, said in (("en", entry.en), ("es", entry.es)):
            for text, one in ((said.one, True), (said.other, False)) if isinstance(said, Plural) else ((said, False),):
                yield key, entry, lang, text, one  # type: ignore[misc]


def test_no_count_stands_before_a_word_that_does_not_agree(knowledge: Knowledge) -> None:
    faults = []
    for key, entry, lang, text, one in _texts(knowledge):
        for name, word in re.findall(rf"\{{(\w+)\}} {_BETWEEN}({'|'.join(_NOUNS[lang])})\b", text):
            if name != entry.by or one:
                faults.append(f"{key} ({lang}): {{{name}}} {word}")
    assert faults == []


def _values(text: str, counted: frozenset[str], count: int) -> dict[str, Blank]:
    names = {name for _, name, _, _ in string.Formatter().parse(text) if name}
    return {name: count if name in counted else "X" for name in names}


@pytest.mark.parametrize(("count", "wrong"), [(1, 0), (2, 1)])
def test_counts_of_one_and_of_two_read_right(knowledge: Knowledge, count: int, wrong: int) -> None:
    """Sentences whose blanks name both words, rendered with one and with two of each."""
    tried, faults = 0, []
    for key, entry, lang, text, _ in _texts(knowledge):
        counted = frozenset(name for _, name, words, _ in string.Formatter().parse(text) if name and words)
        if not counted:
            continue
        tried += 1
        known = {**{name: "X" for said in (entry.en, entry.es) for name in _names(said)}, **_values(text, counted, count)}
        for name in (*counted, *([entry.by] if entry.by else ())):
            known[name] = count
        said = render(entry, lang, known)
        pairs = [(plural, singular) for plural, singular in _NOUNS[lang].items()]
        faults += [f"{key} ({lang}): {said}" for pair in pairs if re.search(rf"\b{count} {_BETWEEN}{pair[wrong]}\b", said)]
    assert tried > 100
    assert faults == []


def _names(said: str | Plural) -> set[str]:
    texts = (said.one, said.other) if isinstance(said, Plural) else (said,)
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize(
    ("key", "lang", "values", "says"),
    [
        ("finding.units.day.fits.text", "en", {"units": 1, "minutes": 15}, "1 timed unit fits the 15 minutes"),
        ("finding.units.day.fits.text", "en", {"units": 2, "minutes": 30}, "2 timed units fit the 30 minutes"),
        ("finding.units.day.fits.text", "es", {"units": 1, "minutes": 1}, "1 unidad por tiempo coincide con el 1 minuto impreso"),
        ("finding.units.day.fits.text", "es", {"units": 2, "minutes": 30}, "2 unidades por tiempo coinciden con los 30 minutos"),
        ("finding.units.day.more-minutes.text", "es", {"units": 1, "minutes": 40}, "se cobró 1 unidad por 40 minutos"),
        ("finding.limit.visits.left.text", "en", {"used": 19, "limit": 20, "left": 1}, "19 of 20 visits. 1 is left."),
        ("finding.limit.visits.left.text", "es", {"used": 18, "limit": 20, "left": 2}, "18 de 20 visitas. Quedan 2."),
        ("finding.deadline.appeal.printed-days.text", "en", {"days": 1}, "gives you 1 day to appeal"),
        ("finding.deadline.appeal.printed-days.text", "en", {"days": 180}, "gives you 180 days to appeal"),
    ],
)
def test_a_count_in_words(knowledge: Knowledge, key: str, lang: Lang, values: dict[str, Blank], says: str) -> None:
    assert says in knowledge.say(key, lang, {"where": "X", **values})


@pytest.mark.parametrize(
    ("lang", "what", "said"),
    [
        ("es", "el coseguro", "El total del coseguro va al seguro."),
        ("es", "El Roble", "El total de El Roble va al seguro."),
        ("en", "el coseguro", "The sum de el coseguro."),
    ],
)
def test_de_and_el_are_one_word(lang: Lang, what: str, said: str) -> None:
    entry = WordingEntry(en="The sum de {what}.", es="El total de {what} va a el seguro.")
    assert render(entry, lang, {"what": what}) == said
