"""One person's part of a case: what a page, a letter or a call is about."""

from dataclasses import dataclass
from decimal import Decimal

from explainer.case import Case, owed_by_each, total_of
from explainer.checks.protection import Protection, protection
from explainer.conversation.question import Context, Question
from explainer.conversation.reply import Asked
from explainer.conversation.topics.asked_lines import claims_of_person, paper_of_person
from explainer.conversation.topics.common import Talk, due_of
from explainer.conversation.topics.phone_script import Share, worth_asking
from explainer.conversation.whose import PATIENT
from explainer.episode.days import reports_of
from explainer.explain import MOST_PEOPLE
from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import Lang
from explainer.knowledge.wording import Blank
from explainer.model.document import Claim, Document
from explainer.model.finding import Finding
from explainer.model.people import Person


@dataclass(frozen=True, slots=True)
class Matter:
    """A talk that nobody asked a question in: the person's papers, with the words of a language.

    plans: the plan's papers by day, with the person's claims only, each claim once and in its newest state. bills: theirs.
    asked: the findings that are worth a question. unchecked: those that say what could not be checked.
    sure: whether amounts of these papers may be added up: no two of them tell of one claim without a day.
    """

    talk: Talk
    plans: tuple[Document, ...]
    bills: tuple[Document, ...]
    asked: tuple[Finding, ...]
    unchecked: tuple[Finding, ...]
    sure: bool

    @property
    def lang(self) -> Lang:
        return self.talk.lang

    @property
    def case(self) -> Case:
        return self.talk.case

    @property
    def knowledge(self) -> Knowledge:
        return self.talk.knowledge

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The person's claims on all of the plan's papers."""
        return tuple(claim for document in self.plans for claim in document.claims)

    @property
    def papers(self) -> tuple[Document, ...]:
        """The plan's papers, then the bills."""
        return (*self.plans, *self.bills)

    def say(self, key: str, **values: Blank) -> str:
        """A text of content in the matter's language."""
        return self.knowledge.say(key, self.lang, values)

    def total(self, name: str) -> Decimal | None:
        """The amount over all of the plan's papers; None where two papers tell of one claim and nobody can say which counts."""
        return total_of(self.claims, name) if self.sure and self.claims and not self.talk.mixed else None

    @property
    def owed(self) -> Decimal | None:
        """What the plan's papers say may be owed; None where a claim is open, was taken back, or prints nothing."""
        unsettled = any(claim.status in ("reversed", "pending") for claim in self.claims)
        found = None if unsettled else self.total("patient_owes")
        return None if found is None or found < 0 else found

    @property
    def due(self) -> Decimal | None:
        """What the bill asks for; None without a bill, or where there are several."""
        found = due_of(self.bills[0]) if len(self.bills) == 1 else None
        return found.value if found else None

    def protections(self) -> tuple[Protection, ...]:
        """What the provider may not collect although the paper shows it for the patient."""
        found = (protection(d, self.knowledge) for d in self.plans)
        return tuple(p for p in found if p is not None and p.amount)


def matters(case: Case, knowledge: Knowledge, lang: Lang, context: Context | None = None) -> tuple[Matter, ...]:
    """One matter; where the papers are of several people and the context names none of them, one for each.

    context: what the person told in a conversation, such as the kind of plan. Without a paper about a visit there is no matter.
    """
    context = context or Context()
    if all(document.kind == "sbc" for document in case.documents):
        return ()
    asked, owed = Asked(Question("", lang, "appeal.letter"), case, context, knowledge), owed_by_each(case)
    return tuple(_matter(asked, person, owed.get(person) is not None) for person in _persons(case, context))


def left_out(case: Case, context: Context | None = None) -> int:
    """How many people of the papers have no matter here, since there are too many and nobody chose one."""
    chosen = (context or Context()).facts.get(PATIENT)
    return 0 if case.people.called(chosen) else max(len(case.people.persons) - MOST_PEOPLE, 0)


def _persons(case: Case, context: Context) -> tuple[Person | None, ...]:
    """Whose matters these are; None stands for the only person of papers that are one person's."""
    if not case.people.several:
        return (None,)
    chosen = case.people.called(context.facts.get(PATIENT))
    return (chosen,) if chosen is not None else case.people.persons[:MOST_PEOPLE]


def _matter(asked: Asked, person: Person | None, added: bool) -> Matter:
    case = asked.case
    mine = tuple(d for d in reports_of(case, person) if d.claims)
    paper, claims = _paper(case, person, mine)
    talk = Talk(asked, paper, claims, tuple(line for claim in claims for line in claim.lines), False, person)
    share = Share.of(talk)
    unchecked = tuple(f for f in case.all_findings() if f.verdict == "not-checked" and share.has(f))
    return Matter(talk, mine, talk.bills, worth_asking(talk), unchecked, added or len(mine) < 2)


def _paper(case: Case, person: Person | None, mine: tuple[Document, ...]) -> tuple[Document | None, tuple[Claim, ...]]:
    """The person's main paper with the claims that hold now; another of their papers where newer ones replace all of it."""
    main = paper_of_person(case, person)
    held = next((d for d in mine if main is None or d.paper == main.paper), next(iter(mine), None))
    if main is None or held is None:
        return main, claims_of_person(case, main, person) if main is not None else ()
    return next(d for d in case.documents if d.paper == held.paper), held.claims
