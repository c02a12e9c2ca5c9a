"""What content says of a term or of a code printed on a line, and what the paper's own notes say."""

import re
from dataclasses import dataclass

from explainer.checks.worded import worded_bucket
from explainer.conversation.reply import Cited, Statement
from explainer.conversation.topics.asked_lines import printed_keys
from explainer.conversation.topics.common import Talk, capital, state
from explainer.knowledge.schema import ReasonEntry, RemarkEntry
from explainer.model.document import ServiceLine, plain_key

_GROUPED = re.compile(r"(CO|PR|OA|PI|CR)([A-Z]{0,2}\d{1,3})")
# What the codes say even before content knows them: the cost shares and the contract's price cut are no refusals.
_SHARES_AND_CUTS = frozenset({"1", "2", "3", "45", "66", "253"})
_BUNDLED = frozenset({"97", "234", "M15", "M80", "N19", "N20"})
_QUIET_BUCKETS = frozenset({"cost-share", "price-cut", "information", "payment-rule", "qmb", "surprise"})


@dataclass(frozen=True, slots=True)
class Key:
    """A printed key taken apart. group and reason are None for a remark code or a payer's own key."""

    printed: str
    group: str | None = None
    reason: str | None = None

    @property
    def id(self) -> str:
        """The entry it would have: "carc:50" or "rarc:M15"."""
        return f"carc:{self.reason}" if self.reason else f"rarc:{plain_key(self.printed)}"


def split_key(printed: str) -> Key:
    """CO-50, CO50 and co 50 are group CO, reason 50; anything else is a remark or the payer's own key."""
    match = _GROUPED.fullmatch(plain_key(printed))
    return Key(printed, match[1], match[2]) if match else Key(printed)


def keys_of(line: ServiceLine) -> tuple[Key, ...]:
    """A line's printed keys, taken apart."""
    return tuple(split_key(key) for key in printed_keys(line))


def entry_of(talk: Talk, key: Key) -> ReasonEntry | RemarkEntry | None:
    """Content's entry for a key. A bare number is the payer's own and has none."""
    if key.reason:
        return talk.knowledge.reasons.get(key.reason)
    return talk.knowledge.remarks.get(plain_key(key.printed))


def bucket_of(talk: Talk, key: Key) -> str | None:
    """The kind of reason by a code's entry; for a payer's own key, by the words that the paper prints for it."""
    entry = entry_of(talk, key)
    if entry is not None:
        return entry.bucket
    note = talk.paper.note(key.printed) if talk.paper is not None and key.reason is None else None
    return worded_bucket(note.text, talk.knowledge) if note is not None else None


def is_bundled(talk: Talk, key: Key) -> bool:
    """Whether a key says that the service counts as part of another one."""
    entry = entry_of(talk, key)
    return (key.reason or plain_key(key.printed)) in _BUNDLED or (entry is not None and entry.bucket == "bundled")


def is_refusal(talk: Talk, key: Key) -> bool:
    """Whether a key explains why something was not paid, rather than a cost share, a price cut or a mere hint."""
    entry = entry_of(talk, key)
    if key.reason in _SHARES_AND_CUTS or key.group == "CR":
        return False
    if isinstance(entry, RemarkEntry) and entry.alert:
        return False
    return entry is None or entry.bucket not in _QUIET_BUCKETS


def note_says(talk: Talk, key: Key, line: ServiceLine) -> Statement | None:
    """The paper's own words for a key of that line, quoted."""
    note = talk.paper.note(key.printed) if talk.paper else None
    if note is None:
        return None
    return state("common.note-says", (note.span, line.place("remarks")), key=key.printed, text=note.text.strip().rstrip("."))


def entry_says(talk: Talk, key: Key) -> Statement | None:
    """What content says of a key, in plain words."""
    entry = entry_of(talk, key)
    if entry is None:
        return None
    return state("common.key-means", (Cited(entry.source, key.id),), key=key.printed, text=entry.plain.in_(talk.lang))


def why_not_paid(talk: Talk, line: ServiceLine) -> tuple[Statement, ...]:
    """Why a line was not paid: the paper's note, else our entry, for the first key that tells; () where none is printed."""
    telling = sorted((k for k in keys_of(line) if is_refusal(talk, k)), key=lambda k: not is_bundled(talk, k))
    notes = (note_says(talk, key, line) for key in telling)
    entries = (entry_says(talk, key) for key in telling)
    return tuple(s for s in (*notes, *entries) if s is not None)[:1]


def term_says(talk: Talk, term: str) -> Statement | None:
    """What a word of these papers means, or None where content has no such term."""
    entry = talk.knowledge.terms.get(term)
    if entry is None:
        return None
    cited = (Cited(entry.source, f"term:{term}"),)
    return state("common.term", cited, name=capital(entry.name.in_(talk.lang)), text=entry.plain.in_(talk.lang))
