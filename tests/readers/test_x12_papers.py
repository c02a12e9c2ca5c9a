"""Every made-up 835 says exactly what stands beside it, wherever it is cut into pieces."""

import io
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reader_papers import knowledge, read_bytes, refused
from x12_papers import FOLDER, said

from bench.remittances import Counted, remittance
from explainer.model.document import Claim
from explainer.readers import Unreadable, Upload, open_stream
from explainer.readers.export import document_json, streamed_json
from explainer.readers.formats import found_format
from explainer.settings import Limits

PAPERS = sorted(FOLDER.glob("*.835"))
GOOD = (FOLDER / "no-line-breaks.835").read_bytes()


@pytest.mark.parametrize("paper", PAPERS, ids=lambda p: p.stem)
def test_paper(paper: Path) -> None:
    assert said(paper) == json.loads(paper.with_suffix(".json").read_text("utf-8"))


def test_there_are_papers() -> None:
    assert len(PAPERS) >= 30


@pytest.mark.parametrize("paper", PAPERS, ids=lambda p: p.stem)
def test_every_place_holds_what_was_read_there(paper: Path) -> None:
    document = read_bytes(paper.read_bytes(), paper.name).document
    for line in document.lines:
        assert document.text[line.source.start :].startswith("SVC")
        for name, place in line.places.items():
            printed = document.text[place.start : place.end]
            if name in ("billed", "plan_paid", "allowed") and (amount := line.amounts.get(name)) is not None:
                assert Decimal(printed) == amount
            if name == "code" and line.code:
                assert line.code in printed
    for claim in document.claims:
        for name, value in (("claim_id", claim.claim_id), ("account_number", claim.account_number)):
            if value and name in claim.places:
                assert document.text[claim.places[name].start : claim.places[name].end] == value
    for problem in document.problems:
        assert problem.span is None or 0 <= problem.span.start <= problem.span.end <= len(document.text) + 1
    assert not any(ord(c) < 32 and c not in "\n\t" for c in document.text)


class Slowly(io.BytesIO):
    """A pipe that gives a few bytes at a time."""

    step = 7

    def read(self, size: int | None = -1) -> bytes:
        return super().read(self.step)


def _without_places(claim: Claim) -> Claim:
    lines = tuple(replace(x, places={}, adjustments=tuple(replace(a, span=None) for a in x.adjustments)) for x in claim.lines)
    return replace(claim, places={}, lines=lines, adjustments=tuple(replace(a, span=None) for a in claim.adjustments))


@pytest.mark.parametrize("step", [1, 7, 100, 5_000])
@pytest.mark.parametrize("paper", PAPERS, ids=lambda p: p.stem)
def test_a_stream_gives_the_same_claims(paper: Path, step: int) -> None:
    data = paper.read_bytes()
    file = Slowly(data[20:])
    file.step = step
    stream = open_stream(file, Upload("p1", paper.name, data[:20]), knowledge(), Limits())
    whole = read_bytes(data, paper.name).document
    assert stream is not None
    assert list(stream) == [_without_places(claim) for claim in whole.claims]
    assert [p.code for p in stream.closing().problems] == [p.code for p in whole.problems]


def test_places_do_not_depend_on_where_a_long_file_is_cut() -> None:
    data = b"".join(remittance(300, Counted(), seed=7, each=50))
    document = read_bytes(data, "a.835").document
    ends = [document.text[line.source.end] for line in document.lines]
    assert set(ends) == {"~"}
    stream = open_stream(io.BytesIO(data[5_000:]), Upload("p1", "a.835", data[:5_000]), knowledge(), Limits())
    assert stream is not None
    assert list(stream) == [_without_places(claim) for claim in document.claims]


def test_streamed_json_is_the_document() -> None:
    paper = FOLDER / "statuses.835"
    stream = open_stream(io.BytesIO(), Upload("p1", paper.name, paper.read_bytes()), knowledge(), Limits())
    assert stream is not None
    pieces = list(streamed_json(stream.head, stream, stream.closing, knowledge()))
    read = document_json(read_bytes(paper.read_bytes(), paper.name).document, knowledge())
    got = json.loads("".join(pieces))
    assert len(pieces) == 2 + len(got["claims"])
    assert list(got) == list(read)
    for claim in read["claims"]:  # type: ignore[attr-defined]
        for line in claim["lines"]:
            line["places"] = {}
    assert got["claims"] == read["claims"]
    assert got["warnings"] == read["warnings"]


