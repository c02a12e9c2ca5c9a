"""Danger to health or life, told by phrases: whole ones, or a part of the body with a sign close by.

Talk of self-harm always counts. Other danger does not where the words tell of something past that was billed or denied.
"""

from explainer.conversation.slots import Heard

_NEAR = 5
_PAIRS = ("chest", "breath", "pills", "numb", "blood", "faint")


def is_danger(heard: Heard) -> bool:
    """Whether the words tell of danger now."""
    if heard.has("danger-self") or _pair(heard, "pills"):
        return True
    told = heard.has("danger") or any(_pair(heard, pair) for pair in _PAIRS)
    return told and not (heard.has("danger-past") and not heard.has("danger-now"))


def _pair(heard: Heard, name: str) -> bool:
    """A part ("chest") and a sign ("squeezing") within a few words of each other."""
    parts = [h for h in heard.hits if h.name == f"danger-{name}-part"]
    signs = [h for h in heard.hits if h.name == f"danger-{name}-sign"]
    return any(abs(part.first - sign.first) <= _NEAR and part.first != sign.first for part in parts for sign in signs)
