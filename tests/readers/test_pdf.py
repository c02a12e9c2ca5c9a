"""PDFs: what can be seen is read, wherever and however it stands; what cannot be seen is told and not read."""

from decimal import Decimal
from typing import Any

import pdf_maker as made
import pytest
from reader_papers import knowledge

from explainer.readers import Reading, Unreadable, Upload, box, read
from explainer.settings import Limits


def read_pdf(data: bytes) -> Reading:
    return read(Upload("p1", "eob.pdf", data), knowledge(), Limits())


def amounts(reading: Reading) -> list[list[str]]:
    names = ("billed", "discount", "plan_paid", "patient_owes")
    return [[str(line.amounts.get(n)) for n in names] for line in reading.document.lines]


def codes(reading: Reading) -> list[str]:
    return [p.code for p in reading.problems]


LINE = ["120.00", "55.80", "24.20", "40.00"]


@pytest.mark.parametrize(
    "data",
    [
        made.pdf(made.plain), made.pdf(made.white_on_dark), made.pdf(made.form), made.locked(""), made.cropped(),
        *(made.turned(q, by_page) for q in range(4) for by_page in (False, True)),
    ],
    ids=["plain", "white-on-dark", "form", "empty-password", "cropped", *(f"turned-{q}-{p}" for q in range(4) for p in "rp")],
)  # fmt: skip
def test_what_can_be_seen_is_read(data: bytes) -> None:
    reading = read_pdf(data)
    assert amounts(reading) == [LINE]
    assert (reading.document.claims[0].claim_id, reading.document.lines[0].code) == ("5550001112", "97110")
    assert set(codes(reading)) <= {"hidden-words", "conflicting-amounts"}


@pytest.mark.parametrize("how", ["no ink", "white", "tiny", "off the page", "covered"])
def test_what_cannot_be_seen_is_told_and_not_read(how: str) -> None:
    reading = read_pdf(made.pdf(made.with_hidden(how)))
    assert amounts(reading) == [LINE]
    assert "9,999" not in reading.document.text
    hidden = next(p for p in reading.problems if p.code == "hidden-words")
    conflict = next(p for p in reading.problems if p.code == "conflicting-amounts")
    assert hidden.values["count"] == 4
    assert conflict.values == {"first": Decimal("40.00"), "second": Decimal("9999.00")}


def test_a_value_knows_its_page_and_box() -> None:
    document = read_pdf(made.two_pages()).document
    assert [(line.source.page, str(line.service_date)) for line in document.lines] == [
        (1, "2026-03-02"), (1, "2026-03-03"), (1, "2026-03-04"), (2, "2026-03-04"), (2, "2026-03-05"),
    ]  # fmt: skip
    for line in document.lines:
        place = line.place("billed")
        assert place.box is not None
        assert document.text[place.start : place.end] == "$120.00"
        assert 215 <= place.box.left < place.box.right <= 260
        assert line.place("billed").box != line.place("plan_paid").box
    assert [(p.number, p.width, p.height) for p in document.pages] == [(1, 612, 792), (2, 612, 792)]


def test_running_heads_and_page_numbers_are_left_out() -> None:
    text = read_pdf(made.two_pages()).document.text
    assert "Page 2 of 2" not in text
    assert text.count("Fernhill Health Plan statement") == 1


def test_every_page_has_a_small_picture_of_its_shape() -> None:
    reading = read_pdf(made.two_pages())
    assert [p.page for p in reading.pictures] == [1, 2]
    for picture in reading.pictures:
        assert (picture.width, picture.height) == (850, 1100)
        assert len(picture.png) < 40_000


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (made.locked("secret"), "pdf-password"), (b"%PDF-1.7\nnothing", "pdf-damaged"),
        (made.pdf(made.plain)[:600], "pdf-damaged"),
        (made.pdf(*[made.plain] * 51), "pdf-pages"), (made.pdf(lambda c: None), "no-words"),
    ],
    ids=["password", "header-only", "cut", "pages", "blank"],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_words(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_pdf(data)
    assert refused.value.code == code
    for part in ("message", "try"):
        for lang in ("en", "es"):
            said = knowledge().say(f"read.{code}.{part}", lang, dict(refused.value.values))  # type: ignore[arg-type]
            assert "{" not in said
    if code == "pdf-pages":
        assert refused.value.values == {"pages": 51, "most": 50}


def test_the_page_limit_is_told_with_both_numbers() -> None:
    assert "51" in knowledge().say("read.pdf-pages.message", "en", {"pages": 51, "most": 50})


def test_a_page_of_words_costs_no_wait_for_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[Any] = []
    box.run("pdf", made.two_pages(), Limits(), lambda done, total: heard.append((done, total)))
    assert heard == [(1, 2), (2, 2)]
