"""The page to take along: only figures of the papers, at most five questions with whom to ask, one page a person."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pypdfium2
import pytest
from takeaway_cases import CASES, TODAY, dollars, known_amounts

from explainer.case import Case, check_case
from explainer.conversation.question import Context
from explainer.conversation.whose import PATIENT
from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import Lang
from explainer.model.document import AppealNotice, Document, Note
from explainer.model.source import Span
from explainer.takeaway.handout import MOST_ASKED, handouts
from explainer.takeaway.html import articles, handout_file
from explainer.takeaway.pdf import PAPERS, Paper, handout_pdf
from explainer.takeaway.sheet import Part, Sheet
from explainer.takeaway.visits import MOST_VISITS

Open = Callable[..., Case]


def texts(sheet: Sheet) -> list[str]:
    return [t for p in sheet.parts for t in (p.title, *p.texts, *p.items, *(cell for row in p.rows for cell in row))]


def part(sheet: Sheet, name: str) -> Part:
    """The part of that name; an empty one where the page has none."""
    return next((p for p in sheet.parts if p.name == name), Part(name, ""))


def page(case: Case, knowledge: Knowledge, lang: Lang = "en", person: str | None = None) -> Sheet:
    return handouts(case, knowledge, lang, Context(facts={PATIENT: person} if person else {}))[0]


def pdf_text(data: bytes) -> list[str]:
    """The text of each page."""
    document = pypdfium2.PdfDocument(data)
    return [document[n].get_textpage().get_text_range() for n in range(len(document))]


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("name", sorted(CASES))
def test_every_amount_stands_on_the_papers_or_is_their_sum(name: str, lang: Lang, case: Open, knowledge: Knowledge) -> None:
    opened = case(name)
    for sheet in handouts(opened, knowledge, lang):
        assert dollars(texts(sheet)) <= known_amounts(opened)
        assert "{" not in " ".join(texts(sheet))
        assert part(sheet, "limits").texts
        assert len(part(sheet, "ask").items) <= MOST_ASKED
        assert len(part(sheet, "visits").rows) <= MOST_VISITS


@pytest.mark.parametrize("name", sorted(CASES))
def test_both_languages_have_the_same_parts_and_figures(name: str, case: Open, knowledge: Knowledge) -> None:
    opened = case(name)
    for english, spanish in zip(handouts(opened, knowledge, "en"), handouts(opened, knowledge, "es"), strict=True):
        assert [(p.name, len(p.rows), len(p.texts), len(p.items)) for p in english.parts] == [
            (p.name, len(p.rows), len(p.texts), len(p.items)) for p in spanish.parts
        ]
        assert dollars(texts(english)) == dollars(texts(spanish))
        assert english.title != spanish.title


@pytest.mark.parametrize(
    ("name", "where", "says"),
    [
        ("paid", "money", ["I may owe to Willow Street Physical Therapy", "$30.00", "$69.00"]),
        ("paid", "ask", ["nothing needs a question"]),
        ("provider-denial", "ask", ["CO-197", "Ask Willow Street Physical Therapy: Was approval asked for"]),
        ("provider-denial", "deadline", ["May 1, 2027", "notice wins"]),
        ("printed-day", "deadline", ["prints January 11, 2027"]),
        ("printed-day", "phones", ["1-800-633-4227"]),
        ("patient-denial", "ask", ["PR-119", "Ask IRONWOOD CHOICE HEALTH PLAN: Which limit is it"]),
        ("patient-denial", "phones", ["Member help line: 555-0174"]),
        ("bill-above", "money", ["The bill of COTTONWOOD SPINE & SPORT asks for", "$121.40", "$103.40"]),
        ("bill-above", "ask", ["$18.00", "Ask Cottonwood Spine & Sport"]),
        ("bill-above", "deadline", ["already passed", "May 20, 2026"]),
        ("bill-above", "phones", ["Billing office: 555-0127"]),
        ("two-plans", "deadline", ["The EOB of Red Mesa HMO: ", "April 12, 2027", "May 16, 2027"]),
        ("two-plans", "money", ["Saguaro Orthopedic Therapy", "Kestrel Hand Therapy", "$200.00"]),
        ("two-plans", "ask", ["Ask Saguaro Orthopedic Therapy", "Ask IRONWOOD CHOICE HEALTH PLAN"]),
        ("uncovered-apart", "money", ["Not covered, and not in what you may owe", "$38.00"]),
        ("uncovered-apart", "ask", ["Ask SEGURO MÉDICO CALÉNDULA: Which written rule"]),
        ("qmb", "money", ["may not collect it from me"]),
        ("taken-back", "money", ["does not give one amount"]),
    ],
)
def test_what_the_page_says(name: str, where: str, says: list[str], case: Open, knowledge: Knowledge) -> None:
    found = part(page(case(name), knowledge), where)
    said = " ".join((*found.texts, *found.items, *(cell for row in found.rows for cell in row)))
    assert [words for words in says if words not in said] == []


def test_a_share_that_may_not_be_collected_is_not_said_to_be_owed(case: Open, knowledge: Knowledge) -> None:
    said = " ".join(texts(page(case("qmb"), knowledge)))
    assert [words for words in ("I may owe", "Pay the provider") if words in said] == []


def test_a_paper_that_takes_a_claim_back_gives_no_sums(case: Open, knowledge: Knowledge) -> None:
    assert part(page(case("taken-back"), knowledge), "money").rows == ()


def test_people_have_pages_of_their_own(case: Open, knowledge: Knowledge) -> None:
    sheets = handouts(case("two-people"), knowledge, "en")
    names = ("Anna Muster", "Ben Muster")
    assert len(sheets) == 2
    for sheet, mine, other in zip(sheets, names, reversed(names), strict=True):
        said = " ".join((*sheet.about, *texts(sheet)))
        assert mine in said
        assert other not in said
    assert handouts(case("two-people"), knowledge, "en", Context(facts={PATIENT: names[1]})) == sheets[1:]


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("name", ["provider-denial", "patient-denial", "bill-above", "paid"])
def test_a_script_has_four_sentences_with_numbers_of_the_paper(name: str, lang: Lang, case: Open, knowledge: Knowledge) -> None:
    scripts = [p for p in page(case(name), knowledge, lang).parts if p.name == "script"]
    assert scripts
    for script in scripts:
        words = script.texts[0]
        assert words.startswith('"')
        assert words.endswith('"')
        assert ("[your name]" if lang == "en" else "[su nombre]") in words
        assert ("reference number" if lang == "en" else "número de referencia") in words


def test_no_papers_of_a_visit_no_page(case: Open, knowledge: Knowledge) -> None:
    assert handouts(check_case((), knowledge, TODAY), knowledge, "en") == ()
    assert handouts(case("benefits"), knowledge, "en") == ()


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("spoken", [("en",), ("es",), ("en", "es")])
@pytest.mark.parametrize("name", ["paid", "provider-denial", "medicare", "patient-denial", "bill-above", "two-people"])
def test_a_usual_paper_is_one_page(name: str, spoken: tuple[Lang, ...], paper: Paper, case: Open, knowledge: Knowledge) -> None:
    people = tuple(zip(*(handouts(case(name), knowledge, lang) for lang in spoken), strict=True))
    pages = pdf_text(handout_pdf(people, paper))
    assert len(pages) == len(people)
    for sheets, text in zip(people, pages, strict=True):
        assert all(sheet.title in text for sheet in sheets)


@pytest.mark.parametrize("spoken", [("en",), ("en", "es")])
def test_a_paper_that_is_too_much_runs_on(spoken: tuple[Lang, ...], case: Open, knowledge: Knowledge) -> None:
    """Every sentence is still there when it does not fit one page."""
    long = "word " * 120
    sheets = tuple(page(case("bill-above"), knowledge, lang) for lang in spoken)
    wide = tuple(replace(s, parts=(*s.parts, Part("limits", "T", items=tuple(f"{n} {long}" for n in range(40))))) for s in sheets)
    pages = pdf_text(handout_pdf((wide,)))
    assert len(pages) > 1
    said = " ".join(pages)
    assert said.count("word") == 120 * 40 * len(spoken)


@pytest.mark.parametrize("name", ["Nguyễn Thị Ánh", "Łukasz Żółć", "Ñandú Güell", "a<b>&c", "x" * 900, "Evil\u202eeman\x07"])
def test_any_name_is_drawn(name: str, case: Open, documents: Callable[[str], Any], knowledge: Knowledge) -> None:
    claims = tuple(replace(c, patient=name, provider=name) for c in documents("paid")[0].claims)
    sheet = page(case("paid", claims=claims), knowledge)
    said = pdf_text(handout_pdf(((sheet,),)))[0]
    assert "\u202e" not in said
    assert "\x07" not in articles(((sheet,),))
    if name.isprintable() and len(name) < 100:
        assert name in said


def test_the_file_carries_its_style_and_nothing_from_elsewhere(case: Open, knowledge: Knowledge) -> None:
    file = handout_file(((page(case("bill-above"), knowledge, "en"), page(case("bill-above"), knowledge, "es")),))
    assert "<style>" in file
    assert "@page" in file
    assert 'lang="es"' in file
    assert not [word for word in ("<script", "http:", "https:", "src=", "href=", "url(") if word in file]


def _notice(**parts: Any) -> AppealNotice:
    return AppealNotice(Span("p0"), **parts)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"appeal": _notice(last_day=date(2027, 3, 4))}, "March 4, 2027"),
        ({"appeal": _notice(days=60)}, "60 days"),
        ({"phones": (Note("Call. Free help", "555-0100", Span("p0")),)}, "Free help: 555-0100"),
    ],
)
def test_what_the_paper_prints_is_on_the_page(changes: dict[str, Any], says: str, case: Open, knowledge: Knowledge) -> None:
    assert says in " ".join(texts(page(case("paid", **changes), knowledge)))


def test_more_questions_than_fit_are_counted(
    case: Open, documents: Callable[[str], tuple[Document, ...]], knowledge: Knowledge
) -> None:
    """Lines that do not add up: five questions are on the page, and it says how many are not."""
    first = documents("paid")[0]
    line = first.lines[0]
    wrong = tuple(
        replace(line, number=n, service_date=date(2026, 10, n), amounts=replace(line.amounts, allowed=Decimal("61.00")))
        for n in range(1, 8)
    )
    claim = replace(first.claims[0], lines=wrong, totals=replace(first.claims[0].totals, billed=None))
    opened = case("paid", claims=(claim,))
    found = part(page(opened, knowledge), "ask")
    assert len(found.items) == MOST_ASKED
    asked = sum(f.verdict == "ask" for f in opened.all_findings())
    assert asked >= len(wrong)
    assert f"{asked - MOST_ASKED} more questions" in " ".join(found.texts)
