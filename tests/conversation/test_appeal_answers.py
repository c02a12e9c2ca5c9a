"""Answers about appeals: the last day with and without a paper, the steps, the letter, and what comes after a second no."""

from datetime import date
from itertools import product

import papers as p
import pytest
from build import claim, knowledge, line, paper, span

from explainer.case import Case
from explainer.conversation.question import Context, Question, Slots
from explainer.conversation.reply import Asked, Cited, Reply
from explainer.conversation.topics import appeal
from explainer.conversation.topics.common import Talk
from explainer.model.document import AppealNotice, Document

TODAY = date(2026, 11, 23)
NOTICE = date(2026, 9, 30)


def asking(topic: str, *documents: Document, words: str = "", lang: str = "en", today: date = TODAY, **more: object) -> Asked:
    """A question on a known day. `plan` and `dates` are slots; `told` is what was said before; `about` names lines."""
    slots = Slots(plan=more.get("plan"), dates=more.get("dates", ()))  # type: ignore[arg-type]
    question = Question(words, lang, topic, slots, about=more.get("about", ()))  # type: ignore[arg-type]
    return Asked(question, Case(documents, today=today), Context(facts=more.get("told", {})), knowledge())  # type: ignore[arg-type]


def text(reply: Reply, lang: str = "en") -> str:
    """What a person reads."""
    return " ".join(knowledge().say(s.key, lang, s.values) for s in reply.statements)  # type: ignore[arg-type]


def answered(topic: str, *documents: Document, lang: str = "en", **more: object) -> tuple[Reply, str]:
    """The reply to a question of that topic, and its text."""
    reply = appeal.BUILDERS[topic](asking(topic, *documents, lang=lang, **more))  # type: ignore[arg-type]
    return reply, text(reply, lang)


def refused(plan_words: str | None = None, notice: date | None = NOTICE, kind: str = "eob", **fields: object) -> Document:
    """A paper with one paid line and one refused for medical necessity."""
    money = {"billed": "90.00", "allowed": "0.00", "plan_paid": "0.00", "patient_owes": "90.00"}
    paid = {"billed": "80.00", "allowed": "50.00", "plan_paid": "50.00", "patient_owes": "0.00"}
    held = claim(
        line(1, "97535", "SELF CARE TRAINING", keys="PR-50", day="2026-09-02", **money),
        line(2, "97110", "THERAPEUTIC EXERCISE", day="2026-09-02", **paid),
        line(3, "97140", "MANUAL THERAPY", keys="PR-50", day="2026-09-02", **money),
        claim_id="HH-77",
        processed=None,
    )
    notes = {"PR-50": "We found that this care was not needed."}
    return paper(held, kind=kind, notes=notes, plan_words=plan_words, notice_date=notice, **fields)


def notice(
    words: str = "", days: int | None = None, counted_from: str | None = None, last_day: date | None = None
) -> AppealNotice:
    """What a paper prints of appeals."""
    return AppealNotice(span(), days, counted_from, last_day, words)


