"""What the commonest claims and services look like, as patterns over the text. Nearly all of a long file matches them, and going
through a claim by one pattern takes a fraction of the time that cutting its segments one by one does."""

import re
from dataclasses import dataclass

from explainer.readers.x12.loops import OF_CLAIM, OF_LINE
from explainer.readers.x12.separators import Separators

# What may follow a whole claim. Anything else behind it belongs to it in some other way.
_AFTER = ("CLP", "SE", "LX", "PLB", "ST", "GE", "GS", "IEA", "ISA")
_MOST_KINDS = 8
# So short that sums of some of them are exact. Whatever else is a number is left to `values`.
_AMOUNT = r"(-?[0-9]{1,11}+(?:\.[0-9]{1,4}+)?+)"


@dataclass(frozen=True, slots=True)
class Shapes:
    """Patterns for one set of separators. end: what each segment ends with. first: the end of a segment and the start of a CLP.

    claim: a whole claim and its end. Groups: its CLP without its end; its own segments; its services.
    service: one service of `claim`, with the groups that `_common` names. One of another make matches without any group.
    """

    element: str
    end: str
    first: str
    claim: re.Pattern[str]
    service: re.Pattern[str]


class ShapeBook:
    """Makes the shapes for each set of separators once. Separators are put into a pattern only as themselves.

    most_elements: no segment that matches has more.
    """

    def __init__(self, most_elements: int) -> None:
        # A segment of so many characters behind its name cannot have more elements than that.
        self._most = max(most_elements - 5, 1)
        self._known: dict[tuple[str, str, str], Shapes] = {}

    def shapes(self, separators: Separators, end: str) -> Shapes | None:
        """The shapes for these; None where a file has changed its separators so often that patterns no longer pay."""
        key = (separators.element, separators.segment, end)
        if key not in self._known and len(self._known) < _MOST_KINDS:
            self._known[key] = self._made(*key)
        return self._known.get(key)

    def _made(self, element: str, terminator: str, end: str) -> Shapes:
        e, stop, close = re.escape(element), re.escape(terminator), re.escape(end)
        rest = f"[^{stop}]{{0,{self._most}}}+{close}"
        service = f"SVC{e}{rest}{_any(OF_LINE, e, rest)}"
        claim = f"(CLP{e}[^{stop}]{{0,{self._most}}}+){close}({_any(OF_CLAIM, e, rest)})((?:{service})*+)(?=(?:{'|'.join(_AFTER)}){e})"
        common = _common(f"([^{e}{stop}]*+)", e, close, rest)
        return Shapes(element, end, f"{end}CLP{element}", re.compile(claim), re.compile(f"{common}|{service}"))


def _any(names: frozenset[str], e: str, rest: str) -> str:
    """Any number of segments of those names."""
    return f"(?:(?:{'|'.join(sorted(names))}){e}{rest})*+"


def _common(x: str, e: str, close: str, rest: str) -> str:
    """A service whose segments stand in the guide's order. x: an element, as a group; a: an amount.

    Groups: SVC01 to SVC05; the first day and the last; a CAS of any group but PR: its group, and reason, amount, quantity, reason
    and amount; a CAS of PR: the same five; the allowed amount; the LQ segments. SVC06, the code that was sent, is empty.
    """
    a, other_amounts = _AMOUNT, f"(?:AMT{e}(?!B6{e}){rest})*+"
    reasons = f"{e}{x}{e}{a}(?:{e}{x}{e}{x}{e}{a})?+{close}"
    return "".join(
        (
            f"SVC{e}{x}{e}{a}{e}{a}(?:{e}{x}(?:{e}{x}{e}?+)?+)?+{close}",
            f"(?:DTM{e}(?:472|150){e}{x}{close}(?:DTM{e}151{e}{x}{close})?+)?+",
            f"(?:CAS{e}((?!PR)[A-Z]{{2}}){reasons})?+(?:CAS{e}PR{reasons})?+",
            _any(frozenset(("REF",)), e, rest),
            f"{other_amounts}(?:AMT{e}B6{e}{a}{close})?+{other_amounts}",
            _any(frozenset(("QTY",)), e, rest),
            f"({_any(frozenset(('LQ',)), e, rest)})(?=SVC{e}|\\Z)",
        )
    )
