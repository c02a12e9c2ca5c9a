"""What is kept of one person's visit while it lasts."""

from dataclasses import dataclass, replace

from explainer.conversation.answer import Answer
from explainer.conversation.question import Context
from explainer.model.document import Document


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question as it was typed, and its answer."""

    question: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Visit:
    """The papers, the talk so far, and what the talk remembers. Never the uploaded bytes."""

    documents: tuple[Document, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    context: Context = Context()

    def with_documents(self, added: tuple[Document, ...]) -> "Visit":
        """The same visit with more papers."""
        return replace(self, documents=(*self.documents, *added))

    def with_exchange(self, exchange: Exchange, context: Context, keep: int) -> "Visit":
        """The same visit after one more question; only the last `keep` are kept."""
        return replace(self, exchanges=(*self.exchanges, exchange)[-keep:], context=context)
