"""How well questions are understood that nobody trained on, what is taken for what, how long an answer takes, and the memory."""

import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "conversation"))

import scoring

from bench.understanding import Phrasing, held_out
from explainer.case import check_case
from explainer.conversation.engine import Talker
from explainer.conversation.question import Context
from explainer.knowledge.base import Knowledge

_PAIRS_SHOWN = 12


def _understood(talker: Talker, knowledge: Knowledge, phrasings: list[Phrasing]) -> None:
    """Each phrasing by itself, without a paper: right by voice, and the pairs of topics most often mixed up."""
    nothing = check_case((), knowledge, scoring.TODAY)
    voices: dict[str, list[bool]] = {}
    pairs: Counter[tuple[str, str]] = Counter()
    for phrasing in phrasings:
        came = talker.understood(phrasing.words, "en", nothing, Context()).question.topic
        voices.setdefault(phrasing.voice, []).append(came == phrasing.topic)
        if came != phrasing.topic:
            pairs[phrasing.topic, came] += 1
    every = [one for voice in voices.values() for one in voice]
    print(f"held-out phrasings: {sum(every) / len(every):.1%} of {len(every)} right")
    print("  by voice:", ", ".join(f"{v} {sum(n) / len(n):.0%} of {len(n)}" for v, n in sorted(voices.items())))
    print("  taken for another topic (wanted -> came):")
    for (wanted, came), times in pairs.most_common(_PAIRS_SHOWN):
        print(f"  {times:4}  {wanted} -> {came}")


def _times(talker: Talker, knowledge: Knowledge) -> Iterator[tuple[float, float]]:
    """The milliseconds of every turn of tests/talks: of the clock, and of the processor."""
    for talk in scoring.talks():
        papers = tuple(scoring.document(name, i, knowledge) for i, name in enumerate(talk.documents, 1))
        case, context = check_case(papers, knowledge, scoring.TODAY), Context()
        for turn in talk.turns:
            clock, processor = time.perf_counter(), time.process_time()
            context = talker.ask(turn["q"], talk.lang, case, context).context
            yield 1000 * (time.perf_counter() - clock), 1000 * (time.process_time() - processor)


def main() -> None:
    """Prints the figures."""
    knowledge = Knowledge.load()
    talker = Talker(knowledge)
    examples = sum(len(topic.examples.en) + len(topic.examples.es) for topic in knowledge.topics.values())
    phrasings = held_out(knowledge)
    share = len(phrasings) / (examples + len(phrasings))
    print(f"{examples} phrasings of {len(knowledge.topics)} topics to learn from; {share:.1%} of all are held out")
    _understood(talker, knowledge, phrasings)
    clock, processor = np.percentile(np.array(list(_times(talker, knowledge))), (50, 95), axis=0).T
    print(
        f"one answer: p50 {clock[0]:.1f} ms, p95 {clock[1]:.1f} ms; of the processor {processor[0]:.1f} and {processor[1]:.1f} ms"
    )
    print(f"memory of this process at its most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
