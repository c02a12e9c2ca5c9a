"""Bytes to segments. Text may come in pieces of any size; a segment, a line break or a character may be split between two."""

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from explainer.readers.base import Unreadable
from explainer.readers.x12.separators import BLANK, ISA_WITHIN, Separators, separators_at

LONGEST = 20_000
# A header and what must follow it are waited for before the separators are told.
_ENOUGH = 4_096
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
# Each byte that can be seen as it is, the others as zero.
_SEEN = bytes(byte if 32 <= byte < 127 or byte in b"\t\n" else 0 for byte in range(256))
MARK = "\ufffd"
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


class Decoder:
    """Bytes in pieces to text with one sort of line break. `guessed`: a byte was not UTF-8; from there on it is read as
    Windows Latin."""

    def __init__(self) -> None:
        self.guessed = False
        self._bytes: codecs.IncrementalDecoder | None = None
        self._breaks = io.IncrementalNewlineDecoder(None, translate=True)

    def feed(self, data: bytes, last: bool = False) -> str:
        """The text of the next bytes, as far as it is whole."""
        if self._bytes is None:
            mark, name = next(((m, n) for m, n in _BOMS if data.startswith(m)), (b"", "utf-8"))
            data = data[len(mark) :]
            self._bytes = codecs.getincrementaldecoder(name)("strict" if name == "utf-8" else "replace")
        before, _ = self._bytes.getstate()
        try:
            text = self._bytes.decode(data, last)
        except UnicodeDecodeError:
            self.guessed = True
            self._bytes = codecs.getincrementaldecoder("cp1252")("replace")
            text = self._bytes.decode(before + data, last)
        translated: str = self._breaks.decode(text, last)
        return translated


@dataclass(frozen=True, slots=True)
class Batch:
    """The text of segments that follow one another. at: where it stands. end: what the first of them ends with.

    fresh: they start with an envelope of their own. before_claim: a claim begins behind them.
    """

    text: str
    at: int
    end: str
    separators: Separators
    fresh: bool
    before_claim: bool

    def raws(self, start: int, stop: int) -> tuple[list[str], int]:
        """The segments of a part of the text, and how many characters separate two of them: with a line break, where each has
        one. The last is what stands behind the last end, mostly nothing."""
        part, terminator = self.text[start:stop], self.separators.segment
        if terminator != "\n":
            raws = part.split(f"{terminator}\n")
            last = raws[-1].removesuffix(terminator)
            if part.count(terminator) == len(raws) - 1 + (last is not raws[-1]):
                raws[-1] = last
                return raws, 2
        return part.split(terminator), 1


