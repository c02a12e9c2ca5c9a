"""Which topic a question is of: a linear classifier and nearest examples over character and word n-grams.

Trained from content/topics, kept in the cache by the content's hash, and read back as plain arrays.
"""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import TopicEntry

# Makes of a text the words that tell its topic: particulars masked, known phrases named.
Featured = Callable[[str], str]
_CHAR_BITS, _WORD_BITS = 16, 15
_SHAPE = "4"
_WORD = r"\S+"
_NEAREST = 3
_SHARPNESS = 4.0


@dataclass(frozen=True, slots=True)
class Guess:
    """A topic, how sure (0..1, all topics together 1), and how alike its nearest examples are (0..1)."""

    topic: str
    score: float
    alike: float


@lru_cache(maxsize=1)
def _vectorizers() -> tuple[Any, Any]:
    from sklearn.feature_extraction.text import HashingVectorizer

    chars = HashingVectorizer(analyzer="char_wb", ngram_range=(2, 5), n_features=2**_CHAR_BITS, norm=None, alternate_sign=False)
    words = HashingVectorizer(
        analyzer="word", ngram_range=(1, 2), n_features=2**_WORD_BITS, norm=None, alternate_sign=False, token_pattern=_WORD
    )
    return chars, words


def _counts(texts: Sequence[str]) -> sparse.csr_matrix:
    chars, words = _vectorizers()
    both = sparse.hstack([chars.transform(texts).sqrt(), words.transform(texts).sqrt() * 1.5], format="csr")
    return both.astype(np.float32)


def _weighted(counts: sparse.csr_matrix, idf: np.ndarray) -> sparse.csr_matrix:
    out = counts.multiply(idf).tocsr()
    norms = np.sqrt(np.asarray(out.multiply(out).sum(axis=1)).ravel())
    norms[norms == 0] = 1
    return sparse.diags(1 / norms).dot(out).tocsr().astype(np.float32)


class Classifier:
    """Topics by probability for a text."""

    def __init__(self, topics: tuple[str, ...], arrays: Mapping[str, np.ndarray], featured: Featured) -> None:
        self._topics, self._featured = topics, featured
        self._idf, self._coef, self._bias = arrays["idf"], arrays["coef"], arrays["bias"]
        shape = (len(arrays["labels"]), len(self._idf))
        self._examples = sparse.csr_matrix((arrays["data"], arrays["indices"], arrays["indptr"]), shape=shape)
        self._labels = arrays["labels"]

    def guess(self, text: str) -> tuple[Guess, ...]:
        """All topics, most likely first."""
        vector = _weighted(_counts([self._featured(text)]), self._idf)
        margins = np.asarray(vector @ self._coef.T).ravel() + self._bias
        alike = self._nearest(vector)
        mixed = margins + alike
        spread = np.exp(_SHARPNESS * (mixed - mixed.max()))
        scores = spread / spread.sum()
        order = np.argsort(-scores)
        return tuple(Guess(self._topics[i], float(scores[i]), float(alike[i])) for i in order)

    def _nearest(self, vector: sparse.csr_matrix) -> np.ndarray:
        """Mean likeness of each topic's three nearest examples."""
        likeness = np.asarray((self._examples @ vector.T).todense()).ravel()
        best = np.zeros((len(self._topics), _NEAREST), dtype=np.float32)
        for label in range(len(self._topics)):
            own = likeness[self._labels == label]
            top = np.sort(own)[-_NEAREST:]
            best[label, : len(top)] = top
        return np.asarray(best.mean(axis=1))


def _examples(topics: Mapping[str, TopicEntry], featured: Featured) -> Iterable[tuple[str, str]]:
    for name, topic in topics.items():
        for text in (*topic.examples.en, *topic.examples.es):
            yield featured(text), name


def _nevers(topics: Mapping[str, TopicEntry], featured: Featured) -> Iterable[tuple[str, str]]:
    for name, topic in topics.items():
        for text in (*topic.never.en, *topic.never.es):
            yield featured(text), name


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
    fitted = [_fit(vectors, labels, not_these, topic) for topic in range(len(names))]
    examples = vectors[: len(pairs)].tocsr()
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

    rows = np.concatenate([np.arange(len(labels)), len(labels) + np.flatnonzero(not_these == topic)])
    target = np.concatenate([labels == topic, np.zeros(len(rows) - len(labels), dtype=bool)])
    model = LinearSVC(C=1.0, random_state=0).fit(vectors[rows], target)
    return model.coef_[0], float(model.intercept_[0])


def _fingerprint(topics: Mapping[str, TopicEntry], featured: Featured) -> str:
    text = json.dumps([sorted(_examples(topics, featured)), sorted(_nevers(topics, featured))])
    return hashlib.sha256(f"{_SHAPE}{_CHAR_BITS}{_WORD_BITS}{text}".encode()).hexdigest()[:32]


def load(knowledge: Knowledge, cache: Path | None, featured: Featured) -> Classifier:
    """The classifier of the content's topics: from the cache, else trained now (seconds) and kept there."""
    path = cache / f"topics-{_fingerprint(knowledge.topics, featured)}.npz" if cache else None
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
        part = path.with_suffix(".part.npz")
        np.savez(part, allow_pickle=False, names=np.array(names), **arrays)
        part.replace(path)
        for old in path.parent.glob("topics-*.npz"):
            if old != path:
                old.unlink(missing_ok=True)
    except OSError:
        return
