"""Which topic a question is of: a linear classifier and nearest examples over character and word n-grams.

Trained from content/topics, kept in the cache by the content's hash, and read back as plain arrays.
"""

import hashlib
import os
import zipfile
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
from scipy import sparse

from explainer.conversation import masking
from explainer.conversation.words import Token
from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import TopicEntry

# Makes of a text the words that tell its topic: particulars masked, known phrases named, each with its place in the text.
Featured = Callable[[str], tuple[Token, ...]]
_CHAR_BITS, _WORD_BITS = 16, 15
_WORD_WEIGHT = 1.5
_NEAREST = 3
_SHARPNESS = 4.0


@dataclass(frozen=True, slots=True)
class Guess:
    """A topic, how sure (0..1, all topics together 1), and how alike its nearest examples are (0..1)."""

    topic: str
    score: float
    alike: float


@dataclass(frozen=True, slots=True)
class Weighed:
    """A text as it was weighed: the guesses, and how much each of its features counts for each topic."""

    guesses: tuple[Guess, ...]
    words: tuple[Token, ...]
    indices: np.ndarray
    weights: np.ndarray
    likeness: np.ndarray


def _grams(words: Sequence[str]) -> Iterator[tuple[int, float, int, int]]:
    """Hashed features of a text: parts of words of 2 to 5 letters, words, and pairs of words.

    Each with the weight of its sort, and the words [first, end) it is of. A dozen lines instead of a vectorizer, so that
    answering needs no machine learning library: importing one takes a second.
    """
    for at, word in enumerate(words):
        padded = f" {word} "
        for size in range(2, 6):
            for start in range(max(1, len(padded) - size + 1)):
                yield crc32(padded[start : start + size].encode()) % 2**_CHAR_BITS, 1.0, at, at + 1
    for length in (1, 2):
        for at in range(len(words) - length + 1):
            gram = " ".join(words[at : at + length])
            yield 2**_CHAR_BITS + crc32(gram.encode()) % 2**_WORD_BITS, _WORD_WEIGHT, at, at + length


def _counts(texts: Sequence[str]) -> sparse.csr_matrix:
    """A row a text: the square root of how often each feature stands in it, times its weight."""
    data, indices, ends = array("f"), array("i"), array("i", [0])
    for text in texts:
        row = Counter((index, weight) for index, weight, _, _ in _grams(text.split()))
        data.extend(weight * count**0.5 for (_, weight), count in row.items())
        indices.extend(index for index, _ in row)
        ends.append(len(indices))
    shape = (len(texts), 2**_CHAR_BITS + 2**_WORD_BITS)
    return sparse.csr_matrix((np.array(data, dtype=np.float32), np.array(indices), np.array(ends)), shape=shape)


def _weighted(counts: sparse.csr_matrix, idf: np.ndarray) -> sparse.csr_matrix:
    out = counts.multiply(idf).tocsr()
    norms = np.sqrt(np.asarray(out.multiply(out).sum(axis=1)).ravel())
    norms[norms == 0] = 1
    return sparse.diags(1 / norms).dot(out).tocsr().astype(np.float32)


