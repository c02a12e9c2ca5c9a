"""Rights by kind of plan: what people call their plan, what is asked back, the further steps, fast and late appeals, who pays."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from build import ask, claim, knowledge, line, paper
from test_appeal_answers import answered, notice, refused

from explainer.case import Case
from explainer.conversation.engine import Talker
from explainer.conversation.question import Context, Question, Slots
from explainer.conversation.reply import Asked
from explainer.conversation.topics import BUILDERS
from explainer.model.document import Document

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("words", "plan"),
    [
        ("I have Obamacare", "marketplace"),
        ("tengo Obamacare", "marketplace"),
        ("es un plan del mercado", "marketplace"),
        ("it's an ACA plan", "marketplace"),
        ("we have Medi-Cal", "medicaid"),
        ("tengo Medi-Cal", "medicaid"),
        ("it's through my husband's job", "employer"),
        ("es por el trabajo de mi esposo", "employer"),
        ("my employer pays the claims itself, it is self-funded", "employer-self-funded"),
        ("my kid is on CHIP", "chip"),
        ("mi hijo tiene CHIP", "chip"),
        ("Tricare for life", "tricare-for-life"),
        ("we're on Tricare Prime", "tricare"),
        ("tengo tricare", "tricare"),
        ("I am on COBRA", "cobra"),
        ("I have COBRA from the last job", "cobra"),
        ("I teach, it's the state employee plan", "government-employer"),
        ("soy maestra", "government-employer"),
        ("I work for a church", "church"),
        ("trabajo para una iglesia", "church"),
        ("I use the Indian Health Service", "indian-health"),
        ("Servicio de Salud Indígena", "indian-health"),
        ("I'm a postal worker with PSHB", "fehb"),
        ("tengo el plan del correo", "fehb"),
        ("Blue Cross FEP", "fehb"),
        ("student health plan at my college", "student"),
        ("seguro estudiantil", "student"),
        ("the VA sent me", "va"),
        ("VA community care", "va"),
        ("I got hurt at work", "workers-comp"),
        ("me lastimé en el trabajo", "workers-comp"),
        ("car accident, PIP", "auto"),
        ("short term plan", "short-term"),
        ("Medigap plan G", "medigap"),
        ("Humana Gold Plus", "medicare-advantage"),
        ("my red white and blue card", "medicare-original"),
        # Words that are no plan's name.
        ("la clínica me cobra de más", None),
        ("esto va por mi cuenta", None),
        ("we moved from PR to Texas", None),
        ("vengan acá", None),
    ],
)
def test_what_people_call_their_plan(words: str, plan: str | None, talker: Talker) -> None:
    assert talker.understood(words, "en", Case(today=TODAY), Context()).question.slots.plan == plan


@pytest.mark.parametrize(
    ("plan", "words", "says", "never"),
    [
        (None, "I have medicare, until when", ["120 days", "65 days", "Which one is it"], ["Which kind of plan"]),
        (None, "until when", ["Which kind of plan"], ["120", "65", "180"]),
        ("employer", "until when", ["180 days", "Tell me the date on the notice"], ["Which"]),
        ("cobra", "until when", ["180 days", "COBRA plan"], []),
        ("government-employer", "until when", ["180 days", "state or local"], []),
        ("church", "until when", ["180 days", "church plan"], []),
        ("chip", "until when", ["60 days from the date", "CHIP"], ["Medicaid health plan"]),
        ("medicaid", "until when", ["60 days", "the state for a fair hearing"], []),
        ("indian-health", "until when", ["30 days from the day you got", "Indian Health Service"], []),
        ("tricare", "until when", ["90 days", "postmark"], []),
        ("medicare-original", "until when", ["120 days", "must have arrived"], []),
        ("tricare-for-life", "until when", ["who said no", "120 days", "90 days"], ["no number of days"]),
        ("student", "until when", ["180 days", "ask the school"], ["no number of days"]),
        ("workers-comp", "until when", ["no number of days", "each state", "workers' compensation agency"], ["180", "120"]),
        ("auto", "until when", ["no number of days", "the state's law and your policy"], ["180", "120"]),
        ("va", "until when", ["no number of days", "Call the VA"], ["180", "120"]),
        ("short-term", "until when", ["no number of days", "its own contract"], ["180", "120"]),
        ("none", "until when", ["no appeal to a plan", "dispute the bill"], ["180", "120"]),
    ],
)
def test_the_rule_alone_or_what_is_missing(plan: str | None, words: str, says: list[str], never: list[str]) -> None:
    _, said = answered("appeal.deadline", plan=plan, words=words)
    assert [w for w in says if w not in said] == []
    assert [w for w in never if w in said] == []


@pytest.mark.parametrize(
    ("plan", "says"),
    [
        ("medicare-original", ["serious illness", "a notice that never came", "trouble with English"]),
        ("medigap", ["serious illness"]),
        ("medicare-advantage", ["does not have to"]),
        ("tricare", ["extraordinary"]),
        ("fehb", ["could not control"]),
        ("medicaid", ["state Medicaid office", "a new no starts a new time"]),
        ("employer", ["A plan or Medicare may accept a good reason"]),
    ],
)
def test_what_still_helps_when_it_is_late(plan: str, says: list[str]) -> None:
    _, said = answered("appeal.deadline", plan=plan, dates=(date(2025, 1, 15),), words="the notice is dated 1/15/2025, too late?")
    assert [w for w in ("already passed", "corrected or sent again", *says) if w not in said] == []


@pytest.mark.parametrize(
    ("dates", "says", "never"),
    [
        # 180 days after 2026-06-28 is Christmas; after 2026-06-29, a Saturday; after 2026-07-01, a Monday.
        (date(2026, 6, 28), ["December 25, 2026", "federal holiday", "do not count on it"], ["weekend"]),
        (date(2026, 6, 29), ["December 26, 2026", "weekend", "do not count on it"], ["holiday"]),
        (date(2026, 7, 1), ["December 28, 2026"], ["weekend", "holiday"]),
    ],
)
def test_a_day_on_which_offices_are_closed(dates: date, says: list[str], never: list[str]) -> None:
    _, said = answered("appeal.deadline", plan="employer", dates=(dates,))
    assert [w for w in says if w not in said] == []
    assert [w for w in never if w in said] == []


@pytest.mark.parametrize(
    ("plan", "words", "says", "never"),
    [
        ("cobra", "", ["external review", "4 months", "45 days"], []),
        ("church", "", ["external review", "4 months"], []),
        ("government-employer", "", ["external review"], []),
        ("employer", "does the last day move on a weekend", ["next business day", "do not count on it"], []),
        ("medicaid", "", ["fair hearing", "at least 90 and at most 120 days"], ["external review"]),
        ("chip", "", ["ask the state for a review"], ["fair hearing", "120"]),
        ("tricare", "", ["formal review", "60 days"], []),
        ("indian-health", "", ["Area director", "30 days"], []),
        ("fehb", "", ["OPM", "90 days"], []),
        ("va", "", ["final letter"], ["4 months"]),
    ],
)
def test_after_the_last_no(plan: str, words: str, says: list[str], never: list[str]) -> None:
    _, said = answered("appeal.external", plan=plan, words=words)
    assert [w for w in says if w not in said] == []
    assert [w for w in never if w in said] == []


@pytest.mark.parametrize(
    ("plan", "words", "says", "never"),
    [
        (None, "they are stopping rehab, fast appeal", ["noon of the day after", "review organization"], ["depends on the kind"]),
        ("medicare-advantage", "urgent appeal", ["noon of the day after", "72 hours"], []),
        ("medicare-original", "hospital discharge tomorrow", ["no later than the day of discharge"], []),
        ("medicaid", "urgent appeal", ["72 hours", "within 10 days"], ["noon"]),
        ("employer", "urgent appeal", ["72 hours"], ["noon", "QIO"]),
    ],
)  # fmt: skip
def test_fast_appeals(plan: str | None, words: str, says: list[str], never: list[str]) -> None:
    _, said = answered("appeal.how", plan=plan, words=words)
    assert [w for w in says if w not in said] == []
    assert [w for w in never if w in said] == []


REASONS = [
    ("CO-119", "limit", "which dates did you count", "qué fechas contaron"),
    ("PR-50", "necessity", "Which written rule", "Qué regla escrita"),
    ("PR-197", "authorization", "Was approval needed", "Hacía falta autorización"),
    ("M141", "plan-of-care", "Was my plan of care signed", "plan de tratamiento estaba firmado"),
    ("OA-22", "other-insurance", "Which plan do you have on file", "Qué plan tienen registrado"),
    ("CO-29", "timely", "When did you first send", "Cuándo mandaron"),
    ("PR-27", "eligibility", "From which day to which day", "Desde qué día hasta qué día"),
    ("PR-55", "experimental", "Which rule or study", "Qué regla o estudio"),
]


def unpaid(key: str, owes: str | None = "90.00", network: str | None = None, note: str | None = None, **more: Any) -> Document:
    """A paper with one line that was not paid for that reason."""
    money = {"billed": "90.00", "allowed": "0.00", "plan_paid": "0.00", "patient_owes": owes}
    held = replace(line(1, "97110", "THERAPEUTIC EXERCISE", keys=key, **money), **more)
    return paper(claim(held, network=network), notes={key: note} if note else None)


@pytest.mark.parametrize(("key", "kind", "english", "spanish"), REASONS)
def test_each_reason_says_who_pays_and_what_to_ask(key: str, kind: str, english: str, spanish: str) -> None:
    _, said = ask(BUILDERS, "denial.next", unpaid(key))
    assert english in said
    assert knowledge().say(f"denial.liable.{kind}", "en") in said
    _, dicho = ask(BUILDERS, "denial.next", unpaid(key), lang="es")
    assert spanish in dicho


@pytest.mark.parametrize(
    ("note", "says"),
    [
        ("Benefit maximum reached", "which dates did you count"),
        ("This service requires prior approval", "Was approval needed"),
        ("We consider this maintenance therapy", "maintenance is not covered"),
        ("Payment in error, we are taking back our payment", "Why was this payment taken back"),
    ],
)
def test_the_payers_own_words_tell_the_reason(note: str, says: str) -> None:
    """A1 is the payer's own key here, although X12 has a reason of that name."""
    _, said = ask(BUILDERS, "denial.next", unpaid("A1", note=note))
    assert says in said
    _, why = ask(BUILDERS, "denial.reason", unpaid("A1", note=note))
    assert note in why
    assert "remark says why" not in why


