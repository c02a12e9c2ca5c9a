"""What the visit's page offers to take along."""

from dataclasses import dataclass

from explainer.case import Case
from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import Lang
from explainer.sessions import Visit
from explainer.takeaway.calendar import Event, events
from explainer.takeaway.letters import KINDS, fitting
from explainer.takeaway.matter import matters


@dataclass(frozen=True, slots=True)
class Offer:
    """letters: kinds that these papers call for. others: the rest. days: last days for a calendar."""

    letters: tuple[str, ...]
    others: tuple[str, ...]
    days: tuple[Event, ...]


def offer_of(visit: Visit, case: Case, knowledge: Knowledge, lang: Lang) -> Offer | None:
    """The offer, by the person chosen and what the talk has told; None without a paper."""
    found = matters(case, knowledge, lang, visit.context)
    if not found:
        return None
    wanted = {kind for matter in found for kind in fitting(matter)}
    return Offer(tuple(k for k in KINDS if k in wanted), tuple(k for k in KINDS if k not in wanted), events(found))
