"""Wrong statements that others repeat are never said, however the question tempts. Each myth has its questions in myths.yaml."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from scoring import document

from explainer.case import check_case
from explainer.conversation.engine import Talker
from explainer.conversation.question import Context
from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import LANGS, Lang

MYTHS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "myths.yaml").read_text("utf-8"))["myths"]
TODAY = date(2026, 11, 25)
# How many wrong statements were found in public material: each has its questions here.
FOUND = 29


def asked() -> Iterator[Any]:
    for myth in MYTHS:
        for lang in LANGS:
            for number, question in enumerate(myth["ask"][lang], 1):
                yield pytest.param(myth, lang, question, id=f"{myth['id']}-{lang}{number}")


@pytest.mark.parametrize(("myth", "lang", "question"), list(asked()))
def test_the_answer_does_not_repeat_it(
    myth: dict[str, Any], lang: Lang, question: str, talker: Talker, knowledge: Knowledge
) -> None:
    papers = tuple(document(name, i, knowledge) for i, name in enumerate(myth.get("papers", ()), 1))
    answer = talker.ask(question, lang, check_case(papers, knowledge, TODAY), Context()).answer
    said = " ".join(answer.text.split())
    missing = [pattern for pattern in myth.get("must", ()) if not re.search(pattern, said, re.IGNORECASE)]
    repeated = [pattern for pattern in myth.get("must_not", ()) if re.search(pattern, said, re.IGNORECASE)]
    assert (missing, repeated) == ([], []), f"{answer.topic}: {said}"


def test_every_myth_tempts_in_both_languages() -> None:
    assert len(MYTHS) >= FOUND
    assert [myth["id"] for myth in MYTHS if not (myth["ask"].get("en") and myth["ask"].get("es"))] == []
    assert [myth["id"] for myth in MYTHS if not (myth.get("must") or myth.get("must_not"))] == []
    assert all(set(myth) <= {"id", "papers", "ask", "must", "must_not"} for myth in MYTHS)
