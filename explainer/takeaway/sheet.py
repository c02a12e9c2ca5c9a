"""A page as parts, before it is drawn: what stands on it, apart from how it looks."""

from dataclasses import dataclass

from explainer.knowledge.schema import Lang


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the page. rows: a label and its value. texts: paragraphs. items: of a list. name: for styles, in English."""

    name: str
    title: str
    rows: tuple[tuple[str, str], ...] = ()
    texts: tuple[str, ...] = ()
    items: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.rows or self.texts or self.items)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One person's page in one language. about: whose it is, and of which papers and day."""

    lang: Lang
    title: str
    about: tuple[str, ...]
    parts: tuple[Part, ...]

    @property
    def size(self) -> int:
        """How many characters it holds, to choose a size of type."""
        return sum(len(text) for p in self.parts for text in (*p.texts, *p.items, *(cell for row in p.rows for cell in row)))


def clean(text: str) -> str:
    """The text without control characters and marks that turn its direction: a paper may hold any."""
    return "".join(c for c in text if c == "\n" or c.isprintable())