def test_only_835_files_can_be_streamed() -> None:
    assert open_stream(io.BytesIO(), Upload("p1", "a.csv", b"a,b\n1,2\n"), knowledge(), Limits()) is None


def test_a_fault_in_the_middle_of_a_stream_ends_it_with_a_warning() -> None:
    data = (FOLDER / "several-payments.835").read_bytes()
    cut = data.index(b"ISA", 10)
    stream = open_stream(io.BytesIO(b"CLP*" + b"9*" * 50_000), Upload("p1", "a.835", data[:cut] * 40), knowledge(), Limits())
    assert stream is not None
    assert len(list(stream)) >= 30
    assert "x12-stopped" in [p.code for p in stream.closing().problems]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (GOOD[:106], "x12-no-claims"), (b"ISA*00*~GS*HP~ST*835*1~SE*2*1~", "x12-no-claims"),
        (b"ISA*00*          *00*", "x12-separators"),
        (GOOD.replace(b"*", b"A"), "x12-separators"), (GOOD.replace(b"ST*835", b"ST*837"), "x12-837"),
        (GOOD.replace(b"ST*835", b"ST*820"), "x12-820"), (GOOD.replace(b"ST*835", b"ST*997"), "x12-other"),
        (GOOD.replace(b"*1*100*80*5*", b"**100*80*5*"), "x12-shifted"), (GOOD[:106] + b"CLP*" + b"9*" * 300_000, "too-big"),
        (GOOD.replace(b"SVC*", b"CAS*CO*45*1~" * 60_000 + b"SVC*"), "too-big"),
        (GOOD.replace(b"CAS*CO*45*15", b"CAS*CO" + b"*45*15*1" * 100), "too-big"),
    ],
)  # fmt: skip
def test_refused(data: bytes, code: str) -> None:
    assert refused(data, "a.835") == code
    for part in ("message", "try"):
        for lang in ("en", "es"):
            assert knowledge().say(f"read.{code}.{part}", lang, {"kind": "997"})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (b"ISA*00*", "x12-835"), (b"\xef\xbb\xbf \r\n ISA|00|", "x12-835"), (b"GS*HP*A*B*", "x12-835"),
        (b"ST*835*0001~", "x12-835"),
        (b"ST^835^0001", "x12-835"), (b"ISABELLA owes $5", "text"), (b"ST. LUKES", "text"), (b"GS is short", "text"),
        (b"STATEMENT", "text"),
    ],
)  # fmt: skip
def test_what_is_an_x12_file(head: bytes, found: str) -> None:
    assert found_format(head, "paper.txt") == found


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["ST*835*0001", "BPR*I*5*C*ACH", "N1*PR*PLAN", "LX*1", "CLP*A*1*10*5*5*12*B", "CLP*A*22*-10*-5", "CLP**",
             "CAS*CO*45*5", "CAS*PR*1*x**2*3", "SVC*HC:97110*10*5", "SVC", "SVC*HC", "DTM*472*20260101", "DTM*150", "AMT*B6*5",
             "LQ*HE*N1", "MOA***M1", "NM1*QC*1*A*B",
             "PLB*1*2*WO*5", "SE*4*0001", "GE*1*1", "IEA*1*000000001", "ISA*00*", "ST*837*1", "", "\x1c", "\u202e5.00"]
        )
        | st.text(max_size=5),
        max_size=30,
    )
)  # fmt: skip
def test_any_segments_give_a_document_or_a_reason(segments: list[str]) -> None:
    data = GOOD[:106] + "~".join(segments).encode("utf-8", "replace")
    try:
        document = read_bytes(data, "a.835").document
    except Unreadable:
        return
    json.dumps(document_json(document, knowledge(), "es"), allow_nan=False)
