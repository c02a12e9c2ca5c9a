"""What somebody asks: a topic, what it is about, and the values they gave. Made from words by `understand`."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from explainer.knowledge.schema import Lang


@dataclass(frozen=True, slots=True)
class Slots:
    """What the words name. Each tuple keeps the order in which the words name them.

    codes: procedure codes ("97110"), whether or not content knows them. keys: adjustment and remark codes as CARC with group
    ("CO-45"), CARC alone when said so ("CARC 45" is "45"), or RARC ("N130"). modifiers: "GP". lines: line numbers of the
    first EOB. minutes, units: numbers said with that word. minutes_by_code: "20 of 97110 and 17 of 97530". amounts: dollars.
    minutes_open: the minutes can be placed neither as services' nor as the whole time, so nothing may be counted from them.
    dates: days named. plan: a key of content/rights ("medicare-original", "employer-self-funded" ...). terms: keys of terms.
    plans: kinds of which any may be meant (then `plan` is None). not_plans: kinds that are not the person's, or no longer.
    supposed: the plan is only thought of ("what if I had Medicare").
    """

    codes: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()
    lines: tuple[int, ...] = ()
    minutes: tuple[int, ...] = ()
    minutes_by_code: tuple[tuple[str, int], ...] = ()
    minutes_open: bool = False
    units: tuple[int, ...] = ()
    amounts: tuple[Decimal, ...] = ()
    dates: tuple[date, ...] = ()
    plan: str | None = None
    plans: tuple[str, ...] = ()
    not_plans: tuple[str, ...] = ()
    supposed: bool = False
    terms: tuple[str, ...] = ()
    unknown_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One question: `topic` is one of the contract's; `slots` holds what this turn's words name.

    `about` lists the lines it is about after references ("the second one", "that code") are settled, and `codes`
    the procedure codes, both taken from earlier turns where this one only points back. `follow_up` is true then.
    """

    words: str
    lang: Lang
    topic: str
    slots: Slots = Slots()
    about: tuple[int, ...] = ()
    codes: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    follow_up: bool = False
    score: float = 0.0
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """What a conversation remembers between turns: what was spoken of, and what the person said of themselves.

    facts: what the person told ("plan", "minutes", "paid"), kept until they say otherwise. last_keys: the statements of the
    last answer; asked, said: marks of the last question and answer, so that none is given twice in a row. answered: the topics
    answered last, latest last. pending: the topic that asked back for a missing fact.
    """

    topic: str | None = None
    about: tuple[int, ...] = ()
    codes: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    slots: Slots = Slots()
    facts: Mapping[str, str] = field(default_factory=dict)
    last_keys: tuple[str, ...] = ()
    asked: str = ""
    said: str = ""
    answered: tuple[str, ...] = ()
    pending: str | None = None
    turns: int = 0

    def told(self, **facts: str) -> "Context":
        """The same, with what the person has now told."""
        return replace(self, facts={**self.facts, **facts})