@pytest.mark.parametrize(
    ("document", "more", "says", "never"),
    [
        (
            refused("employer plan"),
            {},
            ["180 days from the day you got", "September 30, 2026", "March 29, 2027", "your own notice wins"],
            [],
        ),
        (refused(None), {"plan": "employer"}, ["180 days", "March 29, 2027"], []),
        (refused(None), {"told": {"plan": "marketplace"}}, ["180 days", "March 29, 2027"], ["Which kind"]),
        (refused(None), {}, ["depends on the kind of plan", "Which kind of plan"], ["180", "March"]),
        (refused("employer plan", None), {}, ["180 days", "Tell me the date"], ["2027"]),
        (refused(kind="msn"), {}, ["120 days", "January 28, 2027", "5 days after", "February 2, 2027"], ["180"]),
        (refused("Medicare Advantage"), {}, ["65 days from the date of the notice", "December 4, 2026"], ["got it later"]),
        (refused("TRICARE Select"), {}, ["90 days", "December 29, 2026"], []),
        (refused("FEHB"), {}, ["6 months", "March 30, 2027"], []),
        (refused(None), {"plan": "workers-comp"}, ["no number of days"], ["180 days", "2027"]),
        (refused("employer plan", date(2026, 4, 1)), {}, ["September 28, 2026", "already passed", "say why it is late"], []),
        (refused("employer plan", date(2026, 10, 5)), {}, ["April 3, 2027", "weekend"], ["passed"]),
        (
            refused("employer plan", appeal=notice(last_day=date(2027, 1, 15))),
            {},
            ["last day to appeal is January 15, 2027"],
            ["180"],
        ),
        (
            refused("employer plan", appeal=notice("within 60 days of the date you receive this notice", 60)),
            {},
            ["60 days from the day you got it", "November 29, 2026"],
            ["180"],
        ),
        (
            refused(appeal=notice("must be received within 60 days of the notice date", 60)),
            {},
            ["60 days from its date", "November 29, 2026"],
            ["got it later"],
        ),
        (refused(appeal=notice("", 60)), {}, ["60 days", "cannot tell"], ["2026", "2027"]),
        (refused(appeal=notice("You can appeal; see page 4.")), {}, ["see page 4"], ["days"]),
        (None, {"plan": "employer"}, ["180 days", "Tell me the date"], ["2027"]),
        (None, {"plan": "employer", "dates": (date(2026, 9, 30),)}, ["March 29, 2027", "If you got it later"], []),
        (
            None,
            {"plan": "employer", "dates": (date(2026, 10, 2),), "words": "I got the letter October 2"},
            ["March 31, 2027", "the day you named"],
            ["got it later"],
        ),
        (None, {}, ["Which kind of plan"], ["180", "120"]),
        (None, {"told": {"plan": "employer", "notice": "2026-09-30"}}, ["March 29, 2027"], []),
        (None, {"told": {"plan": "employer", "got": "2026-10-02"}}, ["March 31, 2027"], []),
        (refused("employer plan"), {"words": "do I still have time"}, ["There is still time: 126 days"], []),
        (refused("employer plan"), {"words": "how long until they decide"}, ["60 days to answer", "30 days"], ["180"]),
        (refused(kind="msn"), {"words": "how long does Medicare take to respond"}, ["60 days to answer"], ["120"]),
    ],
)
def test_the_last_day_to_appeal(document: Document | None, more: dict[str, object], says: list[str], never: list[str]) -> None:
    _, said = answered("appeal.deadline", *([document] if document else []), **more)
    assert [w for w in says if w not in said] == []
    assert [w for w in never if w in said] == []


@pytest.mark.parametrize(("document", "pending"), [(refused(None), "appeal.deadline"), (refused("employer plan"), None)])
def test_an_unknown_plan_is_asked_back(document: Document, pending: str | None) -> None:
    assert answered("appeal.deadline", document)[0].pending == pending


@pytest.mark.parametrize(("words", "kept"), [("the notice is dated September 30", "notice"), ("I got it September 30", "got")])
def test_a_date_told_is_kept_until_the_plan_is_known(words: str, kept: str) -> None:
    reply, _ = answered("appeal.deadline", words=words, dates=(NOTICE,))
    assert reply.remember[kept] == "2026-09-30"


def test_a_figure_of_the_rule_names_its_fact() -> None:
    reply, _ = answered("appeal.deadline", refused("employer plan"))
    assert Cited("hcgov-appeal", "fact:appeal.aca-employer.internal") in reply.statements[0].support
    assert (reply.values["count"], reply.values["last_day"]) == (180, date(2027, 3, 29))


@pytest.mark.parametrize("document", [refused("employer plan"), refused(kind="msn"), refused(None), None])
def test_deadline_statements_are_short(document: Document | None) -> None:
    talk = Talk.of(asking("denial.next", *([document] if document else [])))
    assert 1 <= len(appeal.deadline_statements(talk)) <= 3


@pytest.mark.parametrize(
    ("documents", "words", "says", "never"),
    [
        (
            (refused("employer plan"),),
            "how do I appeal",
            ["line 1", "line 3", "PR-50", "March 29, 2027", "60 days", "outside of the plan"],
            [],
        ),
        ((refused(kind="msn"),), "how do I appeal", ["mark what you disagree with", "second level"], ["external review"]),
        ((refused("Medicare Advantage"),), "how do I appeal", ["by itself"], []),
        (
            (p.REFUSED,),
            "what should we attach",
            ["therapist's notes", "plan of care", "letter from your doctor", "copy of the EOB"],
            ["Read the"],
        ),
        ((refused("employer plan"),), "how do I ask for an urgent appeal", ["expedited", "72 hours"], []),
        ((refused(None),), "can I appeal for my mother", ["allows it in writing"], []),
        ((p.COPAY,), "how do I appeal", ["no share of this on you"], []),
        ((p.REFUSED,), "how do I appeal", ["correct the claim"], ["no share of this on you"]),
        ((p.UNEVEN,), "how do I appeal", ["no refused line"], []),
        ((), "how do I appeal", ["Ask your plan in writing", "claim number"], ["line 1"]),
    ],
)
def test_how_to_appeal(documents: tuple[Document, ...], words: str, says: list[str], never: list[str]) -> None:
    _, said = answered("appeal.how", *documents, words=words)
    assert [w for w in says if w not in said] == []
    assert [w for w in never if w in said] == []


