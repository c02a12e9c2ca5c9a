"""How one paper prints things: its columns, dates, dollars and codes."""

import random
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from bench.layouts import words as w
from bench.layouts.truth import MONEY, Line

ENGLISH = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
SPANISH = (
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
)
DAYS = (
    "m/d/y4",
    "mm/dd/yyyy",
    "mm/dd/yy",
    "iso",
    "Mar 2, 2026",
    "March 2, 2026",
    "2 March 2026",
    "02-Mar-2026",
    "mm-dd-yyyy",
    "Mar 02 2026",
)
DOLLARS = ("$1,234.50", "1,234.50", "1234.50", "$1234.50", "$ 1,234.50")


def _spanish_day(style: str, day: date) -> str:
    if style in ("iso", "m/d/y4", "mm/dd/yyyy", "mm/dd/yy", "mm-dd-yyyy"):
        return english_day(style, day)
    return f"{day.day} de {SPANISH[day.month - 1]} de {day.year}"


def english_day(style: str, day: date) -> str:
    """A date in one of the styles of DAYS."""
    long = ENGLISH[day.month - 1]
    return {
        "m/d/y4": f"{day.month}/{day.day}/{day.year}",
        "mm/dd/yyyy": f"{day:%m/%d/%Y}",
        "mm/dd/yy": f"{day:%m/%d/%y}",
        "iso": day.isoformat(),
        "Mar 2, 2026": f"{long[:3]} {day.day}, {day.year}",
        "March 2, 2026": f"{long} {day.day}, {day.year}",
        "2 March 2026": f"{day.day} {long} {day.year}",
        "02-Mar-2026": f"{day.day:02}-{long[:3]}-{day.year}",
        "mm-dd-yyyy": f"{day:%m-%d-%Y}",
        "Mar 02 2026": f"{long[:3]} {day.day:02} {day.year}",
    }[style]


def dollars(style: str, value: Decimal) -> str:
    """An amount that is not negative, in one of the styles of DOLLARS."""
    plain = f"{value:,.2f}" if "," in style else f"{value:.2f}"
    return ("$ " if style.startswith("$ ") else "$" if style.startswith("$") else "") + plain


@dataclass
class Style:
    """The habits of one paper. codes: column, column+mods, in-words, before-words. empty: what is printed for no amount."""

    r: random.Random
    spanish: bool = False
    day: str = "mm/dd/yyyy"
    money: str = "$1,234.50"
    empty: str = "$0.00"
    minus: str = "none"
    codes: str = "column"
    joint: str = "-"
    marks: str = ","
    upper: bool = False
    ranges: str = "one"
    columns: list[str] = field(default_factory=list)
    heads: dict[str, str] = field(default_factory=dict)

    def pick(self, pool: tuple[list[str], list[str]]) -> str:
        """One of the English or of the Spanish words."""
        return self.r.choice(pool[1] if self.spanish else pool[0])

    def date(self, day: date) -> str:
        """A date as this paper prints it."""
        return _spanish_day(self.day, day) if self.spanish else english_day(self.day, day)

    def amount(self, name: str, value: Decimal) -> str:
        """An amount as this paper prints it."""
        if not value:
            return dollars(self.money, value) if self.empty == "$0.00" else self.empty
        said = dollars(self.money, value)
        if name == "discount" and self.minus != "none":
            return f"-{said}" if self.minus == "-" else f"({said})"
        return said

    def cell(self, name: str, line: Line, number: int) -> str:
        """What a line prints in a column."""
        if name in MONEY:
            return self.amount(name, line.money[name])
        if name == "date":
            return f"{self.date(line.day)} - {self.date(line.until)}" if self.ranges == "range" else self.date(line.day)
        if name == "words_code":
            return self.words_code(line)
        return {
            "until": lambda: self.date(line.until),
            "code": lambda: self.code(line),
            "modifiers": lambda: self.marks.join(line.modifiers),
            "words": lambda: self.words(line),
            "units": lambda: str(line.units),
            "remarks": lambda: ", ".join(line.remarks),
            "place": lambda: "11",
            "revenue": lambda: "0420",
            "number": lambda: str(number),
        }[name]()

    def words(self, line: Line) -> str:
        """The description."""
        return line.words.upper() if self.upper else line.words

    def code(self, line: Line) -> str:
        """The code, with its modifiers where they have no column of their own."""
        return (
            line.code
            if "modifiers" in self.columns
            else self.joint.join([line.code, *line.modifiers])
            if self.joint
            else self._glued(line)
        )

    def _glued(self, line: Line) -> str:
        if not line.modifiers or line.modifiers[0].isdigit():
            return "-".join([line.code, *line.modifiers])
        return " ".join([line.code + line.modifiers[0], *line.modifiers[1:]])

    def words_code(self, line: Line) -> str:
        """Description and code in one cell."""
        if self.codes == "before-words":
            return f"{self.code(line)} {self.r.choice(['-', '-'])} {self.words(line)}"
        return f"{self.words(line)} ({self.code(line)})"


