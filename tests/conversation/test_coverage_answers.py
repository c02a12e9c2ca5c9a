"""Answers about coverage: counts and notes from the paper, the law's figures by day, and words that promise nothing."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product

import papers as p
import pytest
from build import claim, knowledge, line, paper, span

from explainer.case import Case
from explainer.conversation.question import Context, Question, Slots
from explainer.conversation.reply import Asked, Reply
from explainer.conversation.topics import coverage
from explainer.model.document import Accumulator, Document

D = Decimal
TODAY = date(2026, 11, 23)


def answered(
    topic: str, *documents: Document, words: str = "", lang: str = "en", plan: str | None = None, codes: tuple[str, ...] = ()
) -> tuple[Reply, str]:
    """The reply to a question of that topic, and its text."""
    question = Question(words, lang, topic, Slots(plan=plan, codes=codes), codes=codes)  # type: ignore[arg-type]
    reply = coverage.BUILDERS[topic](Asked(question, Case(documents, today=TODAY), Context(), knowledge()))
    return reply, " ".join(knowledge().say(s.key, lang, s.values) for s in reply.statements)  # type: ignore[arg-type]


def visits(used: str | None, limit: str | None, remaining: str | None = None, **more: object) -> Document:
    """A paper that counts visits."""
    numbers = [None if n is None else D(n) for n in (used, limit, remaining)]
    count = Accumulator("visits", span(), used=numbers[0], limit=numbers[1], remaining=numbers[2], **more)  # type: ignore[arg-type]
    return replace(p.COPAY, accumulators=(count,))


def one_refused(key: str, owes: str = "0.00", **fields: object) -> Document:
    """A paper with one refused line."""
    bare = line(1, "97110", "THERAPEUTIC EXERCISE", keys=key, billed="90.00", allowed="0.00", plan_paid="0.00", patient_owes=owes)
    return paper(claim(bare), **fields)  # type: ignore[arg-type]


def in_hospital(network: str = "out") -> Document:
    """A paper for care in a hospital's outpatient department."""
    treated = line(1, "97110", "THERAPEUTIC EXERCISE", billed="90.00", allowed="50.00", plan_paid="20.00", patient_owes="30.00")
    return paper(claim(replace(treated, place_of_service="22"), network=network))


KX = paper(
    claim(
        replace(
            line(1, "97110", "Therapeutic exercises", billed="90.00", allowed="40.00", plan_paid="32.00", patient_owes="8.00"),
            modifiers=("GP", "KX"),
        )
    ),
    kind="msn",
)
LIMIT_NOTE = one_refused("PR-119", "90.00", notes={"PR-119": "Your plan covers 20 visits per calendar year."})
YEARLY = replace(p.MIXED, accumulators=(replace(p.MIXED.accumulators[0], period="calendar-year"),))
POCKET = Accumulator("out-of-pocket", span(), used=D("1200.00"), limit=D("4000.00"), scope="individual")


