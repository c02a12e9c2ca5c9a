"""What a row of services says: costs in and out of the network, copay or coinsurance where it is plain, visits."""

import re
from dataclasses import dataclass
from decimal import Decimal

_DOLLARS = r"\$\s?[0-9][0-9,]*(?:\.[0-9]{2})?"
_RATE = r"[0-9]{1,3}(?:\.[0-9])?\s?%"
_COPAYS = r"(?:co-?pay(?:ment)?s?|copagos?)"
_SHARES = r"(?:co-?insurance|coseguro|coaseguro)"
_COST = (
    rf"(?:{_DOLLARS}(?:\s(?:de\s)?{_COPAYS})?|(?:copago|coseguro|coaseguro)\s(?:de\s|del\s)?(?:{_DOLLARS}|{_RATE})"
    rf"|{_RATE}(?:\s(?:de\s)?{_SHARES})?|no charge|not covered|not applicable|sin cargo|sin costo|no se cobra"
    r"|no (?:est[áa] )?cubiert[oa]s?|sin cobertura|no tiene cobertura)"
)
_COUNTED = (
    "visit|office visit|day|admission|stay|trip|test|procedure|prescription|service|item|treatment|session|exam|service day|scan|"
    "visita|d[íi]a|admisi[óo]n|estad[íi]a|viaje|prueba|procedimiento|receta|servicio|art[íi]culo|consulta|examen|sesi[óo]n"
)
_UNIT = (
    r"(?:\s?(?:/|per\s|each\s|por\s|cada\s|al\s)\s?(?:(?:primary care|specialist|office|outpatient|retail|home|calendar)\s)?"
    rf"(?:{_COUNTED})s?)"
)
_DEDUCTIBLE = r"(?:deductible|deducible)"
_WAIVED = (
    rf"(?:the |el |la |plan )?{_DEDUCTIBLE} (?:does not apply|doesn't apply|waived|is waived|no aplica|no se aplica)|"
    rf"no {_DEDUCTIBLE}|(?:before|antes de) (?:the |el |your |su )?{_DEDUCTIBLE}"
)
_AFTER = rf"(?:after|despu[ée]s del?|tras)(?: pagar| cumplir)? ?(?:(?:the|your|el|su) )?(?:plan |overall )?{_DEDUCTIBLE}"
_TAIL = rf"(?:{_UNIT}|[;,.]?\s?\(?(?:{_WAIVED}|{_AFTER})\)?)"
_JOIN = r"(?:\s?[;,+]\s?|\s(?:and|then|plus|or|y|luego|m[áa]s|o)\s)"
_CELL = rf"{_COST}{_TAIL}*(?:{_JOIN}{_COST}{_TAIL}*)*"
START = re.compile(_COST, re.I)
_TWO = re.compile(rf"(?P<one>{_CELL})[.;]?\s+(?P<two>{_CELL})(?=[\s.;,]|$)[.;,]?\s?(?P<rest>.*)", re.I | re.S)
_FREE = re.compile(rf"(?:{_WAIVED})(?! (?:to|for|until|on|if|a|para|en|hasta|si)\b)", re.I)
_LATER = re.compile(_AFTER, re.I)
_COPAY = re.compile(rf"({_DOLLARS})\s(?:de\s)?(?:co-?pay(?:ment)?|copago)\b|copago de ({_DOLLARS})", re.I)
_SHARE = re.compile(rf"({_RATE})\s(?:de\s)?{_SHARES}\b|{_SHARES} (?:de|del) ({_RATE})", re.I)
_YEAR = r"(?P<period>(?:calendar|plan|benefit|policy)? ?year|a[ñn]o calendario|a[ñn]o del plan|a[ñn]o de beneficios|a[ñn]o)"
_VISITS = re.compile(
    r"(?<![\d.$-])(?P<count>[0-9]{1,3})[\s-](?:(?:combined|total|outpatient|therapy|office|physical therapy|PT)\s)?"
    r"(?:visits?|sessions?|treatments?|visitas|sesiones)\b"
    r"(?:\s(?:limit|maximum|max|combined|combinadas|are covered|allowed|each|como m[áa]ximo))*"
    rf"\s?(?:/|per|each|every|a|in a|por|al|cada)\s?(?:(?:covered person|person|member|persona) )?(?:per |por )?{_YEAR}",
    re.I,
)
_PERIODS = {
    "calendar year": "calendar-year", "plan year": "plan-year", "benefit year": "plan-year", "policy year": "plan-year",
    "year": "year",
    "año calendario": "calendar-year", "año del plan": "plan-year", "año de beneficios": "plan-year", "año": "year",
}  # fmt: skip
_SAME = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Plain:
    """copay: dollars; coinsurance: percent; after: whether the deductible comes first. None where the words are not plain."""

    copay: Decimal | None = None
    coinsurance: Decimal | None = None
    after: bool | None = None


def two_cells(text: str) -> tuple[str, str, str] | None:
    """In-network cost, out-of-network cost and limits of words that run on without columns; None where they are not plain."""
    match = _TWO.match(_SAME.sub(" ", text).strip())
    return (match["one"].strip(" ;.,"), match["two"].strip(" ;.,"), match["rest"].strip()) if match else None


def plain(cost: str | None) -> Plain:
    """What one cost cell says, where it holds one cost only."""
    text = _SAME.sub(" ", cost or "")
    waived, after = _FREE.search(text), _LATER.search(text)
    ded = None if bool(waived) == bool(after) else not waived
    if len(re.findall(rf"{_DOLLARS}|{_RATE}", text)) != 1:
        return Plain(after=ded)
    copay, share = _COPAY.search(text), _SHARE.search(text)
    if copay:
        return Plain(copay=_number(copay[1] or copay[2]), after=ded)
    return Plain(coinsurance=_number(share[1] or share[2]), after=ded) if share else Plain(after=ded)


def _number(text: str) -> Decimal:
    return Decimal(text.replace("$", "").replace(",", "").replace("%", "").strip())


def visits(text: str | None) -> tuple[int | None, str | None]:
    """The only yearly number of visits in the words, and what it is counted over; None where there is none, or several."""
    found = list(_VISITS.finditer(_SAME.sub(" ", text or "")))
    if len({m["count"] for m in found}) != 1:
        return None, None
    periods = {_PERIODS.get(m["period"].strip().lower().replace("ano", "año"), "year") for m in found}
    return int(found[0]["count"]), periods.pop() if len(periods) == 1 else None
