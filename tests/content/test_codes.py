"""The procedure codes: complete, timed as they are billed, told apart, easy to read, and in our own words."""

import re
from collections import defaultdict
from collections.abc import Iterator
from statistics import mean

import pytest
from textstat.textstat import textstatistics

from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import LANGS, Lang, ProcedureEntry

# Minutes of a unit, written down from the reference by hand.
TIMED = {
    15: (
        "97032 97033 97034 97035 97036 97110 97112 97113 97116 97124 97129 97130 97140 97530 97533 97535 97537 97542 97551 97750 "
        "97755 97760 97761 97763 90912 90913 S8948 92627 97810 97811 97813 97814 97151 97152 97153 97154 97155 97156 97157 97158 "
        "0362T 0373T G0151 G0152 G0153 G0155 G0156 G0157 G0158 G0159 G0160 G0161 G0299 G0300 G2168 G2169"
    ),
    10: "98979",
    20: "98980 98981",
    30: "97550 92608 92618 96113",
    60: "97546 92605 92607 92626 96105 96112 96125",
    120: "97545",
}
UNTIMED = (
    "97161 97162 97163 97164 97165 97166 97167 97168 97169 97170 97171 97172 97010 97012 97014 97016 97018 97022 97024 "
    "97026 97028 G0283 G0281 G0329 97037 97039 97139 97150 97552 97597 97598 97602 97605 97606 97607 97608 97610 97799 "
    "95992 95851 95852 20560 20561 29125 29130 29240 29530 29540 92507 92508 92520 92521 92522 92523 92524 92526 92597 "
    "92606 92609 92610 92611 92612 92614 92616 92630 92633 96110 98940 98941 98942 98943 98975 98976 98977 98978 98984 "
    "98985 98986 90791 90792 90832 90833 90834 90836 90837 90838 90839 90840 90846 90847 90853 99202 99203 99204 99205 "
    "99211 99212 99213 99214 99215 96372"
)
LISTED = "99417 G2212 99291 99292 96365 96366 96367 96368 96374 96375 96360 96361 96413 96415"
COMMON = (
    "36415 80053 85025 80048 80061 83036 81001 84443 71046 72100 73030 73560 73562 73630 72148 73221 73721 20610 93000 "
    "93010 90471 G0463 99024 27447 27130"
)
ADD_ONS = {
    "97130": "97129", "97546": "97545", "97551": "97550", "97598": "97597", "90913": "90912", "92618": "92605", "92608": "92607",
    "92627": "92626", "96113": "96112", "97811": "97810", "97814": "97813", "98981": "98980",
}  # fmt: skip
BANDS = {"90832": "16-37", "90834": "38-52", "90837": "53+", "99202": "15+", "99203": "30+", "99204": "45+", "99205": "60+"}
# What the meaning must say, in each language: the intent tells these codes apart.
INTENT = [
    ("97110", ("strength", "endurance", "range of motion", "flexib"), ("fuerza", "resistencia", "movimiento", "flexib")),
    ("97112", ("nerves", "muscles", "balance"), ("nervios", "músculos", "equilibrio", "postura")),
    ("97116", ("walk", "stairs"), ("caminar", "escaleras")),
    ("97140", ("hands", "joints"), ("manos", "articulaciones")),
    ("97150", ("two or more",), ("dos o más",)),
    ("97530", ("daily life", "lifting", "reaching", "chair"), ("vida diaria", "cargar", "alcanzar", "silla")),
]
NOT_OURS = [
    r"each 15 minutes",
    r"each additional",
    r"(1|one) or more (areas|regions)",
    r"therapeutic procedures?",
    r"list separately",
    r"direct \(one-on-one\)",
    r"application of a modality",
    r"initial encounter",
    r"physician or other qualified",
    r"face-to-face with",
]
MONEY_WORDS = {"balance", "fee", "fees", "copay", "deductible", "discount", "current", "paid", "saldo", "corriente", "te"}
TWINS = {frozenset({"97014", "G0283"})}


@pytest.fixture(scope="module")
def procedures() -> dict[str, ProcedureEntry]:
    return dict(Knowledge.load().procedures)


def _timing() -> Iterator[tuple[str, int | None]]:
    for minutes, codes in TIMED.items():
        yield from ((code, minutes) for code in codes.split())
    yield from ((code, None) for code in UNTIMED.split())


def _reader(lang: Lang) -> textstatistics:
    reader = textstatistics()
    reader.set_lang(lang)
    return reader


def _texts(entry: ProcedureEntry, lang: Lang) -> list[str]:
    lists = (entry.examples, entry.used_for, entry.documentation)
    return [entry.name.in_(lang), entry.plain.in_(lang), *(text for one in lists for text in one.in_(lang))]


@pytest.mark.parametrize(("code", "minutes"), list(_timing()))
def test_each_code_is_timed_as_it_is_billed(procedures: dict[str, ProcedureEntry], code: str, minutes: int | None) -> None:
    timing = procedures[code].timing
    assert (timing.unit_minutes, timing.addon_to) == (minutes, timing.addon_to if code == "90840" else ADD_ONS.get(code))


