"""What is kept of one person's visit while it lasts."""

from dataclasses import dataclass, replace

from explainer.batch.rows import Gap
from explainer.conversation.answer import Answer
from explainer.conversation.question import Context
from explainer.corrections import Edit, edited
from explainer.model.document import Document
from explainer.model.people import People, people_of


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question as it was typed, and its answer."""

    question: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Kept:
    """A page's picture that is kept beside the visit: of which paper, its page (from 1), pixels, and how many bytes."""

    paper: str
    page: int
    width: int
    height: int
    bytes: int

    @property
    def name(self) -> str:
        """The name it is kept under; the paper's id is random and tells nothing."""
        return f"{self.paper}-{self.page}"


@dataclass(frozen=True, slots=True)
class Visit:
    """The papers as they were read, what the person corrected, and the talk with what it remembers. Never the uploaded bytes.

    refused: files of a batch that could not be read. tabled: a batch too large to keep its papers, with its
    tables beside the visit.
    """

    documents: tuple[Document, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    context: Context = Context()
    edits: tuple[Edit, ...] = ()
    pictures: tuple[Kept, ...] = ()
    refused: tuple[Gap, ...] = ()
    tabled: bool = False

    @property
    def papers(self) -> tuple[Document, ...]:
        """The papers with the person's corrections: what everything else looks at."""
        return tuple(edited(document, self.edits) for document in self.documents)

    @property
    def size(self) -> int:
        """Bytes of text and pictures, as the limit counts them."""
        return sum(len(d.text) for d in self.documents) + sum(p.bytes for p in self.pictures)

    def paper(self, number: int) -> Document | None:
        """The paper of that number (from 1, as given), with its corrections."""
        return self.papers[number - 1] if 1 <= number <= len(self.documents) else None

    def with_documents(self, added: tuple[Document, ...], pictures: tuple[Kept, ...] = ()) -> "Visit":
        """The same visit with more papers."""
        return replace(self, documents=(*self.documents, *added), pictures=(*self.pictures, *pictures))

    def without(self, paper: str) -> "Visit":
        """The same visit without that paper, its pictures and its corrections. What was said of it stays said."""
        return replace(
            self,
            documents=tuple(d for d in self.documents if d.paper != paper),
            edits=tuple(e for e in self.edits if e.paper != paper),
            pictures=tuple(p for p in self.pictures if p.paper != paper),
        )

    @property
    def people(self) -> People:
        """Who the papers are of."""
        return people_of(self.documents)

    def about(self, name: str, fact: str) -> "Visit":
        """The same visit where the talk speaks of that person; "" for nobody in particular."""
        return replace(self, context=self.context.told(**{fact: name}))

    def with_exchange(self, exchange: Exchange, context: Context, keep: int) -> "Visit":
        """The same visit after one more question; only the last `keep` are kept."""
        return replace(self, exchanges=(*self.exchanges, exchange)[-keep:], context=context)
