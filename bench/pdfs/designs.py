"""Designs of papers: each draws the same sort of claims in its own way."""

import random
from collections.abc import Callable
from dataclasses import replace

from bench.layouts import frame
from bench.layouts.papers import Draft, Paper, Rows, _draft, _parts, _table, _total_row, truth_of
from bench.layouts.truth import MONEY, Claim
from bench.pdfs.draw import MARGIN, Look, Sheet, table

_FONTS = ("Helvetica", "Helvetica", "Times-Roman", "Courier")


def _chance(r: random.Random, **fixed: object) -> Look:
    look = Look(
        font=r.choice(_FONTS), size=r.choice([6.5, 7, 8, 9]), wide=r.random() < 0.6, right=r.random() < 0.6,
        pad=r.choice([2.5, 4, 6]), lead=r.choice([1.1, 1.2, 1.35]), stand=r.choice(["top", "top", "middle", "bottom"]),
        top_space=r.choice([0, 20, 60]), running=r.random() < 0.4,
    )  # fmt: skip
    return replace(look, **fixed)  # type: ignore[arg-type]


DESIGNS: dict[str, Callable[[random.Random], Look]] = {
    "grid": lambda r: _chance(r, rules="grid"),
    "zebra": lambda r: _chance(r, rules="none", fill="zebra"),
    "dark-heading": lambda r: _chance(r, rules="none", fill="head"),
    "level-rules": lambda r: _chance(r, rules="level"),
    "heading-rule": lambda r: _chance(r, rules="head"),
    "bare": lambda r: _chance(r, rules="none", pad=r.choice([4, 6, 8])),
    "narrow": lambda r: _chance(r, rules=r.choice(["grid", "level", "none"]), narrow=r.choice([0.0, 0.3]), font="Helvetica"),
    "broken-words": lambda r: _chance(r, rules="grid", break_words=True, narrow=0.0, font="Helvetica"),
    "landscape-many": lambda r: _chance(r, wide=True, size=r.choice([6, 6.5]), font="Helvetica", pad=2.5),
    "turned": lambda r: _chance(r, wide=True, turned=True),
    "over-pages": lambda r: _chance(r, top_space=r.choice([300, 380, 420]), running=True, repeat=r.random() < 0.5),
    "words-below": lambda r: _chance(r, below=True, rules=r.choice(["none", "level", "zebra"]), stand="top"),
    "centred": lambda r: _chance(r, centred=True, right=False),
    "side-box": lambda r: _chance(r, box_rules=True),
}


def _size(d: Draft) -> None:
    """A paper as wide as the page lets it be: fewer columns on upright pages."""
    if len(d.s.columns) > 12:
        d.s.money = d.s.money.replace("$ ", "$")


def _head(sheet: Sheet, d: Draft, lines: list[str], size: float) -> None:
    for line in (part for text in lines for part in text.split("\n")):
        if not sheet.room(size * 1.4):
            sheet.open()
        sheet.say(MARGIN, line, size)
        sheet.down(size * 1.3)


def _side_box(sheet: Sheet, d: Draft, claim: Claim) -> None:
    """The claim's facts at the left, and a box with words at the right, at heights of their own."""
    r, s = d.r, d.s
    facts = [f"{k}: {v}" for k, v in frame._said(r, s, claim)]
    note = ["Questions? Call us any", "weekday from 8 to 6.", "This is not a bill. Keep", "it with your papers.", "Thank you."]
    top, size = sheet.y, 9.0
    for line in facts:
        sheet.say(MARGIN, line, size)
        sheet.down(size * 1.35)
    bottom, x = sheet.y, sheet.width - MARGIN - 150
    sheet.y = top - 3.5
    for line in note:
        sheet.say(x + 6, line, 8)
        sheet.down(8 * 1.45)
    sheet.canvas.rect(x, min(sheet.y, bottom) - 4, 150, top - min(sheet.y, bottom) + 4)
    sheet.y = min(sheet.y, bottom) - 14


def _body(sheet: Sheet, d: Draft, claim: Claim) -> None:
    columns = d.s.columns
    words_at = next((i for i, n in enumerate(columns) if n == "words"), None)
    parts = _parts(d, claim)
    for at, (day, lines) in enumerate(parts):
        rows: Rows = _table(d, claim, lines)
        rows += [_total_row(d, claim)] if d.totals and at == len(parts) - 1 else []
        if day:
            _head(sheet, d, [day], sheet.look.size + 1)
        money = [n in MONEY or n == "units" for n in columns]
        table(sheet, [d.s.heads[n] for n in columns], rows, money, words_at)


def drawn(d: Draft, look: Look) -> bytes:
    """The paper as a PDF."""
    sheet = Sheet(look, d.payer)
    _size(d)
    _head(sheet, d, [t for t in frame.opening(d.r, d.s, d.payer) if t], 11)
    sheet.down(8)
    state = d.r.getstate()
    for claim in d.claims:
        d.r.setstate(state)
        if not sheet.room(110):
            sheet.open()
        if look.box_rules:
            _side_box(sheet, d, claim)
        else:
            _head(sheet, d, [t for t in frame.claim_head(d.r, d.s, claim) if t], 9)
        sheet.down(6)
        _body(sheet, d, claim)
    legend = [t.replace("\t", "   ") for t in frame.legend(d.r, d.s, d.claims)]
    _head(sheet, d, [t for t in [*legend, *frame.closing(d.r, d.s)] if t], look.size)
    return sheet.done()


def paper(design: str, seed: int) -> Paper:
    """The paper of that design and seed: always the same."""
    r = random.Random(f"pdf-{design}-{seed}")
    d = _draft(r, "aligned" if r.random() < 0.8 else "two-line")
    look = DESIGNS[design](r)
    if not look.wide and len(d.s.columns) > 10:
        look = replace(look, wide=True) if not look.turned else look
    if look.below and "words" not in d.s.columns:
        look = replace(look, below=False)
    return Paper(f"{design}-{seed}.pdf", drawn(d, look), truth_of(d))
