"""What was done: the code, its code set, modifiers, count or minutes, place and revenue code of an item."""

from dataclasses import dataclass, field
from decimal import Decimal

from explainer.model.codes import code_system
from explainer.model.source import Span
from explainer.readers.fhir.book import PRODUCTS, CodeBook
from explainer.readers.fhir.codings import Coding, codings, words_of
from explainer.readers.fhir.tree import View

_MINUTES = frozenset({"min", "mins", "minute", "minutes", "mj"})
# An element's name in the current standard and in older ones.
_PRODUCT = ("productOrService", "service", "billcode")


@dataclass(slots=True)
class Service:
    """The fields of a service line but its money, and where each stands. uncertain: read with low confidence."""

    code: str | None = None
    system: str | None = None
    revenue: str | None = None
    place: str | None = None
    description: str | None = None
    modifiers: tuple[str, ...] = ()
    units: Decimal | None = None
    minutes: int | None = None
    uncertain: set[str] = field(default_factory=set)
    places: dict[str, Span] = field(default_factory=dict)


def service_of(item: View, book: CodeBook) -> Service:
    """The service of an item, an added item or a detail."""
    made = Service()
    concept = next((view for name in _PRODUCT if (view := item.one(name))), item.one(_PRODUCT[0]))
    listed = [c for c in codings(concept) if book.entry("ignored", c) is None or book.product(c)]
    _product(made, concept, listed, book)
    _revenue(made, item, listed, book)
    _place(made, item, book)
    _modifiers(made, item)
    _count(made, item.one("quantity"))
    return made


def _product(made: Service, concept: View, listed: list[Coding], book: CodeBook) -> None:
    """The code of the best known set. A code of an unknown system that looks like one of ours is not taken for one."""
    ranked = [(PRODUCTS.index(name), c, name) for c in listed for name in book.product(c) if name in PRODUCTS]
    others = [c for c in listed if not {*PRODUCTS, "revenue"} & {*book.product(c)}]
    text = words_of(concept)
    made.description = text
    if concept:
        made.places["description"] = concept.span
    if ranked:
        _, coding, name = min(ranked, key=lambda found: found[0])
        _set(made, coding, name if name == "NDC" else code_system(coding.code) or name)
    elif others and (others[0].system == "" or code_system(others[0].code) is None):
        _set(made, others[0], code_system(others[0].code))
    elif others:
        made.description = " ".join(filter(None, (others[0].code, text)))


def _set(made: Service, coding: Coding, system: str | None) -> None:
    made.code, made.system = coding.code, system
    made.places["code"] = coding.span


def _modifiers(made: Service, item: View) -> None:
    """Modifiers have two characters. Some Medicare files hold the line's service code among them, and nowhere else."""
    found = [c for m in item.many("modifier") for c in codings(m)[:1]]
    services = [c for c in found if code_system(c.code)]
    if made.code is None and len({c.code for c in services}) == 1:
        _set(made, services[0], code_system(services[0].code))
        made.uncertain.add("code")
    kept = [c for c in found if c.code != made.code]
    made.modifiers = tuple(c.code for c in kept)
    if kept:
        made.places["modifiers"] = kept[0].span


def _revenue(made: Service, item: View, listed: list[Coding], book: CodeBook) -> None:
    own = codings(item.one("revenue"))
    named = [c for c in own if "revenue" in book.product(c)] or own[:1]
    found = named or [c for c in listed if "revenue" in book.product(c)]
    made.description = made.description or words_of(item.one("revenue"))
    if found:
        made.revenue = found[0].code.zfill(4) if found[0].code.isdigit() else found[0].code
        made.places["revenue_code"] = found[0].span


def _place(made: Service, item: View, book: CodeBook) -> None:
    found = [c for c in codings(item.one("locationCodeableConcept")) if "place" in book.product(c)]
    if found:
        made.place = found[0].code.zfill(2) if found[0].code.isdigit() else found[0].code
        made.places["place_of_service"] = found[0].span


def _count(made: Service, quantity: View) -> None:
    """A quantity counted in minutes (anesthesia) is minutes, any other is units."""
    said = quantity.number("value")
    if said is None:
        return
    unit = quantity.text("code") or quantity.text("unit")
    name = "units"
    if unit and unit.value.lower() in _MINUTES and said.value == said.value.to_integral_value() >= 0:
        name, made.minutes = "minutes", int(said.value)
    else:
        made.units = said.value
    made.places[name] = quantity.span
