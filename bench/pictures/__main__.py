"""`python -m bench.pictures [--folder PDFS] [--condition C] [--n 12] [--show 10]`.

The folder holds PDFs and a truth.json (by file, claims with lines as the contract has them); without one our own designs are
measured.
"""

import argparse
import json
import resource
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from bench.layouts.measure import _aligned
from bench.pdfs.designs import DESIGNS, paper
from bench.pictures.conditions import CONDITIONS, pictured
from explainer.knowledge.base import Knowledge
from explainer.model.amounts import MONEY_FIELDS as MONEY
from explainer.readers import Unreadable, Upload, read
from explainer.readers.export import document_json
from explainer.settings import Limits

Line = dict[str, Any]


@dataclass
class Score:
    """asked, right: fields that the paper prints. wrong: with another value; unsaid: of these, not named uncertain."""

    asked: int = 0
    right: int = 0
    money: int = 0
    money_right: int = 0
    money_wrong: int = 0
    wrong: int = 0
    unsaid: int = 0
    money_unsaid: int = 0
    doubted: int = 0
    pages: int = 0
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list)

    def row(self, name: str) -> str:
        """One line of figures."""

        def share(part: int, whole: int) -> str:
            return f"{part / max(1, whole):7.2%}"

        return (
            f"{name:12}money {share(self.money_right, self.money)} right, {self.money_wrong:3} wrong ({self.money_unsaid} unsaid)"
            f" of {self.money:4} | all {share(self.right, self.asked)}, {self.wrong:3} wrong ({self.unsaid} unsaid)"
            f" | right but doubted {share(self.doubted, self.right)} | {self.seconds / max(1, self.pages):.2f} s CPU a page"
        )  # fmt: skip


def _same(name: str, want: Any, got: Any) -> bool:
    if name in MONEY or name == "units":
        try:
            return got is not None and Decimal(str(want)) == Decimal(str(got))
        except InvalidOperation:
            return False
    if name in ("modifiers", "remarks"):
        return sorted(want) == sorted(got or [])
    if isinstance(want, str):
        return isinstance(got, str) and " ".join(want.split()).lower() == " ".join(got.split()).lower()
    return bool(want == got)


def _judge(score: Score, name: str, want: Line, got: Line | None) -> None:
    for key, value in want.items():
        if key in ("hidden", "description"):
            continue
        held = got.get(key) if got else None
        right, money = got is not None and _same(key, value, held), key in MONEY
        wrong = not right and held not in (None, [], "")
        unsaid = wrong and got is not None and key not in got.get("uncertain", [])
        score.asked += 1
        score.right += right
        score.money += money
        score.money_right += right and money
        score.wrong += wrong
        score.money_wrong += wrong and money
        score.unsaid += unsaid
        score.money_unsaid += unsaid and money
        score.doubted += right and got is not None and key in got.get("uncertain", [])
        if not right:
            mark = "UNSAID " if unsaid else "wrong " if wrong else "missing "
            score.faults.append(f"{mark}{name}: {key} {value!r} read {held!r}")


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _papers(folder: Path | None, count: int, seed: int) -> Iterator[tuple[str, bytes, list[Line]]]:
    if folder:
        for name, truth in json.loads((folder / "truth.json").read_text()).items():
            if name.endswith(".pdf"):
                yield name, (folder / name).read_bytes(), [line for c in truth["claims"] for line in c["lines"]]
        return
    designs = list(DESIGNS)
    for number in range(count):
        made = paper(designs[number % len(designs)], seed * 1000 + number)
        yield made.name, made.data, [line for c in made.truth for line in c["lines"]]  # type: ignore[attr-defined]


def _read(score: Score, name: str, data: bytes, want: list[Line], knowledge: Knowledge) -> None:
    got: list[Line] = []
    try:
        document: Any = document_json(read(Upload("p1", name, data), knowledge, Limits()).document, knowledge)
        got = [line for c in document["claims"] for line in c["lines"]]
    except Unreadable as reason:
        score.faults.append(f"REFUSED {name}: {reason.code}")
    pairs = _aligned(want, got)
    for one, other in pairs:
        _judge(score, name, one, other)
    more = len(got) - sum(1 for _, other in pairs if other is not None)
    score.faults += [f"{more} lines too many in {name}"] if more else []


def main() -> None:
    """Prints how each condition is read."""
    parser = argparse.ArgumentParser(prog="bench.pictures")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--condition", choices=list(CONDITIONS), action="append")
    parser.add_argument("--n", type=int, default=14, help="papers of our own")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--only", default="", help="papers whose name has this")
    asked = parser.parse_args()
    knowledge = Knowledge.load()
    for condition in asked.condition or list(CONDITIONS):
        score = Score()
        for name, pdf, want in _papers(asked.folder, asked.n, asked.seed):
            if asked.only not in name:
                continue
            data, pages = pictured(pdf, condition, asked.seed)
            before = _children()
            _read(score, name, data, want, knowledge)
            score.seconds += _children() - before
            score.pages += pages
        print(score.row(condition), flush=True)
        print(*(f"    {fault}" for fault in score.faults[: asked.show]), sep="\n", end="\n" if asked.show else "")


if __name__ == "__main__":
    main()
