"""What is read of an 835 by patterns is what is read of it segment by segment, whatever stands in it."""

import io
import random
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from reader_papers import knowledge

from bench.remittances import Counted, remittance
from explainer.model.document import Claim, Document, Problem
from explainer.readers import Unreadable, Upload, open_stream
from explainer.readers.x12.plain import Plain
from explainer.readers.x12.shapes import ShapeBook
from explainer.readers.x12.whole import WholeClaim
from explainer.settings import Limits

_ODD_NUMBERS = (".5", "1e3", "--5", "5.", "", " 7 ", "-0", "-0.00", "1,000.00", "NaN", "٣", "12345678901234", "1.23456", "+5")
_MARKS = (("*", ":", "~"), ("|", ">", "!"), ("^", "<", "\n"), ("*", ":", "'"), ("\x1d", "\x1f", "\x1c"))
_CODES = ("HC:97110", "HC:97110:GP", "HC:97140:GP:59:KX:XS:shoulder", "NU:0420", "AD:D0120", "N4:00002322702", "HC>99213",
          "97530", "", "HC", "ZZ:1")  # fmt: skip
_OF_CLAIM = (
    "NM1*82*1*THERAPIST*PAT****XX*1", "NM1*IL*1*SAMPLE*LEE****MI*Z9", "NM1*74*1*SAMPLE", "MOA***MA01*N1", "REF*EA*7", "REF*1L*G1",
    "DTM*232*20260301", "DTM*233*20260303", "DTM*050*20260310", "DTM*573*20260311", "PER*CX*HELP*TE*5555550100", "AMT*AU*100",
    "QTY*CA*2", "REF*1L", "DTM",
)  # fmt: skip
_DAYS = ("20260310", "20260311", "2026031", "20261345", "", "RD8")


