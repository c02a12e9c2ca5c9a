"""Pictures made ready: straight, flat, upright, without ruled lines, with lines of words that stand apart."""

import itertools

import numpy as np
import pytest
from ocr_pictures import words_drawn
from PIL import Image, ImageDraw

from explainer.readers.ocr.angle import skew
from explainer.readers.ocr.arrays import as_array, bridged, long_runs, window_sums
from explainer.readers.ocr.flat import flattened, inverted, without_borders
from explainer.readers.ocr.letters import letter_height
from explainer.readers.ocr.prepare import ready, smaller, upside_down
from explainer.readers.ocr.rules import without_rules
from explainer.readers.ocr.strips import spread


@pytest.mark.parametrize("degrees", [-9.0, -2.3, -0.4, 0.0, 0.7, 3.0, 8.5])
def test_slant_is_found(degrees: float) -> None:
    slanted = words_drawn().rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    assert skew(as_array(slanted)) == pytest.approx(-degrees, abs=0.15)


def test_an_empty_page_has_no_slant() -> None:
    assert skew(np.full((800, 600), 255, np.uint8)) == 0


def test_ruled_lines_go_and_are_remembered() -> None:
    plain, ruled = as_array(words_drawn()), as_array(words_drawn(ruled=True))
    cleared, rules = without_rules(ruled, 20)
    level = [r for r in rules if r.right - r.left > 10 * (r.bottom - r.top)]
    upright = [r for r in rules if r.bottom - r.top > 10 * (r.right - r.left)]
    assert (len(level), len(upright)) == (2, 1)
    assert [abs(r.top - y) < 4 for r, y in zip(sorted(level, key=lambda r: r.top), (265, 625), strict=True)] == [True, True]
    assert abs(int((cleared < 150).sum()) - int((plain < 150).sum())) < 0.01 * (plain < 150).sum()


def test_letters_are_no_lines() -> None:
    gray = as_array(words_drawn())
    cleared, rules = without_rules(gray, letter_height(gray))
    assert not rules
    assert (cleared == gray).all()


def test_letters_are_measured() -> None:
    assert letter_height(as_array(words_drawn())) == pytest.approx(18, abs=4)


def test_shadows_vanish_and_letters_stay() -> None:
    gray = as_array(words_drawn()).astype(float)
    shaded = (gray * np.linspace(1.0, 0.4, gray.shape[1])[None, :]).astype(np.uint8)
    flat = flattened(shaded)
    assert np.percentile(flat[:, -100:], 50) > 240
    assert abs(int((flat < 150).sum()) - int((gray < 150).sum())) < 0.15 * (gray < 150).sum()


def test_white_words_on_dark_are_turned_and_titles_are_not() -> None:
    picture = Image.new("L", (1200, 900), 255)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((100, 200, 1100, 260), fill=40)
    draw.text((120, 214), "White words on a dark field", fill=255, font_size=24)
    draw.text((120, 500), "A LARGE TITLE", fill=0, font_size=60, stroke_width=2)
    gray = as_array(picture)
    turned = inverted(gray, 18)
    assert turned[205:255, 900:1090].min() > 200
    assert (turned[480:600] == gray[480:600]).all()


def test_dark_borders_are_cut() -> None:
    picture = Image.new("L", (1000, 800), 20)
    picture.paste(Image.new("L", (900, 740), 250), (60, 40))
    left, top, right, bottom = without_borders(as_array(picture))
    assert (left >= 60, top >= 40, right <= 960, bottom <= 780) == (True, True, True, True)
    assert (right - left) * (bottom - top) > 0.97 * 900 * 740


def test_a_dark_photo_is_not_cut_away() -> None:
    assert without_borders(np.full((400, 300), 30, np.uint8)) == (0, 0, 300, 400)


@pytest.mark.parametrize("degrees", [90, 270])
def test_pictures_on_their_side_are_raised(degrees: int) -> None:
    found = ready(words_drawn().rotate(degrees, expand=True))
    assert found.shown.size == (1600, 1200)


def test_turned_by_half_the_lines_go_with_it() -> None:
    found = ready(words_drawn(ruled=True))
    other = upside_down(found)
    assert upside_down(other).rules == found.rules
    assert other.rules != found.rules


def test_huge_pictures_are_made_smaller() -> None:
    assert max(smaller(Image.new("L", (6000, 3000))).size) <= 3400


def test_cells_at_heights_of_their_own_become_lines_of_their_own() -> None:
    picture = Image.new("L", (1200, 300), 255)
    draw = ImageDraw.Draw(picture)
    for x, y in ((50, 100), (50, 130), (400, 115), (700, 115), (900, 100), (900, 130)):
        draw.text((x, y), "cell 12.50", fill=0, font_size=24)
    sheet = spread(picture, 18)
    words = [sorted(b.left for b in s.blobs) for s in sheet.strips]
    assert [sum(1 for left in line if any(abs(left - x) < 12 for x in (50, 400, 700, 900))) for line in words] == [2, 2, 2]
    ends = [(s.top + s.moved, s.bottom + s.moved) for s in sheet.strips]
    assert all(b[0] - a[1] > 10 for a, b in itertools.pairwise(ends))


def test_runs_and_windows() -> None:
    mask = np.array([[0, 1, 1, 1, 0, 1], [1, 1, 0, 1, 1, 1]], bool)
    assert long_runs(mask, 3, 1).astype(int).tolist() == [[0, 1, 1, 1, 0, 0], [0, 0, 0, 1, 1, 1]]
    assert long_runs(mask, 2, 0).astype(int).tolist() == [[0, 1, 0, 1, 0, 1], [0, 1, 0, 1, 0, 1]]
    assert bridged(mask, 1, 1).astype(int).tolist() == [[1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1]]
    assert window_sums(mask, 2, 1).tolist() == [[1, 2, 2, 1, 1], [2, 1, 1, 2, 2]]