def _money_columns(r: random.Random) -> list[str]:
    """Columns that tell how a line was paid, in printed order."""
    kept = ["billed"] + [n for n in MONEY[1:7] if r.random() < 0.65]
    kept += [n for n in ("plan_paid", "patient_owes") if r.random() < 0.9]
    if len(kept) < 3:
        kept = ["billed", "allowed", "plan_paid", "patient_owes"]
    if r.random() < 0.25:
        at = r.randrange(len(kept))
        kept.insert(r.randrange(len(kept)), kept.pop(at))
    return kept


def columns(r: random.Random, style: Style, sectioned: bool) -> list[str]:
    """The columns of a paper in printed order."""
    head = ["words_code"] if style.codes in ("in-words", "before-words") else ["code"]
    head += ["modifiers"] if style.codes == "column+mods" else []
    if head[0] == "code" and r.random() < 0.75:
        head.insert(r.choice([0, len(head)]), "words")
    dated = [] if sectioned else ["date", "until"] if style.ranges == "two" else ["date"]
    head = [*dated, *head] if r.random() < 0.8 else [*head, *dated]
    head += ["units"] if r.random() < 0.75 else []
    head += [n for n in ("place", "revenue") if r.random() < 0.08]
    head = ["number", *head] if r.random() < 0.08 else head
    notes = ["remarks"] if r.random() < 0.65 else []
    return [*head, *notes, *_money_columns(r)] if r.random() < 0.15 else [*head, *_money_columns(r), *notes]


def style(r: random.Random, sectioned: bool = False, plain_dates: bool = False) -> Style:
    """The habits of a new paper."""
    made = Style(r, spanish=r.random() < 0.15, day=r.choice(DAYS), money=r.choice(DOLLARS))
    made.day = r.choice(DAYS[:4]) if plain_dates else made.day
    made.empty = r.choices(("$0.00", "-", "", "--"), (70, 14, 12, 4))[0]
    made.minus = r.choices(("none", "-", "()"), (70, 18, 12))[0]
    made.codes = r.choice(["column", "column", "column+mods", "in-words", "before-words"])
    made.joint, made.marks = r.choice(["-", " ", ""]), r.choice([",", " ", ", "])
    made.upper, made.ranges = r.random() < 0.4, r.choices(("one", "two", "range"), (80, 10, 10))[0]
    made.columns = columns(r, made, sectioned)
    caps = r.random() < 0.2
    for name in made.columns:
        made.heads[name] = made.pick(w.HEADINGS[name])
    if "until" in made.columns:
        made.heads["date"] = r.choice(
            ["Desde", "Fecha desde"] if made.spanish else ["From", "From date", "Service from", "Date from"]
        )
    if "words" in made.columns and made.heads["words"] == made.heads.get("code"):
        made.heads["words"] = "Description"
    if caps:
        made.heads = {k: h.upper() for k, h in made.heads.items()}
    return made
