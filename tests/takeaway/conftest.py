"""Made-up papers, read and checked as the program does, on a known day."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from takeaway_cases import CASES, NOBODY, SAME, TODAY

from explainer.case import Case, check_case
from explainer.knowledge.base import Knowledge
from explainer.model.document import Document
from explainer.readers import Upload, read
from explainer.settings import Settings


@pytest.fixture(scope="session")
def documents(knowledge: Knowledge, root: Path) -> Callable[[str], tuple[Document, ...]]:
    kept: dict[str, tuple[Document, ...]] = {}

    def get(name: str) -> tuple[Document, ...]:
        if name not in kept:
            files = [(root / file).read_bytes().replace(NOBODY, SAME.get(name, NOBODY)) for file in CASES[name]]
            uploads = [Upload(f"p{n}", file, data) for n, (file, data) in enumerate(zip(CASES[name], files, strict=True))]
            kept[name] = tuple(read(upload, knowledge, Settings().limits).document for upload in uploads)
        return kept[name]

    return get


@pytest.fixture(scope="session")
def case(documents: Callable[[str], tuple[Document, ...]], knowledge: Knowledge) -> Callable[..., Case]:
    """The case of that name; with changes, its first paper has these fields."""

    def open_case(name: str, today: date = TODAY, **changes: Any) -> Case:
        found = documents(name)
        first = (replace(found[0], **changes), *found[1:]) if changes else found
        return check_case(first, knowledge, today)

    return open_case
