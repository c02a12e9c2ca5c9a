"""SVC01: which code a service has, by its qualifier, with modifiers and a description."""

import re
from dataclasses import dataclass

from explainer.model.codes import code_system

_SYSTEMS = {"AD": "CDT", "N4": "NDC", "HP": "HIPPS"}
_OF_REVENUE = "NU"
REVENUE = re.compile(r"\d{3,4}")


@dataclass(frozen=True, slots=True)
class Composite:
    """A code with its set, up to four modifiers and a description; or a revenue code, where the service has no other."""

    code: str | None = None
    system: str | None = None
    modifiers: tuple[str, ...] = ()
    description: str | None = None
    revenue: str | None = None


def composite(text: str, component: str) -> Composite:
    """The parts of SVC01 or SVC06. A bare code without a qualifier is taken where its shape says which set it is of."""
    parts = [part.strip() for part in text.strip().split(component)]
    if len(parts) == 1:
        system = code_system(parts[0])
        return Composite(parts[0] if system else None, system)
    modifiers, description = tuple(m for m in parts[2:6] if m), (parts[6] if len(parts) > 6 else None) or None
    if parts[0] == _OF_REVENUE:
        return Composite(None, None, modifiers, description, parts[1] or None)
    return Composite(parts[1] or None, _system(parts[0], parts[1]), modifiers, description)


def _system(qualifier: str, code: str) -> str | None:
    """HC holds CPT and HCPCS, which their shapes tell apart; other qualifiers name one set, or none that is known."""
    return code_system(code) if qualifier == "HC" else _SYSTEMS.get(qualifier)