class Classifier:
    """Topics by probability for a text."""

    def __init__(self, topics: tuple[str, ...], arrays: Mapping[str, np.ndarray], featured: Featured) -> None:
        self._topics, self._featured = topics, featured
        self._idf, self._bias = arrays["idf"], arrays["bias"]
        self._weights = np.ascontiguousarray(arrays["coef"].T)
        shape = (len(arrays["labels"]), len(self._idf))
        self._examples = sparse.csr_matrix((arrays["data"], arrays["indices"], arrays["indptr"]), shape=shape)
        self._own = [np.flatnonzero(arrays["labels"] == topic) for topic in range(len(topics))]

    def weigh(self, text: str) -> Weighed:
        """All topics for a text, most likely first."""
        words = self._featured(text)
        counts = _counts([_joined(words)])
        weights = counts.data * self._idf[counts.indices]
        weights = weights / (np.sqrt(weights @ weights) or 1.0)
        likeness = self._alike(counts.indices, weights)
        alike = self._nearest(likeness)
        mixed = weights @ self._weights[counts.indices] + self._bias + alike
        spread = np.exp(_SHARPNESS * (mixed - mixed.max()))
        scores = spread / spread.sum()
        order = np.argsort(-scores)
        guesses = tuple(Guess(self._topics[i], float(scores[i]), float(alike[i])) for i in order)
        return Weighed(guesses, words, counts.indices, weights, likeness)

    def led(self, weighed: Weighed, topic: str) -> list[float]:
        """How much each word of the weighed text speaks for the topic; what is below zero speaks against it.

        Exact, since all that is added up is linear in the features: the topic's own weights and the nearest examples. A feature
        that several words share counts for them in equal parts.
        """
        at = self._topics.index(topic)
        own = self._own[at]
        nearest = own[np.argsort(weighed.likeness[own])[-_NEAREST:]]
        near = np.zeros(len(self._idf), dtype=np.float32)
        for start, end in zip(self._examples.indptr[nearest], self._examples.indptr[nearest + 1], strict=True):
            near[self._examples.indices[start:end]] += self._examples.data[start:end] / _NEAREST
        parts = weighed.weights * (self._weights[weighed.indices, at] + near[weighed.indices])
        share = dict(zip(weighed.indices.tolist(), parts.tolist(), strict=True))
        grams = list(_grams([word.text for word in weighed.words]))
        times = Counter(index for index, *_ in grams)
        out = [0.0] * len(weighed.words)
        for index, _, first, end in grams:
            for word in range(first, end):
                out[word] += share[index] / times[index] / (end - first)
        return out

    def _alike(self, indices: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """The likeness of every example."""
        text = np.zeros(len(self._idf), dtype=np.float32)
        text[indices] = weights
        return np.asarray(self._examples @ text)

    def _nearest(self, likeness: np.ndarray) -> np.ndarray:
        """Mean likeness of each topic's three nearest examples."""
        return np.array([np.sort(likeness[own])[-_NEAREST:].sum() / _NEAREST for own in self._own])


def _joined(words: Iterable[Token]) -> str:
    return " ".join(word.text for word in words)


def _examples(topics: Mapping[str, TopicEntry], featured: Featured) -> Iterable[tuple[str, str]]:
    for name, topic in topics.items():
        for text in (*topic.examples.en, *topic.examples.es):
            yield _joined(featured(text)), name


def _nevers(topics: Mapping[str, TopicEntry], featured: Featured) -> Iterable[tuple[str, str]]:
    for name, topic in topics.items():
        for text in (*topic.never.en, *topic.never.es):
            yield _joined(featured(text)), name


def _train(topics: Mapping[str, TopicEntry], featured: Featured) -> tuple[tuple[str, ...], dict[str, np.ndarray]]:
    """One linear classifier a topic: its examples against all others, and against what must not mean it."""
    names = tuple(sorted(topics))
    pairs = list(dict.fromkeys(_examples(topics, featured)))
    nevers = list(_nevers(topics, featured))
    labels = np.array([names.index(name) for _, name in pairs], dtype=np.int32)
    counts = _counts([text for text, _ in (*pairs, *nevers)])
    seen = np.asarray((counts[: len(pairs)] > 0).sum(axis=0)).ravel()
    idf = (np.log((1 + len(pairs)) / (1 + seen)) + 1).astype(np.float32)
    vectors = _weighted(counts, idf)
    not_these = np.array([names.index(name) for _, name in nevers], dtype=np.int32)
    examples = vectors[: len(pairs)].tocsr()
    vectors = vectors.astype(np.float64)
    fitted = [_fit(vectors, labels, not_these, topic) for topic in range(len(names))]
    return names, {
        "idf": idf,
        "coef": np.vstack([coef for coef, _ in fitted]).astype(np.float32),
        "bias": np.array([bias for _, bias in fitted], dtype=np.float32),
        "labels": labels,
        "data": examples.data,
        "indices": examples.indices.astype(np.int32),
        "indptr": examples.indptr.astype(np.int32),
    }


def _fit(vectors: sparse.csr_matrix, labels: np.ndarray, not_these: np.ndarray, topic: int) -> tuple[np.ndarray, float]:
    from sklearn.svm import LinearSVC

    # What must not mean another topic has no weight here; taking those rows out would copy all others for each topic.
    weights = np.concatenate([np.ones(len(labels)), not_these == topic])
    target = np.concatenate([labels == topic, np.zeros(len(not_these), dtype=bool)])
    model = LinearSVC(C=1.0, random_state=0).fit(vectors, target, sample_weight=weights)
    return model.coef_[0], float(model.intercept_[0])


def _fingerprint(knowledge: Knowledge) -> str:
    code = Path(__file__).read_bytes() + Path(masking.__file__).read_bytes()
    return hashlib.sha256(code + knowledge.version.encode()).hexdigest()[:32]


def load(knowledge: Knowledge, cache: Path | None, featured: Featured) -> Classifier:
    """The classifier of the content's topics: from the cache, else trained now (seconds) and kept there."""
    path = cache / f"topics-{_fingerprint(knowledge)}.npz" if cache else None
    kept = _read(path) if path else None
    if kept:
        return Classifier(*kept, featured)
    names, arrays = _train(knowledge.topics, featured)
    if path:
        _write(path, names, arrays)
    return Classifier(names, arrays, featured)


def _read(path: Path) -> tuple[tuple[str, ...], dict[str, np.ndarray]] | None:
    try:
        with np.load(path, allow_pickle=False) as kept:
            arrays = {name: kept[name] for name in kept.files}
    except (OSError, ValueError, zipfile.BadZipFile):
        return None
    return tuple(str(n) for n in arrays.pop("names")), arrays


def _write(path: Path, names: tuple[str, ...], arrays: Mapping[str, np.ndarray]) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"part-{os.getpid()}.npz")
        np.savez(part, allow_pickle=False, names=np.array(names), **arrays)
        part.replace(path)
        for old in path.parent.glob("topics-*.npz"):
            if old != path:
                old.unlink(missing_ok=True)
    except OSError:
        return
