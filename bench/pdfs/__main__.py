"""`python -m bench.pdfs --n 140 --seed 1 [--design D] [--show 10] [--paper grid-3 --out FILE]`."""

import argparse
from collections import Counter
from pathlib import Path

from bench.layouts.__main__ import _row
from bench.layouts.measure import Score, judge
from bench.pdfs.designs import DESIGNS, paper
from bench.pdfs.printed import HTML_DESIGNS, printed_papers
from explainer.knowledge.base import Knowledge


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.pdfs")
    parser.add_argument("--n", type=int, default=84, help="papers in all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--design", choices=[*DESIGNS, *HTML_DESIGNS], action="append")
    parser.add_argument("--show", type=int, default=0, help="faults to print a design")
    parser.add_argument("--paper", help="write one paper to --out and print its faults, as grid-1003")
    parser.add_argument("--out", type=Path)
    return parser.parse_args()


def main() -> None:
    """Prints how each design is read."""
    asked, knowledge = _asked(), Knowledge.load()
    if asked.paper:
        design, seed = asked.paper.rsplit("-", 1)
        made = paper(design, int(seed)) if design in DESIGNS else next(iter(printed_papers(design, [int(seed)])))
        if asked.out:
            asked.out.write_bytes(made.data)
        print(*judge(made, knowledge).faults, sep="\n")
        return
    designs, whole, faults = asked.design or [*DESIGNS, *HTML_DESIGNS], Score(), Counter[str]()
    for design in designs:
        score = Score()
        seeds = [asked.seed * 1000 + n for n in range(max(1, asked.n // len(designs)))]
        for made in (paper(design, s) for s in seeds) if design in DESIGNS else printed_papers(design, seeds):
            score.add(judge(made, knowledge))
        print(_row(design, score), flush=True)
        print(*(f"    {fault}" for fault in score.faults[: asked.show]), sep="\n", end="\n" if asked.show else "")
        whole.add(score)
        faults += score.names
    print(_row("all", whole))
    print(", ".join(f"{n} {name}" for name, n in faults.most_common(14)))


if __name__ == "__main__":
    main()
