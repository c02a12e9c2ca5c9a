"""Minutes and units under the two rules that exist, as pure functions over one day's timed services.

Medicare's pooled rule adds the minutes of all 15-minute services of the day, and that total fixes the number of units. The
per-code rule (midpoint rule) looks at each service alone: a unit counts once more than half of it was given, and leftovers are
never pooled. Which one holds is the payer's to say. Untimed services belong to neither and must be left out by the caller.
Minutes are whole minutes of one-on-one treatment; the length of a visit is only the most that these can be.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

UNIT = 15
Fits = Literal["both", "medicare-only", "per-code-only", "neither", "cannot-tell"]
_FITS: Mapping[tuple[bool, bool], Fits] = {
    (True, True): "both",
    (True, False): "medicare-only",
    (False, True): "per-code-only",
    (False, False): "neither",
}


@dataclass(frozen=True, slots=True)
class Window:
    """From the fewest to the most whole minutes, both included."""

    low: int
    high: int

    def holds(self, minutes: int) -> bool:
        """Whether that many minutes lie in the window."""
        return self.low <= minutes <= self.high

    def __add__(self, other: "Window") -> "Window":
        return Window(self.low + other.low, self.high + other.high)


def window(units: int, unit_minutes: int = UNIT) -> Window:
    """The minutes of one service that make so many units of it, where it stands alone. No unit: up to the midpoint.

    A unit counts once its midpoint is passed: 8 minutes of 15, 16 of 30, 31 of 60.
    """
    half = unit_minutes // 2
    low = (units - 1) * unit_minutes + half + 1 if units > 0 else 0
    return Window(low, max(units, 0) * unit_minutes + half)


def pooled_window(units: int) -> Window:
    """The minutes of all 15-minute services of the day together that make so many units in all under Medicare's rule."""
    return window(units)


def per_code_window(units: Mapping[str, int]) -> Window:
    """The minutes that all these 15-minute codes can have had together under the per-code rule.

    Each code has a window of its own and any mix inside them is possible, so the sums of the ends bound the total and every total
    between them can be reached. A code given with 0 units may have had up to 7 minutes.
    """
    total = Window(0, 0)
    for count in units.values():
        total += window(count)
    return total


def pooled_units(minutes: int) -> int:
    """Units in all for the day's timed minutes under Medicare's rule."""
    return own_units(minutes)


def own_units(minutes: int, unit_minutes: int = UNIT) -> int:
    """Units of one service for its own minutes: each counts once its midpoint is passed."""
    return (minutes + (unit_minutes - 1) // 2) // unit_minutes


@dataclass(frozen=True, slots=True)
class Allotment:
    """How Medicare's units of a day fall to the codes. `open` units are still to go, one each, to any of the `tied` codes."""

    total: int
    sure: Mapping[str, int]
    open: int = 0
    tied: tuple[str, ...] = ()

    def allows(self, units: Mapping[str, int]) -> bool:
        """Whether these units per code are one of the ways that the rule leaves; a code not named has none."""
        if sum(units.values()) != self.total or set(units) - set(self.sure):
            return False
        extra = {code: units.get(code, 0) - given for code, given in self.sure.items()}
        return all(more == 0 or (more == 1 and code in self.tied) for code, more in extra.items())


def allot(minutes: Mapping[str, int]) -> Allotment:
    """Medicare's units from the minutes of each 15-minute code: whole blocks first, then the largest leftovers, one unit each.

    The leftovers are never more units than codes that have one, so nobody gets two. Several services of 7 minutes or less that
    together reach 8 come out as one unit of the longest. Equal leftovers at the border are a tie: the therapist chooses.
    """
    given = {code: spent // UNIT for code, spent in minutes.items()}
    left = {code: spent % UNIT for code, spent in minutes.items()}
    total = pooled_units(sum(minutes.values()))
    spare = total - sum(given.values())
    if spare == 0:
        return Allotment(total, given)
    border = sorted(left.values(), reverse=True)[spare - 1]
    above = [code for code, rest in left.items() if rest > border]
    equal = tuple(code for code, rest in left.items() if rest == border)
    for code in above:
        given[code] += 1
    if len(equal) > spare - len(above):
        return Allotment(total, given, spare - len(above), equal)
    return Allotment(total, {**given, **{code: given[code] + 1 for code in equal}})


def per_code(minutes: Mapping[str, int]) -> dict[str, int]:
    """Units of each 15-minute code under the per-code rule."""
    return {code: own_units(spent) for code, spent in minutes.items()}


def fits_minutes(units: Mapping[str, int], minutes: Mapping[str, int]) -> Fits:
    """Which rule gives exactly these units per code from the minutes of each code."""
    own = per_code(minutes)
    codes = set(units) | set(own)
    return _FITS[allot(minutes).allows(units), all(units.get(code, 0) == own.get(code, 0) for code in codes)]


def fits_total(units: Mapping[str, int], total: int | None) -> Fits:
    """Which rule can give these units per code from the day's timed minutes in one sum.

    Only the sum is known, so a rule fits when some split of the minutes over the codes gives these units.
    """
    if total is None:
        return "cannot-tell"
    return _FITS[pooled_window(sum(units.values())).holds(total), per_code_window(units).holds(total)]


def fits_visit(units: Mapping[str, int], visit: int) -> Fits:
    """The same from the length of the whole visit, which is only the most that the timed minutes can be.

    A visit too short for both rules gives "neither", one long enough only for the per-code rule "per-code-only"; otherwise
    nothing is known, since part of a visit is not timed treatment.
    """
    pooled, own = visit >= pooled_window(sum(units.values())).low, visit >= per_code_window(units).low
    return "cannot-tell" if pooled and own else _FITS[pooled, own]


def too_many(units: Mapping[str, int], total: int) -> bool:
    """Whether so many timed minutes are too few for these units under both rules."""
    return total < pooled_window(sum(units.values())).low and total < per_code_window(units).low
