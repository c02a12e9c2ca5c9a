"""What the visit's page offers to take along."""

from dataclasses import dataclass

from explainer.knowledge.schema import Lang
from explainer.sessions import Visit
from explainer.takeaway.calendar import Event, events
from explainer.takeaway.letters import KINDS, fitting
from explainer.takeaway.matter import Matter, matters
from explainer.web.services import Services


@dataclass(frozen=True, slots=True)
class Offer:
    """letters: kinds that these papers call for. others: the rest. days: last days for a calendar."""

    letters: tuple[str, ...]
    others: tuple[str, ...]
    days: tuple[Event, ...]


def matters_of(visit: Visit, services: Services, lang: Lang) -> tuple[Matter, ...]:
    """What the visit's papers are about: the person chosen, with what the talk has told; else each person."""
    return matters(services.check(visit.papers), services.knowledge, lang, visit.context)


def offer_of(visit: Visit, services: Services, lang: Lang) -> Offer | None:
    """The offer; None without a paper."""
    found = matters_of(visit, services, lang)
    if not found:
        return None
    wanted = {kind for matter in found for kind in fitting(matter)}
    return Offer(tuple(k for k in KINDS if k in wanted), tuple(k for k in KINDS if k not in wanted), events(found))
