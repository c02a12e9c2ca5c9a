"""What the reason, remark, group, modifier, place, revenue and diagnosis entries must and must not say."""

import re
from collections.abc import Iterator
from statistics import mean

import pytest
import textstat

from explainer.knowledge.base import Knowledge
from explainer.knowledge.load import read_folder
from explainer.knowledge.schema import Lang, Record, Words
from explainer.paths import data_dir

CARC = """1 2 3 4 5 6 8 11 16 18 19 20 21 22 23 24 26 27 29 31 32 35 39 40 45 49 50 54 55 56 58 59 60 95 96 97 100 107 109 112
116 119 129 131 136 140 142 146 147 149 150 151 152 163 164 166 167 169 170 171 173 174 177 178 179 181 182 183 185 187 193 197
198 200 204 209 210 216 222 226 227 231 234 236 238 242 243 246 251 252 253 256 257 272 273 275 276 279 284 286 287 288 296
A1 B1 B7 B9 B11 B12 B13 B14 B15 B16"""
RARC = """M15 M16 M20 M25 M26 M27 M38 M39 M41 M51 M53 M54 M62 M64 M76 M77 M79 M80 M81 M86 M90 M135 M141 MA01 MA02 MA04 MA07 MA10
MA13 MA18 MA44 MA56 MA59 MA61 MA63 MA67 MA72 MA92 MA130 N4 N19 N20 N29 N30 N54 N56 N95 N115 N122 N130 N179 N180 N211 N216 N290
N362 N381 N386 N390 N393 N418 N425 N428 N430 N431 N432 N435 N522 N640 N781 N782 N783 N822 N830 N862 N864 N865 N866 N867"""
MODIFIERS = """GP GO GN KX CQ CO 59 XE XS XP XU 25 22 24 26 TC 50 LT RT 51 52 53 57 76 77 78 79 80 90 91 93 95 GT GQ FQ 96 97 GA
GX GY GZ AT GC JW JZ PN PO 33 PT CR Q5 Q6 27 EY U1 U2 U3 U4 U5 U6 U7 U8 U9 UA UB UC UD"""
FAMILIES = ("reasons", "remarks", "groups", "modifiers", "places", "revenue", "diagnoses")
KNOWLEDGE = Knowledge(read_folder(data_dir("content"))[0])


def entry(family: str, code: str) -> Record:
    found: Record = getattr(KNOWLEDGE, family)[code]
    return found


def texts(of: Record, lang: Lang, without: str = "") -> list[str]:
    """Every text of an entry in that language, but for one field."""
    return [words.in_(lang) for field, words in of if isinstance(words, Words) and field != without]


def every(lang: Lang, families: tuple[str, ...] = FAMILIES, without: str = "") -> Iterator[tuple[str, str]]:
    for family in families:
        for code, found in getattr(KNOWLEDGE, family).items():
            yield from ((f"{family} {code}", text) for text in texts(found, lang, without))


@pytest.mark.parametrize(
    ("family", "codes"),
    [
        ("reasons", CARC),
        ("remarks", RARC),
        ("modifiers", MODIFIERS),
        ("groups", "CO PR OA PI CR"),
        ("places", "01 02 10 11 12 19 20 21 22 23 24 31 32 49 50 60 61 62 65 71 72 81"),
        ("revenue", "0001 0250 0300 0320 0351 0420 0421 0424 0430 0434 0440 0444 0450 0510 0636"),
        ("diagnoses", "M54.50 M54.2 M25.511 M25.562 M17.11 M75.01 M62.81 R26.2 Z47.1 Z96.651 S83.511D G81.91 I69.351"),
    ],
)
def test_no_code_is_missing(family: str, codes: str) -> None:
    assert not set(codes.split()) - set(getattr(KNOWLEDGE, family))


