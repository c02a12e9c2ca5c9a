"""Times: start of the program, reading a paste, one answer; and memory."""

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from explainer.case import check_case
from explainer.conversation.engine import Talker
from explainer.conversation.question import Context
from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import LANGS
from explainer.paths import data_dir
from explainer.readers import Upload, read
from explainer.settings import Limits
from explainer.takeaway.handout import handouts
from explainer.takeaway.pdf import handout_pdf

QUESTIONS = (
    "What do I owe and why?",
    "what does line 2 mean",
    "how many minutes is that",
    "I was there for 40 minutes, does that fit?",
    "¿Cuánto tengo que pagar?",
    "can they bill me for the discount",
    "how do I appeal and by when",
    "is it the same as 97112",
)


def milliseconds(work: Callable[[], object], times: int = 30) -> list[float]:
    """The times of each run, in milliseconds."""
    out = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        out.append(1000 * (time.perf_counter() - started))
    return out


def _line(name: str, times: list[float]) -> str:
    ordered = sorted(times)
    worst = ordered[int(len(ordered) * 0.95)]
    return f"{name:34} p50 {statistics.median(ordered):8.1f} ms   p95 {worst:8.1f} ms   n {len(times)}"


def _program(*words: str) -> list[float]:
    command = [sys.executable, "-m", "explainer", *words]
    return milliseconds(lambda: subprocess.run(command, check=True, capture_output=True), 5)


def _example() -> Path:
    return next(iter(sorted((data_dir("content") / "examples").glob("*.txt"))))


def main() -> None:
    """Prints the figures."""
    example = _example()
    print(_line("explainer code 97110 (whole process)", _program("code", "97110")))
    print(_line("explainer ask (whole process)", _program("ask", str(example), "What do I owe?")))
    print(_line("knowledge, from its compiled copy", milliseconds(Knowledge.load, 10)))
    knowledge = Knowledge.load()
    print(_line("talker, ready to answer", milliseconds(lambda: Talker(knowledge), 5)))
    talker, data = Talker(knowledge), example.read_bytes()
    print(_line("reading one pasted paper", milliseconds(lambda: read(Upload("p1", example.name, data), knowledge, Limits()))))
    document = read(Upload("p1", example.name, data), knowledge, Limits()).document
    case = check_case((document,), knowledge, date.today())
    times = [t for q in QUESTIONS for t in milliseconds(lambda q=q: talker.ask(q, "en", case, Context()), 10)]  # type: ignore[misc]
    print(_line("one answer", times))
    both = tuple(zip(*(handouts(case, knowledge, lang) for lang in LANGS), strict=True))
    print(_line("a page to take along, as a PDF", milliseconds(lambda: handout_pdf(both), 10)))
    print(f"{'memory of this process at its most':34} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.1f} MiB")


if __name__ == "__main__":
    main()