class _Maker:
    """Makes 835 files of a seed. Most is as the guide wants it; `odd` is the share of what is not."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.odd = self.chance.choice((0, 0.01, 0.05, 0.3))
        self.marks = self.chance.choice(_MARKS)
        self.line_break = self.chance.choice(("\n", "", "\r\n", "\n")) if self.marks[2] != "\n" else ""

    def is_odd(self) -> bool:
        return self.chance.random() < self.odd

    def money(self, most: int = 20_000) -> str:
        if self.is_odd():
            return self.chance.choice(_ODD_NUMBERS)
        return str(Decimal(self.chance.randrange(0, most)) / self.chance.choice((1, 10, 100)))

    def file(self) -> bytes:
        element, component, terminator = self.marks
        text = "".join(f"{segment}~{self._break()}" for segment in self._segments())
        return text.translate({ord("*"): element, ord(":"): component, ord("~"): terminator}).encode()

    def _break(self) -> str:
        return "" if self.line_break and self.is_odd() and self.chance.random() < 0.1 else self.line_break

    def _segments(self) -> Iterator[str]:
        yield f"ISA*00*{' ' * 10}*00*{' ' * 10}*ZZ*{'MADEUP':15}*ZZ*{'CLINIC':15}*260314*1200*^*00501*000000001*0*T*:"
        yield "GS*HP*MADEUP*CLINIC*20260314*1200*1*X*005010X221A1"
        for number in range(self.chance.randrange(1, 5)):
            yield from (f"ST*835*{number:04}", f"BPR*I*{self.money()}*C*CHK************20260320", "TRN*1*T1*1999999999")
            yield from ("N1*PR*MADE UP PLAN", "N1*PE*MADE UP CLINIC", "LX*1")
            for claim in range(self.chance.randrange(0, 25)):
                yield from self._claim(claim)
                if self.is_odd():
                    yield self.chance.choice(("LX*2", "", "TS3*1", "PLB*1*20261231*WO:1*5", "XX", "NTE*ADD*words", "SVC", "CLP"))
            yield from (f"PLB*1*20261231*WO:1*{self.money(99)}",) if self.chance.random() < 0.3 else ()
            yield f"SE*{self.chance.randrange(3, 99)}*{number:04}"
        yield from ("GE*1*1", "IEA*1*000000001")

    def _claim(self, number: int) -> Iterator[str]:
        services = [self._service() for _ in range(self.chance.choice((0, 1, 1, 2, 3, 6)))]
        billed, paid, owed = (sum((sums[i] for _, sums in services), Decimal(0)) for i in range(3))
        status = self.chance.choice(("4", "23", "25", "3", "77", "", "abc") if self.is_odd() else ("1", "1", "2", "22"))
        head = f"CLP*A{number}*{status}*{billed}*{self.money() if self.is_odd() else paid}*{owed}*12*C{number}*11*1"
        yield "*".join(head.split("*")[: self.chance.randrange(3, 11)]) if self.is_odd() else head
        yield from self._some(("CAS*CO*45*1", "CAS*PR*1*5*2*2*6", f"CAS*OA*23*{self.money()}"), 0.05)
        yield f"NM1*QC*1*SAMPLE*{self.chance.choice(('ALEX', 'DANA'))}*Q***MI*Z{self.chance.randrange(3)}"
        yield from self._some(_OF_CLAIM, 0.4)
        for text, _ in services:
            yield from text
        if self.is_odd():
            yield self.chance.choice(("NM1*QC*1*LATE*LATE", "MOA***MA07", " SVC*HC:97110*5*5", "SVC*", "CAS", "DTM*472"))

    def _some(self, segments: tuple[str, ...], share: float) -> Iterator[str]:
        return (s for s in segments if self.chance.random() < share)

    def _service(self) -> tuple[list[str], tuple[Decimal, Decimal, Decimal]]:
        cas = [self._cas() for _ in range(self.chance.choice((0, 1, 1, 2, 2, 3)))]
        off = sum((amount for _, amount, _ in cas), Decimal(0))
        owed = sum((part for _, _, part in cas), Decimal(0))
        sign = -1 if self.chance.random() < 0.1 else 1
        billed = sign * (off + Decimal(self.chance.randrange(0, 20_000)) / 100)
        paid = billed - off + (1 if self.is_odd() else 0)
        code = self.chance.choice(_CODES) if self.is_odd() else self.chance.choice(_CODES[:3])
        svc = f"SVC*{code}*{self.money() if self.is_odd() else billed}*{paid}"
        svc += self.chance.choice(("", "*", *["**1"] * 4, "*0420*2", "**1*", "**2*HC:97112*3", f"**{self.money(9)}", "**1**2"))
        day = self.chance.choice(_DAYS) if self.is_odd() else "20260310"
        dtm = self.chance.choice(
            (*[f"DTM*472*{day}"] * 8, f"DTM*150*{day}", f"DTM*472*{day}*1", "DTM*472****RD8*20260301-20260302")
        )
        segments = [svc, *self._some((dtm,), 0.9), *self._some(("DTM*151*20260312",), 0.1), *(text for text, _, _ in cas)]
        segments += self._some(("REF*6R*1", "REF*LU*11"), 0.5)
        segments += [*self._some((f"AMT*B6*{self.money()}",), 0.5), *self._some(("AMT*AU*5", "AMT*B6*6"), 0.05)]
        segments += self._some(("QTY*ZS*1", "LQ*HE*N130", "LQ*HE*M15", "LQ*RX*75", "LQ*HE", "LQ*HE*ZZ99"), 0.2)
        if self.is_odd():
            self.chance.shuffle(segments)
        return segments, (billed, paid, owed)

    def _cas(self) -> tuple[str, Decimal, Decimal]:
        group = self.chance.choice(("CO", "PR", "OA", "PI", "XX") if self.is_odd() else ("CO", "PR", "CO", "PR", "OA"))
        text, off = f"CAS*{group}", Decimal(0)
        for place in range(self.chance.choice((1, 1, 1, 1, 1, 2, 2, 3, 6))):
            amount, printed = Decimal(self.chance.randrange(-50, 5_000)) / self.chance.choice((1, 10, 100)), ""
            printed = self.chance.choice(_ODD_NUMBERS) if self.is_odd() else str(amount)
            quantity = self.chance.choice(("", "", "", "1", "x")) if self.chance.random() < 0.1 else ""
            reason = self.chance.choice(("1", "2", "3", "45", "96", "ZZZ", "") if self.is_odd() else ("1", "2", "3", "45", "96"))
            text += f"{'*' + quantity if place else ''}*{reason}*{printed}"
            off += amount
        text += self.chance.choice(("", "", "", "*1", "*1*9", "*")) if self.chance.random() < 0.2 else ""
        return text, off, off if group == "PR" else Decimal(0)


@pytest.fixture(autouse=True)
def every_problem_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where only the first are kept, it depends on how much is looked at together which those are."""
    monkeypatch.setattr("explainer.readers.x12.notes._MOST", 10_000)
    monkeypatch.setattr("explainer.readers.x12.notes._MOST_OF_ONE", 10_000)