@pytest.mark.parametrize(
    ("family", "code", "english", "spanish"),
    [
        ("reasons", "1", "deductible", "deducible"),
        ("reasons", "2", "coinsurance", "coseguro"),
        ("reasons", "3", "copay", "copago"),
        ("reasons", "16", "missing information", "falta información"),
        ("reasons", "18", "duplicate", "duplicad"),
        ("reasons", "22", "other insurance", "otro seguro"),
        ("reasons", "23", "first insurer", "primer seguro"),
        ("reasons", "29", "filed too late", "demasiado tarde"),
        ("reasons", "45", "discount", "descuento"),
        ("reasons", "45", "contract price", "precio de contrato"),
        ("reasons", "45", "writes it off", "no la cobra"),
        ("reasons", "50", "medically necessary", "médicamente necesario"),
        ("reasons", "59", "not a denial", "no un rechazo"),
        ("reasons", "96", "not covered", "no está cubierto"),
        ("reasons", "97", "part of another service", "parte de otro servicio"),
        ("reasons", "97", "bundled", "agrupado"),
        ("reasons", "119", "benefit maximum", "máximo del beneficio"),
        ("reasons", "119", "limit reached", "límite"),
        ("reasons", "151", "do not support that many", "no respaldan tantos"),
        ("reasons", "197", "prior authorization", "autorización previa"),
        ("reasons", "204", "not covered by your plan", "no cubierto por su plan"),
        ("remarks", "M15", "paid as part of another service", "parte de otro servicio"),
        ("remarks", "N130", "plan book", "libro de su plan"),
        ("remarks", "N362", "above the maximum", "pasan del máximo"),
        ("remarks", "M27", "frees you", "le libera"),
        ("groups", "CO", "writes this off and may not bill you", "no puede cobrárselos a usted"),
        ("groups", "OA", "does not say who", "no dice quién"),
        ("groups", "PI", "out-of-network provider with no contract", "fuera de la red y sin contrato"),
        ("modifiers", "GP", "physical therapy", "terapia física"),
        ("modifiers", "GO", "occupational therapy", "terapia ocupacional"),
        ("modifiers", "GN", "speech therapy", "terapia del habla"),
        ("modifiers", "KX", "medicare threshold", "umbral anual"),
        ("modifiers", "KX", "not a denial and not a cap", "no es un rechazo ni un tope"),
        ("modifiers", "KX", "medically necessary", "médicamente necesaria"),
        ("modifiers", "CQ", "your share does not go up", "la parte de usted no sube"),
        ("modifiers", "CO", "your share does not go up", "la parte de usted no sube"),
        ("modifiers", "59", "separate, distinct service", "aparte y distinto"),
        ("modifiers", "GA", "sign an abn before", "firmó un abn antes"),
        ("modifiers", "GZ", "provider carries the cost", "el costo lo lleva el proveedor"),
    ],
)
def test_the_words_people_look_for(family: str, code: str, english: str, spanish: str) -> None:
    found = entry(family, code)
    assert english in " ".join(texts(found, "en")).lower()
    assert spanish in " ".join(texts(found, "es")).lower()


@pytest.mark.parametrize(
    ("code", "says", "never"),
    [
        ("226", "asked the provider", "asked you"),
        ("227", "asked you", "asked the provider"),
        ("204", "your plan", "dental"),
        ("97", "another service", "diagnosis"),
        ("50", "necessary", "bundled"),
        ("23", "first insurer", "diagnosis"),
        ("178", "spend-down", "provider"),
        ("185", "clinician", "deductible"),
        ("209", "may not collect", "yours to pay"),
    ],
)
def test_known_mix_ups_stay_unsaid(code: str, says: str, never: str) -> None:
    text = " ".join(texts(entry("reasons", code), "en")).lower()
    assert says in text
    assert never not in text


@pytest.mark.parametrize("lang", ["en", "es"])
def test_nobody_is_accused_and_nothing_is_promised(lang: Lang) -> None:
    never = re.compile(
        r"fraud|illegal|ilegal|unlawful|scam|estafa|cheat|will win|ganará|will be refunded|will be paid|se le devolverá"
        r"|guarantee|garantiza|you must pay|debe pagarlo|\bcap of\b|8-minute",
        re.I,
    )
    assert [(where, text) for where, text in every(lang) if never.search(text)] == []


@pytest.mark.parametrize("code", [code for code, found in KNOWLEDGE.reasons.items() if found.group[0] == "CO"])
def test_a_write_off_is_never_put_on_the_patient(code: str) -> None:
    text = " ".join(texts(entry("reasons", code), "en")).lower()
    assert not re.search(r"you (have to|must|need to) pay|you owe|yours to pay(?<!not yours to pay)", text)


@pytest.mark.parametrize(
    ("flag", "codes"),
    [
        ("protects", "M26 M27 M39 M41 MA10 MA13 MA59 MA72 N781 N782 N783 N830 N862 N864 N865 N866 N867"),
        ("patient_liable", "M38 MA56"),
    ],
)
def test_who_a_remark_frees_or_holds(flag: str, codes: str) -> None:
    assert {code for code, remark in KNOWLEDGE.remarks.items() if getattr(remark, flag)} == set(codes.split())


@pytest.mark.parametrize("code", ["CO", "PT", "CR", "96", "97"])
def test_a_modifier_that_looks_like_something_else_says_so(code: str) -> None:
    assert KNOWLEDGE.modifiers[code].not_to_confuse is not None


def test_every_reason_comes_with_known_groups() -> None:
    wrong = {code: r.group for code, r in KNOWLEDGE.reasons.items() if not r.group or set(r.group) - set(KNOWLEDGE.groups)}
    assert not wrong


@pytest.mark.parametrize("family", ["reasons", "remarks", "modifiers", "groups"])
def test_names_are_short(family: str) -> None:
    names = [e.name.in_(lang) for e in getattr(KNOWLEDGE, family).values() for lang in ("en", "es")]
    assert [name for name in names if not 2 <= len(name.split()) <= 7] == []


@pytest.mark.parametrize("family", FAMILIES)
def test_reading_level(family: str) -> None:
    # Names are headings of two or three words: the measures only hold for sentences.
    textstat.set_lang("en")
    assert mean(textstat.flesch_kincaid_grade(text) for _, text in every("en", (family,), "name")) <= 8
    textstat.set_lang("es")
    try:
        assert mean(textstat.szigriszt_pazos(text) for _, text in every("es", (family,), "name")) >= 55
    finally:
        textstat.set_lang("en")


def test_a_standard_reason_without_a_group_is_known_by_its_name() -> None:
    """Bare, the number may be a payer's own key."""
    assert KNOWLEDGE.remark_or_reason("CARC-50") == ("carc", "50")
    assert KNOWLEDGE.remark_or_reason("50") is None
