"""Whether two printed providers are two: a bill of one is not set against the plan's paper about the other."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from explainer.model.document import Document

# Words that many providers have in their names: they tell nobody from another.
_COMMON_WORDS = """
a and at by co corp corporation de del doctor dr el for group inc incorporated la las llc llp los ltd md of office pa pc plc
pllc pllp professional professionals provider providers associates assoc services service the y
care center centers centre centro clinic clinics clinica clinico consultants department dept dental facility family health
healthcare hospital medical medicine medico network outpatient partners physician physicians practice practices rehab
rehabilitation rehabilitacion salud servicios solutions specialists system systems wellness
aquatic audiology chiropractic dpt fisica hand language lab laboratory lenguaje nursing occupational ocupacional ortho
orthopaedic orthopaedics orthopedic orthopedics ot otr pediatric pediatrics physical physio physiotherapy pt radiology slp
speech sports sport terapia terapias therapist therapists therapy therapies
account billing bill claim claims collections statement statements in out network
"""
_COMMON = frozenset(_COMMON_WORDS.split())


def telling(name: str | None) -> frozenset[str]:
    """The words of a provider's name that tell it from others, in small letters without accents."""
    plain = unicodedata.normalize("NFKD", name or "").casefold()
    letters = "".join(c for c in plain if not unicodedata.combining(c)).replace("'", "").replace("’", "")
    return frozenset(w for w in re.findall(r"[a-z0-9]+", letters) if len(w) > 1 and w not in _COMMON)


def are_two(one: str | None, other: str | None) -> bool:
    """Whether both names are printed and have no telling word in common, also where one runs its words together."""
    first, second = telling(one), telling(other)
    if not first or not second or first & second:
        return False
    return not any(len(a) > 2 and len(b) > 2 and (a.startswith(b) or b.startswith(a)) for a in first for b in second)


def of_sender(bill: Document, reports: Iterable[Document]) -> tuple[Document, ...]:
    """The plan's papers without the claims of another printed provider than the bill's."""
    return tuple(own for report in reports if (own := _only_theirs(bill, report)).claims)


def _only_theirs(bill: Document, report: Document) -> Document:
    names = [claim.provider for claim in bill.claims] or [None]
    kept = tuple(c for c in report.claims if not all(are_two(name, c.provider) for name in names))
    return report if len(kept) == len(report.claims) else replace(report, claims=kept)
