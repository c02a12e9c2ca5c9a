"""835 files: how many services a second become records, whether the sums are right, and how much memory a long file takes."""

import io
import resource
import subprocess
import sys
import time
from decimal import Decimal
from typing import BinaryIO, cast

from bench.remittances import Counted, remittance
from explainer.knowledge.base import Knowledge
from explainer.readers import Upload, read
from explainer.readers.x12 import Stream
from explainer.settings import Limits

CLAIMS = 10_000
_LONG = 100_000


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _file(claims: int) -> tuple[bytes, Counted]:
    counted = Counted()
    return b"".join(remittance(claims, counted)), counted


class _Endless(io.RawIOBase):
    """A long file that is never whole anywhere."""

    def __init__(self, claims: int, counted: Counted) -> None:
        self._pieces, self._left = remittance(claims, counted), b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while len(self._left) < size and (piece := next(self._pieces, b"")):
            self._left += piece
        given, self._left = self._left[:size], self._left[size:]
        return given


def _stream(file: io.BytesIO | io.RawIOBase, knowledge: Knowledge) -> Stream:
    return Stream(cast(BinaryIO, file), Upload("p1", "bench.835", b""), knowledge, Limits())


def _right(read_: Counted, made: Counted) -> str:
    names = ("claims", "lines", "billed", "paid", "owed", "discount", "remarks")
    wrong = [n for n in names if getattr(read_, n) != getattr(made, n)]
    return f"WRONG: {', '.join(wrong)}" if wrong else "sums right"


def _through(stream: Stream) -> tuple[Counted, float]:
    """Every claim looked at and let go; the time without the looking is `_parse`'s."""
    found, started = Counted(), time.process_time()
    for claim in stream:
        found.claims += 1
        found.lines += len(claim.lines)
        found.billed += claim.totals.billed or Decimal(0)
        found.paid += claim.totals.plan_paid or Decimal(0)
        found.owed += claim.totals.patient_owes or Decimal(0)
        parts = [line.amounts.discount for line in claim.lines]
        found.discount += claim.totals.discount or sum((p for p in parts if p is not None), Decimal(0))
        found.remarks += sum(len(line.remarks) for line in claim.lines)
    return found, time.process_time() - started


def _parse(data: bytes, knowledge: Knowledge, kept: bool) -> float:
    """Seconds of this processor to go through a file; kept: all claims stay in memory together."""
    started = time.process_time()
    claims = [c for c in _stream(io.BytesIO(data), knowledge) if kept]
    taken = time.process_time() - started
    del claims
    return taken


def _memory() -> None:
    """In a process of its own: how much a long file adds to what a short one took."""
    knowledge, counted = Knowledge.load(), Counted()
    _through(_stream(io.BytesIO(_file(500)[0]), knowledge))
    before = _peak()
    found, _ = _through(_stream(_Endless(_LONG, counted), knowledge))
    print(
        f"835 of {_LONG} claims, {counted.lines} services, from a pipe: {_right(found, counted)}, "
        f"peak memory grew by {_peak() - before:.1f} MiB to {_peak():.0f} MiB"
    )


def main() -> None:
    """Prints the figures."""
    knowledge, (data, made) = Knowledge.load(), _file(CLAIMS)
    print(f"835 of {made.claims} claims, {made.lines} services, {made.segments} segments, {len(data) / 1e6:.2f} MB")
    found, _ = _through(_stream(io.BytesIO(data), knowledge))
    print(f"  {_right(found, made)}")
    for name, kept in (("streamed", False), ("all kept", True)):
        best = min(_parse(data, knowledge, kept) for _ in range(5))
        print(
            f"  {name:9} {best:6.3f} s CPU {made.lines / best:9.0f} services/s {made.segments / best:9.0f} segments/s "
            f"{len(data) / best / 1e6:5.1f} MB/s"
        )
    small, counted = _file(1_500)
    started = time.process_time()
    read(Upload("p1", "small.835", small), knowledge, Limits())
    print(f"  read() with every field's place: {counted.lines / (time.process_time() - started):.0f} services/s")
    subprocess.run([sys.executable, "-c", "from bench.remittance import _memory; _memory()"], check=True)


if __name__ == "__main__":
    main()
