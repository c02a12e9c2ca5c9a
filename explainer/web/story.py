"""The story of several papers as the page shows it: sentences, a row for each day of care, and a small chart of the money."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from explainer.case import Case
from explainer.episode import Story, Teller, story_of
from explainer.episode.days import CareDay
from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import Lang
from explainer.model.people import Person

WIDTH, HEIGHT = 1000, 120
_MOST_BARS = 60


@dataclass(frozen=True, slots=True)
class Bar:
    """One day in the chart, in units of its view box: the plan's part at the bottom, the patient's part on top of it."""

    x: int
    width: int
    plan_y: int
    plan_height: int
    you_y: int
    you_height: int


@dataclass(frozen=True, slots=True)
class Row:
    """One day of care. Amounts are None where the papers do not print them for every line."""

    day: date
    services: str
    billed: Decimal | None
    plan_paid: Decimal | None
    patient_owes: Decimal | None
    refused: bool


@dataclass(frozen=True, slots=True)
class StoryView:
    """sentences: the story in words. bars: empty where an amount is missing or negative."""

    sentences: tuple[str, ...]
    rows: tuple[Row, ...]
    bars: tuple[Bar, ...]


def story_view(case: Case, person: Person | None, knowledge: Knowledge, lang: Lang) -> StoryView | None:
    """The story of the person whose papers are shown; None where there is none to tell."""
    story = story_of(case, knowledge, person)
    if story is None:
        return None
    teller = Teller(story, knowledge, lang)
    return StoryView(teller.sentences(), tuple(_row(day, teller) for day in story.days), _bars(story))


def _row(day: CareDay, teller: Teller) -> Row:
    billed, paid, owes = (day.amount(name) for name in ("billed", "plan_paid", "patient_owes"))
    return Row(day.day, teller.services(day), billed, paid, owes, day.refused)


def _bars(story: Story) -> tuple[Bar, ...]:
    parts = [(day.amount("plan_paid"), day.amount("patient_owes")) for day in story.days]
    known = [(plan, you) for plan, you in parts if plan is not None and you is not None and plan >= 0 and you >= 0]
    highest = max((plan + you for plan, you in known), default=Decimal(0))
    if len(known) != len(parts) or not 1 < len(known) <= _MOST_BARS or not highest:
        return ()
    step = WIDTH // len(known)
    return tuple(_bar(number * step, step, plan, you, highest) for number, (plan, you) in enumerate(known))


def _bar(x: int, step: int, plan: Decimal, you: Decimal, highest: Decimal) -> Bar:
    low, high = int(plan * HEIGHT / highest), int(you * HEIGHT / highest)
    gap = max(step // 6, 1)
    return Bar(x + gap, step - 2 * gap, HEIGHT - low, low, HEIGHT - low - high, high)