@pytest.mark.parametrize(
    ("topic", "documents", "more", "says", "never"),
    [
        ("coverage.visits", (visits("18", "20"),), {}, ["18 of 20 visits used", "2 visits are left", "not a unit"], ["$"]),
        ("coverage.visits", (visits("19", "20"),), {}, ["1 visit is left"], ["visits are left"]),
        ("coverage.visits", (visits("20", "20"),), {}, ["limit of 20: 0 are left", "medical need"], []),
        ("coverage.visits", (visits("22", "20", "0"),), {}, ["22 visits used"], ["-2"]),
        (
            "coverage.visits",
            (visits(None, "30", words="30 visits per condition"),),
            {},
            ["limit of 30", "30 visits per condition"],
            ["used, so"],
        ),
        ("coverage.visits", (LIMIT_NOTE,), {}, ["20 visits per calendar year"], ["left."]),
        ("coverage.visits", (p.TWO_VISITS,), {}, ["no visit count", "2 days of service"], []),
        ("coverage.visits", (p.MEDICARE,), {}, ["no limit on the number"], ["To get more"]),
        ("coverage.visits", (), {}, ["without your paper"], ["Your paper shows"]),
        (
            "coverage.visits",
            (visits("18", "20"),),
            {"words": "does the evaluation count"},
            ["evaluation counts as a visit"],
            ["not a unit"],
        ),
        ("coverage.plan-year", (YEARLY,), {}, ["December 31, 2026", "January 1, 2027"], ["Most plans"]),
        ("coverage.plan-year", (LIMIT_NOTE,), {}, ["January 1, 2027"], []),
        ("coverage.plan-year", (p.COPAY,), {}, ["Most plans", "Ask Harvest Health"], ["2027"]),
        ("coverage.plan-year", (), {"words": "do unused visits carry over"}, ["do not carry over"], []),
        (
            "coverage.plan-year",
            (replace(p.COPAY, accumulators=(POCKET,)),),
            {"words": "what is my out of pocket maximum"},
            ["$1,200.00 of a $4,000.00", "$2,800.00 is left"],
            ["$10,600"],
        ),
        ("coverage.plan-year", (), {"words": "what's my out-of-pocket maximum"}, ["2026", "$10,600.00", "$21,200.00"], []),
        ("coverage.medicare-threshold", (KX,), {}, ["$2,480.00", "2026", "KX on line 1", "$3,000.00", "does not stop"], []),
        ("coverage.medicare-threshold", (), {"words": "what was it in 2024"}, ["$2,330.00", "2024"], ["2,480"]),
        ("coverage.medicare-threshold", (), {"words": "and for 2027"}, ["do not have the threshold amount for 2027"], ["2,480"]),
        ("coverage.medicare-threshold", (), {"words": "what's an ABN"}, ["before the care"], ["threshold"]),
        ("coverage.maintenance", (p.MEDICARE,), {}, ["do not have to improve", "skill of a therapist"], ["Other plans"]),
        ("coverage.maintenance", (), {"plan": "employer"}, ["does not bind this kind of plan"], ["do not have to improve"]),
        ("coverage.maintenance", (), {}, ["do not have to improve", "Other plans make their own rule"], []),
        (
            "coverage.necessity",
            (one_refused("CO-50"),),
            {},
            ["fits your problem", "does not put line 1", "rule you used"],
            ["may owe $"],
        ),
        ("coverage.necessity", (one_refused("PR-50", "90.00"),), {}, ["$90.00"], ["does not put"]),
        ("coverage.covered", (p.COPAY,), {"codes": ("97112",)}, ["the plan paid $35.00"], ["97014"]),
        ("coverage.covered", (p.COPAY,), {}, ["line 3", "part of another service"], []),
        (
            "coverage.covered",
            (p.REFUSED,),
            {"codes": ("97140",)},
            ["was not paid", "not a benefit of your plan"],
            ["was covered"],
        ),
        ("coverage.covered", (p.COPAY,), {"codes": ("97150",)}, ["is not on your paper", "Is 97150"], ["the plan paid"]),
        ("coverage.covered", (), {"plan": "marketplace"}, ["must cover rehabilitation", "member card"], ["Part B"]),
        ("coverage.covered", (), {}, ["depends on your plan"], ["Yes"]),
        ("coverage.network", (p.COPAY,), {}, ["In network", "Elm Street Therapy"], ["Out of network"]),
        ("coverage.network", (p.OUT,), {}, ["Out of network: that is how"], ["In network:"]),
        ("coverage.network", (p.BARE,), {}, ["does not say"], ["that is how"]),
        ("coverage.network", (p.MEDICARE,), {}, ["no network", "assignment"], []),
        (
            "coverage.surprise",
            (p.COPAY,),
            {"words": "can they bill me for the discount"},
            ["Normally not", "$30.00"],
            ["may well protect"],
        ),
        ("coverage.surprise", (in_hospital(),), {}, ["may be protected"], ["does not stop", "Normally not"]),
        ("coverage.surprise", (p.OUT,), {}, ["depends on where", "does not stop a bill"], ["Normally not"]),
        (
            "coverage.surprise",
            (),
            {"words": "i had an emergency and got out of network bills"},
            ["may well protect"],
            ["Normally not"],
        ),
        ("coverage.surprise", (), {"words": "does the law cover ground ambulance"}, ["not ground ambulances"], []),
        ("coverage.surprise", (), {"words": "estimate was $400 and bill is $1,100"}, ["$400.00", "120 days", "$25.00"], []),
        ("coverage.surprise", (p.MEDICARE,), {}, ["assignment"], ["No Surprises Act normally"]),
        ("coverage.authorization", (one_refused("CO-197"),), {}, ["CO-197", "does not put line 1"], ["no refusal"]),
        ("coverage.authorization", (p.COPAY,), {}, ["no refusal for a missing approval", "Ask Harvest Health"], []),
        ("coverage.authorization", (), {"plan": "medicare-advantage", "words": "how long does prior auth take"}, ["7 days"], []),
        ("coverage.referral", (), {}, ["two rules", "HMO"], ["7 days"]),
        ("coverage.referral", (p.MEDICARE,), {}, ["does not ask for a referral", "plan of care"], ["HMO"]),
        ("coverage.other-insurance", (p.MEDICARE,), {}, ["Medicare normally pays first", "The $18.00 that this paper"], []),
        ("coverage.other-insurance", (replace(p.MEDICARE, notes=LIMIT_NOTE.notes),), {}, [], ["20 visits"]),
        (
            "coverage.other-insurance",
            (one_refused("CO-22"),),
            {"words": "they say I have other insurance but I don't"},
            ["update your file"],
            [],
        ),
        ("coverage.other-insurance", (), {"plan": "workers-comp"}, ["workers' compensation normally pays first"], []),
        ("coverage.timely-filing", (one_refused("CO-29"),), {}, ["CO-29", "does not put line 1"], []),
        ("coverage.timely-filing", (), {}, ["1 calendar year", "contract"], []),
        ("coverage.timely-filing", (), {"plan": "employer"}, ["contract"], ["calendar year"]),
    ],
)
def test_what_is_said(
    topic: str, documents: tuple[Document, ...], more: dict[str, object], says: list[str], never: list[str]
) -> None:
    _, said = answered(topic, *documents, **more)  # type: ignore[arg-type]
    assert [w for w in says if w not in said] == []
    assert [w for w in never if w in said] == []


def test_visits_left_but_refused_for_the_limit_is_a_question() -> None:
    held = replace(LIMIT_NOTE, accumulators=visits("12", "20").accumulators)
    assert "Something to ask" in answered("coverage.visits", held)[1]


@pytest.mark.parametrize("words", ["i had an emergency", "the anesthesiologist at the hospital", "me atendieron en urgencias"])
def test_a_protected_case_never_begins_with_no(words: str) -> None:
    for lang, documents in product(("en", "es"), ((), (p.COPAY,), (p.OUT,))):
        _, said = answered("coverage.surprise", *documents, words=words, lang=lang)
        assert not said.startswith(("No", "Normal"))


@pytest.mark.parametrize(("topic", "papers", "lang"), list(product(coverage.BUILDERS, p.ALL, ("en", "es"))))
def test_every_paper_gets_an_answer(topic: str, papers: str, lang: str) -> None:
    for plan in (None, "employer", "medicare-original", "medicare-advantage", "medicaid"):
        reply, said = answered(topic, *p.ALL[papers], lang=lang, plan=plan)
        assert reply.topic == topic
        assert said
        assert "None" not in said
