"""The two unit rules. The worked examples are the Medicare manual's own figures and some of ours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.checks.units import (
    Window,
    allot,
    fits_minutes,
    fits_total,
    fits_visit,
    own_units,
    per_code,
    per_code_window,
    pooled_units,
    pooled_window,
    too_many,
    window,
)

MINUTES = st.dictionaries(st.sampled_from("ABCDE"), st.integers(0, 120), min_size=1)


@pytest.mark.parametrize(
    ("units", "low", "high"),
    [
        (0, 0, 7),
        (1, 8, 22),
        (2, 23, 37),
        (3, 38, 52),
        (4, 53, 67),
        (5, 68, 82),
        (6, 83, 97),
        (7, 98, 112),
        (8, 113, 127),
    ],
)
def test_minutes_of_units(units: int, low: int, high: int) -> None:
    assert window(units) == pooled_window(units) == Window(low, high)
    assert {pooled_units(m) for m in range(low, high + 1)} == {units}


@pytest.mark.parametrize(
    ("length", "units", "low", "high"),
    [
        (30, 1, 16, 45),
        (60, 1, 31, 90),
        (60, 2, 91, 150),
        (120, 1, 61, 180),
        (30, 0, 0, 15),
    ],
)
def test_other_lengths_pass_their_midpoint(length: int, units: int, low: int, high: int) -> None:
    assert window(units, length) == Window(low, high)
    assert [own_units(m, length) for m in (low, high, high + 1)] == [units, units, units + 1]


WORKED = [
    ("cms-1", {"97112": 24, "97110": 23}, {"97112": 2, "97110": 1}, {"97112": 2, "97110": 2}),
    ("cms-3", {"97110": 33, "97140": 7}, {"97110": 2, "97140": 1}, {"97110": 2, "97140": 0}),
    (
        "cms-4",
        {"97110": 18, "97140": 13, "97116": 10, "97035": 8},
        {"97110": 1, "97140": 1, "97116": 1, "97035": 0},
        {"97110": 1, "97140": 1, "97116": 1, "97035": 1},
    ),
    ("ours-7", {"97110": 53}, {"97110": 4}, {"97110": 4}),
    ("ours-8", {"97110": 45}, {"97110": 3}, {"97110": 3}),
    ("ours-9", {"97110": 7}, {"97110": 0}, {"97110": 0}),
    ("ours-10", {"97110": 38, "97530": 22}, {"97110": 3, "97530": 1}, {"97110": 3, "97530": 1}),
]


@pytest.mark.parametrize(("minutes", "pooled", "own"), [row[1:] for row in WORKED], ids=[row[0] for row in WORKED])
def test_worked_examples(minutes: dict[str, int], pooled: dict[str, int], own: dict[str, int]) -> None:
    allotment = allot(minutes)
    assert (dict(allotment.sure), allotment.open) == (pooled, 0)
    assert per_code(minutes) == own


TIES = [
    ("cms-2", {"97112": 20, "97110": 20}, 3, {"97112": 1, "97110": 1}, 1, {"97112": 1, "97110": 1}),
    (
        "cms-5",
        {"97112": 7, "97110": 7, "97140": 7},
        1,
        {"97112": 0, "97110": 0, "97140": 0},
        1,
        {"97112": 0, "97110": 0, "97140": 0},
    ),
    ("ours-6", {"97110": 8, "97140": 8}, 1, {"97110": 0, "97140": 0}, 1, {"97110": 1, "97140": 1}),
]


@pytest.mark.parametrize(("minutes", "total", "sure", "spare", "own"), [row[1:] for row in TIES], ids=[row[0] for row in TIES])
def test_ties_stay_open(minutes: dict[str, int], total: int, sure: dict[str, int], spare: int, own: dict[str, int]) -> None:
    allotment = allot(minutes)
    assert (allotment.total, dict(allotment.sure), allotment.open) == (total, sure, spare)
    assert set(allotment.tied) == set(minutes)
    assert per_code(minutes) == own
    for code in minutes:
        assert allotment.allows({**sure, code: sure[code] + 1})
    assert not allotment.allows(sure)


def test_a_partial_tie_gives_the_clear_one_first() -> None:
    allotment = allot({"A": 13, "B": 10, "C": 10})
    assert (allotment.total, dict(allotment.sure), allotment.open, set(allotment.tied)) == (
        2,
        {"A": 1, "B": 0, "C": 0},
        1,
        {"B", "C"},
    )


@pytest.mark.parametrize(
    ("units", "total", "fits"),
    [
        ({"97110": 2}, None, "cannot-tell"),
        ({"97110": 2}, 30, "both"),
        ({"97110": 2}, 22, "neither"),
        ({"97110": 2, "97140": 1, "97530": 1}, 60, "both"),
        ({"97110": 2, "97140": 1, "97530": 1}, 45, "per-code-only"),
        ({"97110": 2, "97140": 1, "97530": 1}, 38, "neither"),
        ({"97110": 1, "97140": 1}, 38, "per-code-only"),
        ({"97110": 1, "97140": 0}, 29, "per-code-only"),
        ({"97110": 1}, 29, "neither"),
    ],
)
def test_units_against_one_total(units: dict[str, int], total: int | None, fits: str) -> None:
    assert fits_total(units, total) == fits


@pytest.mark.parametrize(
    ("units", "minutes", "fits"),
    [
        ({"A": 2, "B": 1}, {"A": 33, "B": 7}, "medicare-only"),
        ({"A": 2, "B": 2}, {"A": 24, "B": 23}, "per-code-only"),
        ({"A": 3, "B": 1}, {"A": 38, "B": 22}, "both"),
        ({"A": 1, "B": 2}, {"A": 24, "B": 23}, "neither"),
        ({"A": 2, "B": 1}, {"A": 20, "B": 20}, "medicare-only"),
        ({"A": 1, "C": 1}, {"A": 30}, "neither"),
    ],
)
def test_units_against_minutes_of_each(units: dict[str, int], minutes: dict[str, int], fits: str) -> None:
    assert fits_minutes(units, minutes) == fits


@pytest.mark.parametrize(("visit", "fits"), [(60, "cannot-tell"), (53, "cannot-tell"), (50, "per-code-only"), (30, "neither")])
def test_a_visit_is_only_the_most(visit: int, fits: str) -> None:
    assert fits_visit({"97110": 2, "97140": 1, "97530": 1}, visit) == fits


@given(MINUTES)
def test_the_two_directions_agree(minutes: dict[str, int]) -> None:
    allotment, own, total = allot(minutes), per_code(minutes), sum(minutes.values())
    assert pooled_window(allotment.total).holds(total)
    assert allotment.total == sum(allotment.sure.values()) + allotment.open
    assert all(window(own[code]).holds(spent) for code, spent in minutes.items())
    assert per_code_window(own).holds(total)
    assert fits_total(own, total) in ("both", "per-code-only")
    assert fits_minutes(own, minutes) in ("both", "per-code-only")
    assert not too_many(own, total)


@given(MINUTES)
def test_allotting_respects_whole_blocks_and_leftovers(minutes: dict[str, int]) -> None:
    allotment = allot(minutes)
    extra = {code: allotment.sure[code] - spent // 15 for code, spent in minutes.items()}
    assert set(extra.values()) <= {0, 1}
    given_up = [spent % 15 for code, spent in minutes.items() if not extra[code] and code not in allotment.tied]
    got = [spent % 15 for code, spent in minutes.items() if extra[code]]
    assert not got or not given_up or min(got) > max(given_up) or allotment.open == 0
    assert allotment.open < max(len(allotment.tied), 1)


@given(st.dictionaries(st.sampled_from("ABC"), st.integers(1, 6), min_size=1), st.integers(0, 300))
def test_a_total_fits_per_code_exactly_when_some_split_does(units: dict[str, int], total: int) -> None:
    reachable = {0}
    for count in units.values():
        ends = window(count)
        reachable = {sum_ + m for sum_ in reachable for m in range(ends.low, ends.high + 1)}
    assert (fits_total(units, total) in ("both", "per-code-only")) == (total in reachable)