class Cutter:
    """Text in pieces to batches of segments. `text` gathers what was cut where `keep` is asked for.

    Separators are read anew at every ISA. `broken`: places of envelopes that could not be read and were passed over.
    `hidden`: how many unseen characters were replaced. `open_end`: whether the last segment has no end.
    """

    def __init__(self, keep: bool) -> None:
        self.separators: Separators | None = None
        self.broken: list[int] = []
        self.hidden = 0
        self.open_end = False
        self._kept: list[str] | None = [] if keep else None
        self._buffer = ""
        self._at = 0

    @property
    def text(self) -> str:
        """All that was cut, one character for one, with unseen separators made visible."""
        whole = "".join(self._kept or ())
        return _shown(whole, self.separators) if self.separators else whole

    def feed(self, text: str, last: bool = False) -> Iterator[Batch]:
        """The batches that are whole. Raises Unreadable: x12-separators, too-big."""
        self._buffer += text
        fresh = self.separators is None
        while self._buffer:
            if fresh and not self._opened(last):
                return
            assert self.separators is not None
            following = _next_interchange(self._buffer, self.separators.segment)
            end = following or (len(self._buffer) if last else self._last_end(self.separators))
            end += self._buffer.startswith("\n", end) and end > 0
            if end == 0:
                if len(self._buffer) > LONGEST:
                    raise Unreadable("too-big")
                return
            yield self._cut(end, self.separators, fresh)
            fresh = bool(following)
            if fresh:
                self.separators = None
            elif not last:
                return

    def _last_end(self, separators: Separators) -> int:
        """How far the buffer can be cut before there is more: up to its last claim, so that a claim stays whole; behind the last
        segment, where that claim is a long one. 0 where no segment has ended."""
        buffer = self._buffer
        at = buffer.rfind(f"CLP{separators.element}")
        if 0 < len(buffer) - at < LONGEST and buffer.endswith((separators.segment, f"{separators.segment}\n"), 0, max(at, 0)):
            return at
        return buffer.rfind(separators.segment) + 1

    def _opened(self, last: bool) -> bool:
        """Whether the separators of the next envelope are known."""
        self._drop(len(self._buffer) - len(self._buffer.lstrip(BLANK + "\ufeff")))
        if not self._buffer or (len(self._buffer) < _ENOUGH and not last):
            return False
        self.separators = separators_at(self._buffer[:_ENOUGH])
        if self.separators is None:
            self._pass_over()
        return self.separators is not None

    def _pass_over(self) -> None:
        """A header that cannot be read: go on at the next segment that can be."""
        self.broken.append(self._at)
        head = self._buffer[:_ENOUGH]
        element = head[3:4] if head.startswith("ISA") else ""
        starts = [at for name in ("GS", "ST") if element and (at := head.find(f"{name}{element}", 3)) > 0]
        for at in sorted(starts):
            self.separators = separators_at(head[at:])
            if self.separators is not None:
                self._drop(at)
                return
        raise Unreadable("x12-separators", at=self._at)

    def _drop(self, count: int) -> None:
        if self._kept is not None:
            self._kept.append(self._buffer[:count])
        self._buffer, self._at = self._buffer[count:], self._at + count

    def _cut(self, end: int, separators: Separators, fresh: bool) -> Batch:
        piece, at = self._cleaned(self._buffer[:end], separators), self._at
        self._buffer, self._at = self._buffer[end:], at + end
        if self._kept is not None:
            self._kept.append(piece)
        self.open_end = (
            bool(piece.strip(BLANK)) and not piece.rstrip(BLANK).endswith(separators.segment) and (separators.segment != "\n")
        )
        before_claim = self._buffer.startswith(f"CLP{separators.element}")
        return Batch(piece, at, _end(piece, separators.segment), separators, fresh, before_claim)

    def _cleaned(self, piece: str, separators: Separators) -> str:
        """Without characters that cannot be seen or that turn others round; the separators stay."""
        if (piece.isascii() and b"\0" not in piece.encode().translate(_SEEN)) or not _UNSEEN.search(piece):
            return piece
        kept = (separators.element, separators.component, separators.segment)

        def mark(match: re.Match[str]) -> str:
            self.hidden += match[0] not in kept
            return match[0] if match[0] in kept else MARK

        return _UNSEEN.sub(mark, piece)


def _end(piece: str, terminator: str) -> str:
    """A terminator, with the line break behind it where the first has one."""
    return f"{terminator}\n" if terminator != "\n" and piece.startswith("\n", piece.find(terminator) + 1) else terminator


def _shown(text: str, separators: Separators) -> str:
    visible = {separators.element: "*", separators.component: ":", separators.segment: "~"}
    return text.translate({ord(c): v for c, v in visible.items() if _UNSEEN.match(c)})


def _next_interchange(text: str, terminator: str) -> int:
    """Where the next ISA starts behind the end of a segment; 0 where there is none."""
    at = text.find("ISA", 1)
    while at > 0:
        before = text[max(0, at - ISA_WITHIN) : at].rstrip(BLANK)[-1:]
        ends = before == terminator or (terminator == "\n" and text[at - 1] in BLANK)
        if ends and text[at + 3 : at + 4] and not text[at + 3].isalnum():
            return at
        at = text.find("ISA", at + 1)
    return 0