@pytest.mark.parametrize(
    ("document", "says", "never"),
    [
        (unpaid("CO-50", owes="0.00"), "normally may not bill you", "ask your plan before you pay"),
        (unpaid("CO-50", owes=None), "leave line 1", "$0.00"),
        (
            unpaid("A1", owes="0.00", network="in", note="Not covered"),
            "normally may not bill you",
            "ask your plan before you pay",
        ),
        (unpaid("A1", owes="0.00", network="out", note="Not covered"), "ask your plan before you pay", "may not bill you for it"),
        (unpaid("A1", owes="0.00", note="Not covered"), "ask your plan before you pay", "may not bill you for it"),
        (unpaid("CO-97", owes=None), "normally there is nothing to pay", "$0.00"),
        (unpaid("PR-50", modifiers=("GP", "GZ")), "no written notice before the care", "you may owe"),
        (unpaid("PR-50", modifiers=("GP", "GA")), "ask for a copy", "you may owe"),
        (unpaid("PR-50"), "you may owe $90.00", "may not bill you"),
    ],
)
def test_who_owes_is_said_only_where_the_paper_supports_it(document: Document, says: str, never: str) -> None:
    _, said = ask(BUILDERS, "denial.reason", document)
    assert says in said
    assert never not in said


@pytest.mark.parametrize("topic", ["appeal.how", "denial.next", "coverage.authorization"])
def test_no_share_out_of_the_network_is_no_promise(topic: str) -> None:
    document = unpaid("A1", owes="0.00", network="out", note="This service requires prior approval")
    _, said = ask(BUILDERS, topic, document)
    assert "normally may not bill you" not in said


@pytest.mark.parametrize(
    ("topic", "plan", "hedged"),
    [
        ("coverage.medicare-threshold", None, True),
        ("coverage.timely-filing", "medicare-original", True),
        ("bill.help-paying", None, True),
        ("help.records", None, False),
        # There the notice's own date has the last word already.
        ("appeal.deadline", "medicaid", False),
        ("appeal.external", "fehb", False),
    ],
)
def test_a_figure_from_reports_says_so(topic: str, plan: str | None, hedged: bool) -> None:
    question = Question("", "en", topic, Slots(plan=plan))
    reply = BUILDERS[topic](Asked(question, Case(today=TODAY), Context(), knowledge()))
    assert ("common.as-far-as-known" in {s.key for s in reply.statements}) == hedged


def test_a_printed_last_day_holds_for_a_plan_without_a_rule() -> None:
    _, said = answered("appeal.deadline", refused("Workers' compensation", appeal=notice(last_day=date(2027, 1, 15))))
    assert "January 15, 2027" in said
    assert "no number of days" not in said
