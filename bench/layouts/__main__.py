"""`python -m bench.layouts --n 200 --seed 1 [--family F] [--show 10] [--paper aligned-3]`."""

import argparse
from collections import Counter

from bench.layouts.measure import Score, judge
from bench.layouts.papers import FAMILIES, paper
from explainer.knowledge.base import Knowledge


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.layouts")
    parser.add_argument("--n", type=int, default=200, help="papers in all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--family", choices=sorted(FAMILIES), action="append")
    parser.add_argument("--show", type=int, default=0, help="faults to print a family")
    parser.add_argument("--paper", help="print one paper and its faults, as aligned-3")
    return parser.parse_args()


def _one(name: str, knowledge: Knowledge) -> None:
    family, seed = name.rsplit("-", 1)
    made = paper(family, int(seed))
    print(made.data.decode())
    print(*judge(made, knowledge).faults, sep="\n")


def _row(name: str, s: Score) -> str:
    share, wrong = s.right / max(1, s.asked), s.wrong / max(1, s.asked)
    counts = f"{name:18}{s.papers:5} papers {s.perfect:4} perfect"
    return f"{counts} {share:8.2%} right {wrong:7.2%} wrong ({s.wrong}) {s.spurious:4} spurious lines"


def main() -> None:
    """Prints how each family is read."""
    asked, knowledge = _asked(), Knowledge.load()
    if asked.paper:
        _one(asked.paper, knowledge)
        return
    families, whole, faults = asked.family or list(FAMILIES), Score(), Counter[str]()
    for family in families:
        score = Score()
        for number in range(max(1, asked.n // len(families))):
            score.add(judge(paper(family, asked.seed * 1000 + number), knowledge))
        print(_row(family, score), flush=True)
        print(*(f"    {fault}" for fault in score.faults[: asked.show]), sep="\n", end="\n" if asked.show else "")
        whole.add(score)
        faults += score.names
    print(_row("all", whole))
    print(", ".join(f"{n} {name}" for name, n in faults.most_common(14)))


if __name__ == "__main__":
    main()
