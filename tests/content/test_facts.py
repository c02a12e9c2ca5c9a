"""Terms, dated facts, rights and contacts: what holds on a day, what names what, and how plainly it reads."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from statistics import mean
from typing import Any

import pytest
from textstat.textstat import textstatistics

from explainer.knowledge.base import Knowledge
from explainer.knowledge.load import load_raw
from explainer.knowledge.schema import LANGS, Lang
from explainer.paths import data_dir

RANK = {"unverified": 0, "secondary": 1, "verified": 2}
ROLES = {"appeal", "external", "decision_before", "decision_after", "decision_urgent", "receipt"}
RAW = load_raw(data_dir("content"), None)
KNOWN = Knowledge(RAW)


def walk(node: Any, path: str = "") -> Iterator[tuple[str, str, str]]:
    """Every text below a node as (path, key, text)."""
    if isinstance(node, dict):
        for key, below in node.items():
            if isinstance(below, str):
                yield path, key, below
            yield from walk(below, f"{path}/{key}")
    elif isinstance(node, list):
        for below in node:
            if isinstance(below, str):
                yield path, "", below
            yield from walk(below, path)


@pytest.mark.parametrize(
    ("fact", "day", "value"),
    [
        ("medicare.kx-threshold", "2021-12-31", None),
        ("medicare.kx-threshold", "2022-01-01", 2150),
        ("medicare.kx-threshold", "2024-02-29", 2330),
        ("medicare.kx-threshold", "2025-12-31", 2410),
        ("medicare.kx-threshold", "2026-01-01", 2480),
        ("medicare.kx-threshold", "2026-12-31", 2480),
        ("medicare.kx-threshold", "2027-01-01", None),
        ("medicare.kx-threshold", "2031-06-15", None),
        ("medicare.part-b-deductible", "2023-12-31", None),
        ("medicare.part-b-deductible", "2025-06-01", 257),
        ("medicare.part-b-deductible", "2026-01-01", 283),
        ("medicare.part-b-deductible", "2027-01-01", None),
        ("medicare.aic-alj", "2023-07-01", None),
        ("medicare.aic-alj", "2024-01-01", 180),
        ("medicare.aic-court", "2026-12-31", 1960),
        ("medicare.targeted-review", "2028-01-01", None),
        ("aca.out-of-pocket-self", "2024-12-31", None),
        ("aca.out-of-pocket-self", "2026-06-01", 10600),
        ("aca.out-of-pocket-self", "2027-01-01", 12000),
        ("aca.out-of-pocket-self", "2028-01-01", None),
        ("appeal.medicare-advantage.reconsideration", "2024-12-31", 60),
        ("appeal.medicare-advantage.reconsideration", "2025-01-01", 65),
        ("appeal.aca-employer.internal", "2026-11-23", 180),
        ("appeal.aca-employer.external", "2026-11-23", 4),
        ("appeal.medicare.redetermination", "2026-11-23", 120),
        ("appeal.medicare.receipt-presumption", "2026-11-23", 5),
        ("gfe.dispute-over", "2021-12-31", None),
        ("gfe.dispute-over", "2022-01-01", 400),
        ("no.such-fact", "2026-11-23", None),
    ],
)
def test_a_fact_holds_from_its_first_day_until_it_ends(fact: str, day: str, value: int | None) -> None:
    held = KNOWN.fact_on(fact, date.fromisoformat(day))
    assert (held.value if held else None) == value


@pytest.mark.parametrize(
    ("fact", "unit"),
    [
        ("appeal.aca-employer.external", "months"),
        ("appeal.fehb.reconsideration", "months"),
        ("appeal.aca-employer.decision-urgent", "hours"),
        ("medicare.timely-filing", "years"),
        ("medicare.part-b-coinsurance", "percent"),
    ],
)
def test_the_unit_says_what_is_counted(fact: str, unit: str) -> None:
    held = KNOWN.fact_on(fact, date(2026, 11, 23))
    assert held is not None
    assert held.unit == unit


def test_no_figure_rests_on_memory_alone() -> None:
    values = [(name, v) for name, fact in KNOWN.facts.items() for v in fact.values if v.value is not None]
    assert [name for name, v in values if v.sure == "unverified"] == []


def test_nothing_is_surer_than_its_source() -> None:
    dated = [(name, v.source, v.sure) for name, f in KNOWN.facts.items() for v in f.values]
    families = (KNOWN.terms, KNOWN.rights, KNOWN.contacts)
    cited = [(name, e.source, e.sure) for family in families for name, e in family.items()]
    assert [row for row in dated + cited if RANK[row[2]] > RANK[KNOWN.sources[row[1]].sure]] == []


def test_every_source_that_content_names_exists() -> None:
    named = [(f"{family}{path}", text) for family, raw in RAW.items() for path, key, text in walk(raw) if key == "source"]
    assert len(named) > 100
    assert [row for row in named if row[1] not in KNOWN.sources] == []


def test_rights_name_roles_and_facts_that_exist() -> None:
    named = [(plan, role, fact) for plan, rights in KNOWN.rights.items() for role, fact in rights.facts.items()]
    assert [row for row in named if row[1] not in ROLES or row[2] not in KNOWN.facts] == []


@pytest.mark.parametrize(
    ("plan", "role", "amount"),
    [
        ("employer", "appeal", (180, "days")),
        ("employer-self-funded", "external", (4, "months")),
        ("marketplace", "decision_after", (60, "days")),
        ("medicare-original", "receipt", (5, "days")),
        ("medicare-advantage", "appeal", (65, "days")),
        ("medicare-advantage", "receipt", None),
        ("tricare", "appeal", (90, "days")),
        ("fehb", "appeal", (6, "months")),
        ("medicaid", "appeal", (60, "days")),
        ("chip", "appeal", (60, "days")),
        ("cobra", "appeal", (180, "days")),
        ("government-employer", "appeal", (180, "days")),
        ("church", "appeal", (180, "days")),
        ("indian-health", "appeal", (30, "days")),
        ("tricare", "external", (60, "days")),
        ("tricare-for-life", "appeal", None),
        ("va", "appeal", None),
        ("short-term", "appeal", None),
        ("medigap", "appeal", None),
        ("workers-comp", "appeal", None),
        ("auto", "appeal", None),
        ("student", "appeal", None),
        ("none", "appeal", None),
    ],
)
def test_each_kind_of_plan_has_its_own_days_or_none(plan: str, role: str, amount: tuple[int, str] | None) -> None:
    fact = KNOWN.rights[plan].facts.get(role)
    held = KNOWN.fact_on(fact, date(2026, 11, 23)) if fact else None
    assert ((held.value, held.unit) if held else None) == amount


def test_every_kind_of_plan_says_from_when_it_counts() -> None:
    counted = {plan: rights.counted_from for plan, rights in KNOWN.rights.items() if "appeal" in rights.facts}
    from_notice = {plan for plan, start in counted.items() if start == "notice"}
    assert from_notice == {"medicare-advantage", "medicaid", "chip", "tricare", "fehb"}
    assert {plan: KNOWN.rights[plan].filed for plan in counted if KNOWN.rights[plan].filed} == {
        "medicare-original": "arrives",
        "tricare": "mailed",
    }


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("family", ["term", "rights"])
def test_a_phrase_means_one_thing(family: str, lang: Lang) -> None:
    entries = KNOWN.terms if family == "term" else KNOWN.rights
    said = Counter(
        phrase for e in entries.values() for phrase in {e.name.in_(lang).casefold(), *map(str.casefold, getattr(e.also, lang))}
    )
    assert [phrase for phrase, times in said.items() if times > 1] == []


@pytest.mark.parametrize(
    ("lang", "word"),
    # Everyday words of that language which are also the name of a plan.
    [("es", "va"), ("en", "cobra"), ("es", "cobra"), ("en", "aca"), ("es", "aca"), ("en", "medicare"), ("es", "medicare")],
)
def test_an_everyday_word_names_no_plan(lang: Lang, word: str) -> None:
    assert [plan for plan, rights in KNOWN.rights.items() if word in getattr(rights.also, lang)] == []


def test_a_phone_number_was_read_somewhere() -> None:
    assert [name for name, c in KNOWN.contacts.items() if c.phone and c.sure == "unverified"] == []
    assert [name for name, c in KNOWN.contacts.items() if not c.phone and not c.url] == []


@pytest.mark.parametrize(
    "wrong",
    ["982-3059", "10,150", "20,300", "every 3 months", "cada 3 meses", "68-72", "68 to 72", "rule of eights", "3 working days"],
)
def test_a_known_wrong_statement_is_nowhere(wrong: str) -> None:
    families = ("term", "fact", "rights", "contact", "wording")
    assert [path for f in families for path, _, text in walk(RAW[f], f) if wrong in text.casefold()] == []


def _reader(lang: Lang) -> textstatistics:
    reader = textstatistics()
    reader.set_lang(lang)
    return reader


def test_terms_read_plainly_in_english() -> None:
    grades = {key: _reader("en").flesch_kincaid_grade(term.plain.en) for key, term in KNOWN.terms.items()}
    assert mean(grades.values()) <= 8
    assert [key for key, grade in grades.items() if grade > 11] == []


def test_terms_read_plainly_in_spanish() -> None:
    ease = {key: _reader("es").szigriszt_pazos(term.plain.es) for key, term in KNOWN.terms.items()}
    assert mean(ease.values()) >= 55
    assert [key for key, score in ease.items() if score < 40] == []


def test_spanish_says_usted() -> None:
    informal = {"tú", "tu", "tus", "te", "ti", "contigo", "tuyo", "tuya"}
    shown = [(k, w) for k, t in KNOWN.terms.items() for w in (t.plain.es, t.example.es if t.example else "")]
    shown += [(k, c.does.es) for k, c in KNOWN.contacts.items()] + [(k, f.what.es) for k, f in KNOWN.facts.items()]
    assert [key for key, text in shown if informal & set(text.casefold().replace(",", " ").replace(".", " ").split())] == []
