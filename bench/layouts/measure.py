"""What a reading has right, wrong and too much. A wrong value counts apart from a missing one."""

import re
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from bench.layouts.papers import Paper, money_of
from bench.layouts.truth import MONEY
from explainer.knowledge.base import Knowledge
from explainer.readers import Unreadable, Upload, read
from explainer.readers.export import document_json
from explainer.settings import Limits

FACTS = ("claim_id", "patient", "provider", "processed")


@dataclass
class Score:
    """asked: printed fields. right, wrong: of those; wrong also counts unprinted fields that got a value against the truth."""

    asked: int = 0
    right: int = 0
    wrong: int = 0
    spurious: int = 0
    papers: int = 0
    perfect: int = 0
    faults: list[str] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Score") -> None:
        """Takes another score in."""
        for name in ("asked", "right", "wrong", "spurious", "papers", "perfect"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.faults += other.faults
        self.names += other.names


def _plain(text: object) -> str:
    return re.sub(r"[^a-z0-9áéíóúñ]", "", str(text).lower())


def _keys(line: dict[str, Any]) -> set[str]:
    adjusted = [f"{a['group']}{a['reason']}" for a in line.get("adjustments", [])]
    return {_plain(k) for k in (*line.get("remarks", []), *adjusted)}


def _same(name: str, want: Any, line: dict[str, Any]) -> bool:
    got = line.get(name)
    if name == "remarks":
        return {_plain(k) for k in want} == _keys(line)
    if name == "modifiers":
        return sorted(want) == sorted(got or [])
    if got is None:
        return False
    if name in MONEY or name == "units":
        return Decimal(str(want)) == Decimal(str(got))
    if name == "description":
        return _plain(want) == _plain(got)
    return _plain(want) == _plain(got)


def _weight(want: dict[str, Any], got: dict[str, Any]) -> int:
    return sum(_same(k, v, got) for k, v in want.items() if k != "hidden")


def _aligned(want: list[Any], got: list[Any]) -> list[tuple[Any, Any]]:
    n, m = len(want), len(got)
    best = [[0] * (m + 1) for _ in range(n + 1)]
    for i in range(n - 1, -1, -1):
        for j in range(m - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], _weight(want[i], got[j]) + best[i + 1][j + 1])
    i = j = 0
    out = []
    while i < n:
        weight = _weight(want[i], got[j]) if j < m else 0
        if weight and best[i][j] == weight + best[i + 1][j + 1]:
            out.append((want[i], got[j]))
            i, j = i + 1, j + 1
        elif j < m and best[i][j] == best[i][j + 1]:
            j += 1
        else:
            out.append((want[i], None))
            i += 1
    return out


def _judge(score: Score, name: str, right: bool, got: Any, said: str) -> None:
    wrong = not right and got not in (None, [], "")
    score.asked += 1
    score.right += right
    score.wrong += wrong
    if not right:
        score.faults.append(f"{'WRONG' if wrong else 'missing'} {said}")
        score.names[f"{'WRONG' if wrong else 'missing'} {name}"] += 1


def _line(score: Score, paper: Paper, want: dict[str, Any], got: dict[str, Any] | None) -> None:
    read_line = got or {}
    for name, value in want.items():
        if name == "hidden" or (paper.silent and not read_line.get(name) and not (name == "remarks" and _keys(read_line))):
            continue
        right = got is not None and _same(name, value, read_line)
        shown = read_line.get(name) or (sorted(_keys(read_line)) if name == "remarks" else None)
        _judge(score, name, right, shown, f"{paper.name}: {name} {value!r} read {shown!r}")
    for name, value in money_of(want).items():
        held = read_line.get(name)
        if name not in want and held is not None and Decimal(held) != value:
            score.wrong += 1
            score.faults.append(f"WRONG {paper.name}: unprinted {name} {value} read {held}")
            score.names[f"WRONG unprinted {name}"] += 1


def _claim(score: Score, paper: Paper, want: dict[str, Any], got: dict[str, Any]) -> None:
    for name in FACTS:
        held = got.get(name)
        if name not in want or (paper.silent and held is None):
            continue
        _judge(
            score,
            name,
            held is not None and _plain(want[name]) == _plain(held),
            held,
            f"{paper.name}: {name} {want[name]!r} read {held!r}",
        )
    for name, value in want["totals"].items():
        held = got.get("totals", {}).get(name)
        right = (held is not None and Decimal(held) == Decimal(value)) or (held is None and Decimal(value) == 0)
        _judge(score, f"total {name}", right, held, f"{paper.name}: total {name} {value} read {held}")


def judge(paper: Paper, knowledge: Knowledge) -> Score:
    """The score of one paper."""
    score, document = Score(papers=1), {"claims": []}
    try:
        reading = read(Upload("p1", paper.name, paper.data), knowledge, Limits())
        document = document_json(reading.document, knowledge)
    except Unreadable as reason:
        score.faults.append(f"UNREADABLE {paper.name}: {reason.code}")
    claims: list[dict[str, Any]] = document["claims"]  # type: ignore[assignment]
    want = [line for c in paper.truth for line in c["lines"]]  # type: ignore[attr-defined]
    got = [line for c in claims for line in c["lines"]]
    pairs = _aligned(want, got)
    for one, other in pairs:
        _line(score, paper, one, other)
    score.spurious = len(got) - sum(1 for _, other in pairs if other is not None)
    if score.spurious:
        score.faults.append(f"SPURIOUS {paper.name}: {score.spurious}")
    if not got and want and not paper.silent:
        score.faults.append(f"NO LINES {paper.name}")
    for at, claim in enumerate(paper.truth):
        _claim(score, paper, claim, claims[at] if at < len(claims) else {})
    score.perfect = int(not score.faults)
    return score