@pytest.mark.parametrize("code", [*LISTED.split(), *COMMON.split()])
def test_the_other_common_codes_are_there(procedures: dict[str, ProcedureEntry], code: str) -> None:
    assert code in procedures


@pytest.mark.parametrize(("code", "band"), list(BANDS.items()))
def test_minutes_of_a_visit_chosen_by_time(procedures: dict[str, ProcedureEntry], code: str, band: str) -> None:
    assert procedures[code].timing.band == band


def test_a_band_of_minutes_rests_on_something_that_was_read(procedures: dict[str, ProcedureEntry]) -> None:
    assert [code for code, entry in procedures.items() if entry.timing.band and entry.sure == "unverified"] == []


def test_what_an_add_on_is_added_to_exists_and_is_none_itself(procedures: dict[str, ProcedureEntry]) -> None:
    bases = {entry.timing.addon_to for entry in procedures.values()} - {None}
    assert {base for base in bases if base not in procedures or procedures[base].timing.addon_to} == set()


def test_a_comparison_names_both_codes_and_both_exist(procedures: dict[str, ProcedureEntry]) -> None:
    bad = [
        (code, other)
        for code, entry in procedures.items()
        for other, words in entry.differs.items()
        if other not in procedures or other == code or any(c not in words.in_(lang) for c in (code, other) for lang in LANGS)
    ]
    assert bad == []


@pytest.mark.parametrize("other", ["97112", "97530", "97140", "97116", "97113", "97150", "97535"])
def test_exercise_is_told_from_its_neighbours(procedures: dict[str, ProcedureEntry], other: str) -> None:
    assert other in procedures["97110"].differs


@pytest.mark.parametrize(("code", "en", "es"), INTENT)
def test_the_meaning_says_the_intent(
    procedures: dict[str, ProcedureEntry], code: str, en: tuple[str, ...], es: tuple[str, ...]
) -> None:
    plain = procedures[code].plain
    assert [word for word in en if word not in plain.en] == []
    assert [word for word in es if word not in plain.es] == []


def test_therapy_codes_have_examples_uses_and_what_is_written_down(procedures: dict[str, ProcedureEntry]) -> None:
    therapy = {code: entry for code, entry in procedures.items() if entry.therapy}
    few = [c for c, e in therapy.items() if not (3 <= len(e.examples.en) <= 6 and 3 <= len(e.used_for.en) <= 6)]
    daily = [c for c, e in therapy.items() if e.timing.unit_minutes == 15 and not e.evaluation and len(e.documentation.en) < 3]
    assert (few, daily) == ([], [])


@pytest.mark.parametrize("therapy_only", [True, False])
def test_the_meanings_are_easy_to_read(procedures: dict[str, ProcedureEntry], therapy_only: bool) -> None:
    chosen = [entry for entry in procedures.values() if entry.therapy or not therapy_only]
    english, spanish = _reader("en"), _reader("es")
    assert mean(english.flesch_kincaid_grade(entry.plain.en) for entry in chosen) <= 8
    assert mean(spanish.szigriszt_pazos(entry.plain.es) for entry in chosen) >= 55


def test_the_words_are_our_own(procedures: dict[str, ProcedureEntry]) -> None:
    theirs = re.compile("|".join(NOT_OURS), re.IGNORECASE)
    assert [(code, t) for code, entry in procedures.items() for t in _texts(entry, "en") if theirs.search(t)] == []


def test_nicknames_are_lower_case_and_mean_one_code(procedures: dict[str, ProcedureEntry]) -> None:
    meant: dict[str, set[str]] = defaultdict(set)
    for code, entry in procedures.items():
        for phrase in (*entry.also.en, *entry.also.es):
            assert phrase == phrase.lower(), (code, phrase)
            assert phrase not in MONEY_WORDS, (code, phrase)
            meant[phrase].add(code)
    assert {phrase: codes for phrase, codes in meant.items() if len(codes) > 1 and frozenset(codes) not in TWINS} == {}


@pytest.mark.parametrize(
    ("phrase", "code"),
    [
        ("hot pack", "97010"),
        ("manual therapy", "97140"),
        ("gait training", "97116"),
        ("ther ex", "97110"),
        ("manual ther", "97140"),
        ("muscle or nerve trai", "97112"),
        ("neuromusc reed", "97112"),
        ("therapeutic act", "97530"),
        ("ejercicios terapéuticos", "97110"),
        ("terapia manual", "97140"),
        ("compresa caliente", "97010"),
        ("dry needling", "20560"),
    ],
)
def test_what_people_and_papers_call_it(procedures: dict[str, ProcedureEntry], phrase: str, code: str) -> None:
    assert phrase in (*procedures[code].also.en, *procedures[code].also.es)


def test_only_known_sources_are_cited(procedures: dict[str, ProcedureEntry]) -> None:
    known = Knowledge.load().sources
    cited = {entry.source for entry in procedures.values()} | {n.source for e in procedures.values() for n in e.notes if n.source}
    assert cited - set(known) == set()


@pytest.mark.parametrize("code", ["97010", "97014", "92605", "97602"])
def test_a_medicare_rule_is_said_where_it_protects_the_patient(procedures: dict[str, ProcedureEntry], code: str) -> None:
    assert any(note.payer == "Medicare" and note.source for note in procedures[code].notes)
