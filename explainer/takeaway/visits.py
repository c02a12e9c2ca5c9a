"""What happened: each visit with its services in plain words."""

from collections.abc import Iterable

from explainer.knowledge.wording import Blank, day
from explainer.model.document import Claim, ServiceLine
from explainer.takeaway.matter import Matter
from explainer.takeaway.sheet import Part

MOST_VISITS = 6
_MOST_SERVICES = 6


def visits(matter: Matter) -> Part:
    """The newest visits, a row each, from the plan's papers; from the bills where no plan's paper lists a service."""
    rows = _rows(matter, matter.claims) or _rows(matter, (c for b in matter.bills for c in b.claims))
    more = len(rows) - MOST_VISITS
    texts = (matter.say("handout.visits.more", count=more),) if more > 0 else ()
    return Part("visits", matter.say("handout.visits"), rows=tuple(rows[-MOST_VISITS:]), texts=texts)


def _rows(matter: Matter, claims: Iterable[Claim]) -> list[tuple[str, str]]:
    found: dict[tuple[object, ...], list[str]] = {}
    for claim, line in ((c, x) for c in claims for x in c.lines):
        when = line.service_date or claim.service_date
        key = (when is None, when, claim.provider)
        found.setdefault(key, []).append(_service(matter, line))
    ordered = sorted(found, key=lambda k: (k[0], str(k[1]), str(k[2])))
    return [(_when(matter, key[1]), _told(matter, key[2], found[key])) for key in ordered]


def _when(matter: Matter, when: object) -> str:
    return day(when, matter.lang) if when is not None else matter.say("handout.visits.undated")  # type: ignore[arg-type]


def _told(matter: Matter, provider: object, services: list[str]) -> str:
    names = list(dict.fromkeys(services))
    cut = (*names[:_MOST_SERVICES], matter.say("handout.visits.others")) if len(names) > _MOST_SERVICES else tuple(names)
    values: dict[str, Blank] = {"services": "; ".join(cut)}
    if provider is None:
        return matter.say("handout.visit", **values)
    return matter.say("handout.visit.at", provider=str(provider), **values)


def _service(matter: Matter, line: ServiceLine) -> str:
    """The service in our words with its code; else as the paper names it."""
    entry = matter.knowledge.procedure(line.code)
    if entry is not None:
        return f"{entry.name.in_(matter.lang)} ({line.code})"
    department = matter.knowledge.revenue.get(line.revenue_code or "")
    named = line.description or line.code or (department.name.in_(matter.lang) if department else None)
    return named or matter.say("handout.visit.unnamed")