@pytest.mark.parametrize(
    ("document", "more", "lines", "says", "never"),
    [
        (
            refused("employer plan", member_id="M-4411"),
            {},
            (1, 3),
            [
                "HH-77",
                "M-4411",
                "Dana Fields",
                "Elm Street Therapy",
                "97535",
                "97140",
                "September 2, 2026",
                "We found that this care was not needed",
            ],
            ["97110", "[claim number]"],
        ),
        (refused("employer plan"), {"about": (1,)}, (1,), ["97535", "[member number]"], ["97140", "97110"]),
        (refused("employer plan"), {"about": (2,)}, (2,), ["97110"], ["97535"]),
        (p.BARE, {}, (1, 2), ["[claim number]", "[date of service]", "[name of your plan]"], ["your plan, Appeals"]),
        (p.UNEVEN, {}, (1, 2), ["Dana Fields", "Harvest Health, Appeals", "[code and name of the service]"], ["97110"]),
        (None, {}, (), ["[claim number]", "[code and name of the service]", "[reason on the notice]"], []),
    ],
)
def test_the_letter(
    document: Document | None, more: dict[str, object], lines: tuple[int, ...], says: list[str], never: list[str]
) -> None:
    reply, said = answered("appeal.letter", *([document] if document else []), **more)
    written = " ".join(str(s.values["text"]) for s in reply.statements if s.part == "letter")
    assert reply.lines == lines
    assert [w for w in says if w not in said] == []
    assert [w for w in never if w in written] == []


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize(
    ("today", "keys", "never"),
    [
        (date(2027, 1, 28), {"appeal.deadline.rule-presumed"}, {"appeal.deadline.past", "appeal.deadline.send-now"}),
        (date(2027, 2, 1), {"appeal.deadline.rule-presumed-late", "appeal.deadline.send-now"}, {"appeal.deadline.past"}),
        (date(2027, 11, 25), {"appeal.deadline.rule-presumed-late", "appeal.deadline.past"}, {"appeal.deadline.rule-presumed"}),
    ],
)
def test_a_letter_after_the_last_day_says_so_and_asks_to_be_taken_late(
    lang: str, today: date, keys: set[str], never: set[str]
) -> None:
    reply, said = answered("appeal.letter", refused(kind="msn"), lang=lang, today=today)
    told = {s.key for s in reply.statements}
    late = {"en": "accept it late for good cause", "es": "causa justificada"}[lang]
    assert keys <= told
    assert not never & told
    assert (late in said) == ("appeal.deadline.past" in keys)


@pytest.mark.parametrize(
    ("lang", "words", "says"),
    [
        ("es", "hágame la carta", "A quien corresponda"),
        ("es", "hágame la carta en inglés", "To whom it may concern"),
        ("en", "make a letter in spanish for my dad", "A quien corresponda"),
    ],
)
def test_the_letter_in_the_language_asked_for(lang: str, words: str, says: str) -> None:
    assert says in answered("appeal.letter", refused(None), lang=lang, words=words)[1]


@pytest.mark.parametrize(
    ("plan", "says", "never"),
    [
        ("marketplace", ["outside of the plan", "4 months", "45 days", "must follow"], []),
        ("employer-self-funded", ["4 months", "federal rules"], []),
        ("medicare-original", ["second appeal", "180 days", "60 days", "$200"], ["4 months"]),
        ("medicare-advantage", ["by itself"], ["4 months", "180"]),
        ("medicaid", ["fair hearing"], ["4 months"]),
        ("fehb", ["OPM", "90 days"], ["4 months"]),
        ("workers-comp", ["final letter"], ["months"]),
        (None, ["4 months", "Which kind of plan"], []),
    ],
)
def test_the_next_step_after_a_second_no(plan: str | None, says: list[str], never: list[str]) -> None:
    reply, said = answered("appeal.external", plan=plan)
    assert [w for w in says if w not in said] == []
    assert [w for w in never if w in said] == []
    assert (reply.pending is not None) == (plan is None)


@pytest.mark.parametrize(("topic", "papers", "lang"), list(product(appeal.BUILDERS, p.ALL, ("en", "es"))))
def test_every_paper_gets_an_answer(topic: str, papers: str, lang: str) -> None:
    for plan in (None, "employer", "medicare-original", "medicaid", "va"):
        _, said = answered(topic, *p.ALL[papers], lang=lang, plan=plan)
        assert said
        assert "None" not in said
