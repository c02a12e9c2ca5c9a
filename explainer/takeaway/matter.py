"""One person's part of a case: what a page, a letter or a call is about."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from explainer.case import Case, owed_by, total_of
from explainer.checks.copies import in_time, without
from explainer.checks.protection import Protection, protection
from explainer.conversation.question import Context, Question
from explainer.conversation.reply import Asked
from explainer.conversation.topics.bill_rows import due_of
from explainer.conversation.topics.common import Talk
from explainer.conversation.whose import PATIENT
from explainer.explain import MOST_PEOPLE
from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import Lang
from explainer.knowledge.wording import Blank
from explainer.model.document import Claim, Document


@dataclass(frozen=True, slots=True)
class Matter:
    """A talk that nobody asked a question in: the person's papers, with the words of a language.

    plans: the plan's papers by day, with the person's claims only, each claim once and in its newest state.
    """

    talk: Talk
    plans: tuple[Document, ...]

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
        return (*self.plans, *self.talk.bills)

    def say(self, key: str, **values: Blank) -> str:
        """A text of content in the matter's language."""
        return self.knowledge.say(key, self.lang, values)

    def total(self, name: str) -> Decimal | None:
        """The amount over all of the plan's papers; None where two papers tell of one claim and nobody can say which counts."""
        doubted = len(self.plans) > 1 and owed_by(self.case, self.talk.person) is None
        return None if doubted or not self.claims or self.talk.mixed else total_of(self.claims, name)

    @property
    def owed(self) -> Decimal | None:
        """What the plan's papers say may be owed; None where a claim is open, was taken back, or prints nothing."""
        unsettled = any(claim.status in ("reversed", "pending") for claim in self.claims)
        found = None if unsettled else self.total("patient_owes")
        return None if found is None or found < 0 else found

    @property
    def due(self) -> Decimal | None:
        """What the bill asks for; None without a bill, or where there are several."""
        found = due_of(self.talk.bills[0]) if len(self.talk.bills) == 1 else None
        return found.value if found else None

    def protections(self) -> tuple[Protection, ...]:
        """What the provider may not collect although the paper shows it for the patient."""
        found = (protection(d, self.knowledge) for d in self.plans)
        return tuple(p for p in found if p is not None and p.amount)


def matters(case: Case, knowledge: Knowledge, lang: Lang, context: Context | None = None) -> tuple[Matter, ...]:
    """One matter; where the papers are of several people and the context names none of them, one for each.

    context: what the person told in a conversation, such as the kind of plan. Without papers there is no matter.
    """
    context = context or Context()
    if case.main is None:
        return ()
    several = case.people.several and case.people.called(context.facts.get(PATIENT)) is None
    if not several:
        return (_matter(case, knowledge, lang, context),)
    names = [person.name for person in case.people.persons[:MOST_PEOPLE]]
    return tuple(_matter(case, knowledge, lang, context.told(**{PATIENT: name})) for name in names)


def _matter(case: Case, knowledge: Knowledge, lang: Lang, context: Context) -> Matter:
    facts: Mapping[str, str] = {k: v for k, v in context.facts.items() if v}
    asked = Asked(Question("", lang, "appeal.letter"), case, replace(context, facts=facts), knowledge)
    talk = Talk.of(asked)
    plans = [d for d in in_time(without(case.documents, case.twins.dropped)) if d.kind not in ("bill", "sbc")]
    mine = (d if talk.person is None else case.people.narrowed(d, talk.person) for d in plans)
    return Matter(talk, tuple(d for d in mine if d.claims))
