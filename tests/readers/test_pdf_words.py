"""Words of a PDF: letters that a program set one by one are the words that a person sees."""

from typing import Any

import pytest

from explainer.readers.pdf import words
from explainer.readers.pdf.words import Upright, inks

UPRIGHT = Upright(1, 0, 0, -1, 0, 792, 612, 792)


class Reach:
    """Where letters stand: each `wide` from the one before, with the breaks that PDFium puts between them."""

    def __init__(self, text: str, wide: float, made_up: bool) -> None:
        self.text, self.wide, self.is_made_up = text, wide, made_up
        self.letters = [i for i, c in enumerate(text) if not c.isspace()]

    def line(self, index: int) -> tuple[float, float, float, float]:
        left = 40 + self.wide * self.letters.index(index)
        return left, 700, left + 5, 708

    def made_up(self, index: int) -> bool:
        return self.is_made_up and self.text[index].isspace()

    def light(self, index: int) -> int:
        return 0

    def turned(self, index: int) -> int:
        return 0


class Handle:
    handle = None


@pytest.mark.parametrize(
    ("text", "wide", "made_up", "seen"),
    [
        ("C\r\no\r\nd\r\ne", 5.0, True, ["Code"]), ("C o d e", 5.0, True, ["Code"]), ("2 0 2 6", 5.1, True, ["2026"]),
        ("C o d e", 5.0, False, ["C", "o", "d", "e"]), ("C o d e", 7.0, True, ["C", "o", "d", "e"]),
        ("Code billed", 5.0, True, ["Code", "billed"]), ("$5.00 $6.00", 5.0, True, ["$5.00", "$6.00"]),
    ],
    ids=["breaks", "spaces", "numbers", "spaces-of-the-file", "room-between", "words", "amounts"],
)  # fmt: skip
def test_letters_set_one_by_one(text: str, wide: float, made_up: bool, seen: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "_Reach", lambda handle: Reach(text, wide, made_up))
    page: Any = Handle()
    assert [ink.text for ink in inks(page, text, UPRIGHT)] == seen
