"""What the commonest claims and services look like, as patterns over the text. Nearly all of a long file matches them, and going
through a claim by patterns takes a fraction of the time that cutting its segments one by one does."""

import re
from dataclasses import dataclass

from explainer.readers.x12.loops import OF_CLAIM, OF_LINE
from explainer.readers.x12.separators import Separators

# What may follow a whole claim. Anything else behind it belongs to it in some other way.
_AFTER = ("CLP", "SE", "LX", "PLB", "ST", "GE", "GS", "IEA", "ISA")
_MOST_KINDS = 8

# What may be an amount, and so short that sums of some are exact. Whether it is one is told when it is read. No zero has a minus.
_AMOUNT = r"(?:-(?=[0.]*+[1-9])|)[0-9.]{1,12}+"
AN_AMOUNT = re.compile(_AMOUNT)


@dataclass(frozen=True, slots=True)
class Shapes:
    """Patterns for one set of separators. end: what each segment ends with. first: the end of a segment and the start of a CLP.

    head: a CLP and the claim's own segments, with the groups that `_head` names.
    after: what may follow a claim. service: one service, with the groups that `_common` names. One of another make matches
    without any group, and whatever else stands there as nothing at all.
    """

    element: str
    end: str
    first: str
    after: tuple[str, ...]
    head: re.Pattern[str]
    service: re.Pattern[str]


class ShapeBook:
    """Makes the shapes for each set of separators once. Separators are put into a pattern only as themselves.

    most_elements: no segment that matches has more.
    """

    def __init__(self, most_elements: int) -> None:
        # Behind at most a dozen separators, so many characters cannot bring more elements than that.
        self._most = max(most_elements - 12, 1)
        self._known: dict[tuple[str, str, str], Shapes] = {}

    def shapes(self, separators: Separators, end: str) -> Shapes | None:
        """The shapes for these; None where a file has changed its separators so often that patterns no longer pay."""
        key = (separators.element, separators.segment, end)
        if key not in self._known and len(self._known) < _MOST_KINDS:
            self._known[key] = self._made(*key)
        return self._known.get(key)

    def _made(self, element: str, terminator: str, end: str) -> Shapes:
        e, stop, close = re.escape(element), re.escape(terminator), re.escape(end)
        rest, x = f"[^{stop}]{{0,{self._most}}}+{close}", f"([^{e}{stop}]*+)"
        odd = f"SVC{e}{rest}{_any(OF_LINE, e, rest)}"
        service = f"{_common(x, e, close, rest)}|{odd}|"
        after = tuple(name + element for name in _AFTER)
        names = "".join(_perhaps(f"(NM1{e}{who}{e}{rest.removesuffix(close)}){close}") for who in ("QC", "82"))
        head = f"{_head(x, e, close, rest)}{names}(?P<own>{_any(OF_CLAIM, e, rest)})"
        return Shapes(element, end, f"{end}CLP{element}", after, re.compile(head), re.compile(service))


def _any(names: frozenset[str], e: str, rest: str) -> str:
    """Any number of segments of those names."""
    return f"(?:(?:{'|'.join(sorted(names))}){e}{rest})*+"


def _perhaps(pattern: str) -> str:
    """That or nothing: what is not there is seen by its first letter, quicker than by a question mark."""
    return f"(?:{pattern}|)"


def _head(x: str, e: str, close: str, rest: str) -> str:
    """CLP. Groups: account number, status, charge, payment, the patient's part, the payer's number of the claim.

    Behind it follow, each a group: the patient's NM1 and the provider's, where they stand there; all other segments.
    """
    amount = r"(-?[0-9]{1,9}+(?:\.[0-9]{1,2}+)?+)"
    number = _perhaps(f"{e}[0-9A-Z]{{0,2}}+{_perhaps(f'{e}{x}')}")
    return f"CLP{e}{x}{e}([0-9A-Z]{{1,2}}+){e}{amount}{e}{amount}{_perhaps(f'{e}{amount}?+{number}')}(?:{close}|{e}{rest})"


def _common(x: str, e: str, close: str, rest: str) -> str:
    """A service whose segments stand in the guide's order. x: an element, as a group; rest: that of a segment and its end.

    Groups: SVC01 to SVC05; the first day and the last; up to two CAS, of each the group and reason, and the amount; another
    reason and its amount in the second; all other CAS; the allowed amount; the LQ segments, these and CAS with their ends.
    No other code was sent (SVC06).
    """
    a, kind = f"({_AMOUNT})", f"([A-Z]{{2}}{e}[0-9A-Z]{{1,5}}+)"
    cas, reference, remark = (_any(frozenset((name,)), e, rest) for name in ("CAS", "REF", "LQ"))
    second = f"{kind}{e}{a}(?:{close}|{e}{e}([0-9A-Z]{{1,5}}+){e}{a}{close})"
    other = _perhaps(f"CAS{e}{rest}{cas}")
    return "".join(
        (
            f"SVC{e}{x}{e}{a}{e}{a}(?:{e}{x}(?:{e}([0-9.]{{0,12}}+)(?:{close}|{e}{close})|{close})|{close})",
            _perhaps(f"DTM{e}(?:472|150){e}{x}{close}{_perhaps(f'DTM{e}151{e}{x}{close}')}"),
            _perhaps(f"CAS{e}{kind}{e}{a}{close}{_perhaps(f'CAS{e}{second}')}") + f"({other})",
            _perhaps(f"REF{e}{rest}{reference}"),
            _perhaps(f"AMT{e}(?:B6{e}{a}{close}|(?!B6{e}){rest})"),
            _perhaps(f"QTY{e}{rest}"),
            f"({_perhaps(f'LQ{e}{rest}{remark}')})(?!(?:{'|'.join(sorted(OF_LINE))}){e})",
        )
    )
