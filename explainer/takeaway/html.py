"""The pages to take along as HTML: an article for a page of ours, or a whole file that needs nothing else."""

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from explainer.knowledge.schema import Lang
from explainer.takeaway.letters import Letter
from explainer.takeaway.sheet import Part, Sheet, clean

STYLE = Path(__file__).parent / "handout.css"
# Characters of a sheet from which on smaller type is used, so that a usual paper fits one page.
_MUCH = 2000


def articles(people: Sequence[tuple[Sheet, ...]], level: int = 2) -> str:
    """An article for each person, with a sheet or, side by side, two in two languages. level: of its heading."""
    return "\n".join(_article(sheets, level) for sheets in people)


def handout_file(people: Sequence[tuple[Sheet, ...]]) -> str:
    """A whole file to keep or print."""
    first = people[0][0]
    return _file(first.lang, first.title, articles(people, level=1))


def letter_file(letters: Sequence[Letter]) -> str:
    """The letters as a whole file, each on a page of its own."""
    body = "\n".join(_letter(letter) for letter in letters)
    return _file(letters[0].lang, letters[0].title, body)


def _file(lang: Lang, title: str, body: str) -> str:
    meta = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    head = f"<head>{meta}<title>{escape(title)}</title>\n<style>\n{STYLE.read_text('utf-8')}</style></head>"
    return f'<!doctype html>\n<html lang="{lang}">\n{head}\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n'


def _letter(letter: Letter) -> str:
    return f'<div class="sheet" lang="{letter.lang}"><pre class="letter">{_plain(letter.text.rstrip())}</pre></div>'


def _article(sheets: tuple[Sheet, ...], level: int) -> str:
    """Two languages stand in a grid, part beside part; the second one names its language."""
    much = max(sheet.size for sheet in sheets) > _MUCH
    names = " ".join(["sheet", *(["both"] if len(sheets) > 1 else []), *(["much"] if much else [])])
    blocks = [[_head(s, level), *(_part(p, level + 1) for p in s.parts)] for s in sheets]
    rows = zip(*blocks, strict=True)
    said = "\n".join(
        f'<div class="cell" lang="{sheet.lang}">{block}</div>' for row in rows for sheet, block in zip(sheets, row, strict=True)
    )
    return f'<article class="{names}">\n{said}\n</article>'


def _head(sheet: Sheet, level: int) -> str:
    return f'<h{level} class="top">{_plain(sheet.title)}</h{level}>{_paragraphs(sheet.about)}'


def _part(part: Part, level: int) -> str:
    inside = "".join((_rows(part), _paragraphs(part.texts), _items(part)))
    return f'<section class="{part.name}"><h{level}>{_plain(part.title)}</h{level}>{inside}</section>'


def _paragraphs(texts: Iterable[str]) -> str:
    return "".join(f"<p>{_plain(text)}</p>" for text in texts)


def _items(part: Part) -> str:
    return f"<ul>{''.join(f'<li>{_plain(item)}</li>' for item in part.items)}</ul>" if part.items else ""


def _rows(part: Part) -> str:
    rows = "".join(f'<tr><th scope="row">{_plain(label)}</th><td>{_plain(value)}</td></tr>' for label, value in part.rows)
    return f"<table><tbody>{rows}</tbody></table>" if part.rows else ""


def _plain(text: str) -> str:
    return escape(clean(text))
