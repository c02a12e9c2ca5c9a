"""The ruler of units and minutes, and the marked text: what is drawn is what the rules and the paper say."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from explainer.checks.days import timed_days
from explainer.checks.units import per_code_window, pooled_window, window
from explainer.knowledge.base import Knowledge
from explainer.model.document import Document
from explainer.readers import Upload, read
from explainer.settings import Limits
from explainer.web.ruler import Ruler, fact_of, rulers
from explainer.web.text import MOST, runs

Send = Callable[..., Any]


@pytest.fixture
def document(knowledge: Knowledge, paper: str) -> Document:
    return read(Upload("p1", "eob.txt", paper.encode()), knowledge, Limits()).document


def _ruler(document: Document, knowledge: Knowledge, facts: Mapping[str, str] | None = None) -> Ruler:
    (ruler,) = rulers(document, facts or {}, knowledge)
    return ruler


def test_windows_are_those_of_the_rules(document: Document, knowledge: Knowledge) -> None:
    ruler = _ruler(document, knowledge)
    (day,) = timed_days(document.claims[0], knowledge)
    assert day.units == {"97110": 2, "97140": 1}
    every = [(ruler.pooled, pooled_window(3)), (ruler.together, per_code_window(day.units))]
    own = [(stretch, window(day.units[stretch.code])) for stretch in ruler.own]
    for stretch, found in [*every, *own]:
        assert stretch is not None
        assert (stretch.low, stretch.high) == (found.low, found.high)
        assert 0 <= stretch.x < stretch.x + stretch.width <= 100


@pytest.mark.parametrize(
    ("told", "kind", "verdict"),
    [
        (30, "eob", "short"), (31, "eob", "per-code-only"), (37, "eob", "per-code-only"), (38, "eob", "enough"),
        (200, "eob", "enough"), (37, "msn", "medicare-short"), (38, "msn", "medicare-enough"), (None, "eob", None),
    ],
)  # fmt: skip
def test_only_too_few_minutes_are_a_question(
    document: Document, knowledge: Knowledge, told: int | None, kind: str, verdict: str | None
) -> None:
    facts = {} if told is None else {fact_of("p1", 1): str(told)}
    ruler = _ruler(replace(document, kind=kind), knowledge, facts)
    assert ruler.verdict == verdict
    assert ruler.mark is None if told is None else 0 < (ruler.mark or 0) <= 100
    assert 2 < len(ruler.ticks) <= 7
    assert ruler.ticks[-1][0] > max(ruler.pooled.high, told or 0)


@pytest.mark.parametrize("base", ["", "/es"])
def test_minutes_are_kept_changed_and_forgotten(client: FlaskClient, send: Send, paper: str, base: str) -> None:
    send(f"{base}/visits", {"text": paper})
    day = f"{base}/visit/papers/1/days/1"
    for typed, shown in (("30", "verdict asks"), ("60", '"verdict"')):
        assert send(day, {"minutes": typed}).headers["Location"] == f"{base}/visit?at=1-0#minutes-1"
        page = client.get(f"{base}/visit").text
        assert shown in page
        assert f'value="{typed}"' in page
    send(day, {"minutes": " "})
    assert "verdict" not in client.get(f"{base}/visit").text


@pytest.mark.parametrize("typed", ["0", "-5", "601", "half an hour", "٣٠", "1e2", "9" * 500])
def test_what_is_no_number_of_minutes_is_said_at_its_field(client: FlaskClient, send: Send, paper: str, typed: str) -> None:
    send("/visits", {"text": paper})
    answer = send("/visit/papers/1/days/1", {"minutes": typed})
    assert answer.status_code == 422
    assert 'aria-invalid="true" aria-describedby="minutes-1-wrong"' in answer.text
    assert 'href="#minutes-1"' in answer.text
    assert "verdict" not in client.get("/visit").text


@pytest.mark.parametrize("address", ["/visit/papers/1/days/2", "/visit/papers/1/days/0", "/visit/papers/2/days/1"])
def test_a_day_that_is_not_there(send: Send, paper: str, address: str) -> None:
    send("/visits", {"text": paper})
    assert send(address, {"minutes": "30"}).status_code == 404


def test_the_text_is_whole_and_each_line_is_marked_once(document: Document) -> None:
    found = runs(document)
    assert "".join(words for run in found for words, _ in run.parts) == document.text
    assert [run.line for run in found if run.line] == [1, 2]


def test_doubtful_and_corrected_values_are_marked_in_the_text(document: Document) -> None:
    claim = document.claims[0]
    first = replace(claim.lines[0], uncertain=("units",), corrected=("copay",))
    marked = replace(document, claims=(replace(claim, lines=(first, *claim.lines[1:])),))
    (run,) = [run for run in runs(marked) if run.line == 1]
    assert [(words, mark) for words, mark in run.parts if mark] == [("2", "unsure"), ("$30.00", "corrected")]


def test_a_text_that_is_too_long_is_not_shown(document: Document) -> None:
    assert runs(replace(document, text=document.text + " " * MOST)) == ()
