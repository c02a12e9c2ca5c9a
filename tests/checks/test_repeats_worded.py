"""The same code twice on one day: words that name two kinds of therapists explain it where no modifiers are printed."""

import pytest
from checks_build import KNOWLEDGE, line, paper

from explainer.checks.repeats import check_repeats


@pytest.mark.parametrize(
    ("first", "second", "case"),
    [
        ("PT therapeutic activities", "OT therapeutic activities", "disciplines"),
        ("Terapia física", "Terapia ocupacional", "disciplines"),
        ("PT therapeutic activities", "PT therapeutic activities", "ask"),
        ("PT/OT therapeutic activities", "OT therapeutic activities", "ask"),
        ("PT therapeutic activities", None, "ask"),
    ],
)
def test_two_kinds_of_therapy_by_their_words(first: str, second: str | None, case: str) -> None:
    document = paper(line(1, "97530", description=first), line(2, "97530", description=second))
    assert [f.case for f in check_repeats(document, KNOWLEDGE)] == [case]