def _streamed(data: bytes, elements: int = 200) -> tuple[list[Claim], Document, list[Problem]] | str:
    """Claims, the document and its problems, in no order: that depends on how much is looked at together."""
    try:
        upload = Upload("p1", "a.835", data[:200])
        stream = open_stream(io.BytesIO(data[200:]), upload, knowledge(), Limits(x12_elements=elements))
        assert stream is not None
        claims = list(stream)
    except Unreadable as error:
        return error.code
    closing = stream.closing()
    return claims, replace(closing, problems=()), sorted(closing.problems, key=repr)


def _segment_by_segment(data: bytes, monkeypatch: pytest.MonkeyPatch, elements: int = 200) -> object:
    with monkeypatch.context() as patch:
        patch.setattr(ShapeBook, "shapes", lambda *_: None)
        return _streamed(data, elements)


@pytest.mark.parametrize("first", range(0, 300, 25))
def test_patterns_change_nothing(first: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for seed in range(first, first + 25):
        data = _Maker(seed).file()
        assert _streamed(data) == _segment_by_segment(data, monkeypatch), seed


@pytest.mark.parametrize("size", [1, 7, 61, 300, 1_000, 5_000, 20_000])
def test_pieces_of_any_size_give_the_same(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A claim that is cut in two, and one that ends just where a piece does."""
    for seed in range(40 if size > 60 else 8):
        data = _Maker(seed).file()
        whole = _streamed(data)
        with monkeypatch.context() as patch:
            patch.setattr("explainer.readers.x12.CHUNK", size)
            assert _streamed(data) == whole, seed


@pytest.mark.parametrize("elements", [12, 18, 24, 30])
def test_no_pattern_takes_more_elements_than_are_allowed(elements: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for seed in range(40):
        data = _Maker(seed).file().replace(b"REF*6R*1", b"REF*6R*1" + b"*" * (seed % 30))
        assert _streamed(data, elements) == _segment_by_segment(data, monkeypatch, elements), seed


def _in_one_go(data: bytes, monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    """How many services were read in one go, and how many there are."""
    quickly, lines = 0, Plain.lines

    def counted(self: Plain, claim: WholeClaim, *rest: object) -> object:
        nonlocal quickly
        made = lines(self, claim, *rest)  # type: ignore[arg-type]
        quickly += len(made[0])
        return made

    with monkeypatch.context() as patch:
        patch.setattr(Plain, "lines", counted)
        read = _streamed(data)
    return (0, 0) if isinstance(read, str) else (quickly, sum(len(claim.lines) for claim in read[0]))


def test_enough_is_read_in_one_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the tests above would compare the slow way with itself."""
    quickly, whole = _in_one_go(b"".join(remittance(300, Counted(), seed=7, each=50)), monkeypatch)
    assert quickly > 0.85 * whole
    counts = [_in_one_go(_Maker(seed).file(), monkeypatch) for seed in range(300)]
    assert sum(quick for quick, _ in counts) > 0.2 * sum(all_ for _, all_ in counts)
