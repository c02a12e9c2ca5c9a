"""What the web asks of the floors below, in one place."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

from explainer.case import Case, check_case
from explainer.codes import CodeMeaning, describe
from explainer.conversation.answer import Answer
from explainer.conversation.engine import Talker, Turn
from explainer.conversation.next_questions import say_next
from explainer.conversation.question import Context
from explainer.explain import about_and_next
from explainer.explained import across_json, explained_json
from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import Lang
from explainer.model.document import Document
from explainer.readers import READERS, Reading, Unreadable, Upload, open_stream, read
from explainer.readers.export import document_json
from explainer.settings import Limits

if TYPE_CHECKING:
    from explainer.readers.x12 import Stream

OnProgress = Callable[[int, int], None]
Reader = Callable[[Upload, OnProgress], Reading]


def _unheard(_done: int, _total: int) -> None:
    """Nobody asks how far it is."""


@dataclass(frozen=True, slots=True)
class Services:
    """Reading, checking, explaining and talking, with the knowledge they share."""

    knowledge: Knowledge
    limits: Limits
    talker: Talker
    today: Callable[[], date]
    reader: Reader | None = None

    def read(self, upload: Upload, on_progress: OnProgress | None = None) -> Reading:
        """What one upload says. on_progress is told how many pages of how many are done. Raises Unreadable."""
        if self.reader is not None:
            return self.reader(upload, on_progress or _unheard)
        return read(replace(upload, on_progress=on_progress), self.knowledge, self.limits)

    def stream(self, upload: Upload) -> "Stream | None":
        """A file too big to be one document, claim by claim where its kind allows it; None where it cannot be read so either."""
        try:
            return open_stream(BytesIO(), upload, self.knowledge, self.limits)
        except Unreadable:
            return None

    def parts(self) -> dict[str, bool]:
        """Which kinds of file can be read by this installation."""
        return {form: form in READERS for form in ("text", "pdf", "image", "xlsx", "x12-835", "fhir-eob")}

    def check(self, documents: tuple[Document, ...]) -> Case:
        """The papers, checked together."""
        return check_case(documents, self.knowledge, self.today())

    def explained(self, document: Document, case: Case, lang: Lang) -> dict[str, Any]:
        """The contract's document with its explanations and findings."""
        return explained_json(document, document_json(document, self.knowledge, lang), case, self.knowledge, lang)

    def told(self, document: Document, lang: Lang) -> tuple[str, str]:
        """What follows the page's heading: what the paper is about, and what to do."""
        return about_and_next(document, self.knowledge, lang)

    def across(self, case: Case, lang: Lang) -> list[dict[str, Any]]:
        """The contract's findings that only show across papers."""
        return across_json(case, self.knowledge, lang)

    def code(self, code: str, lang: Lang) -> CodeMeaning | None:
        """What one code means by itself, or None."""
        return describe(code, self.knowledge, lang)

    def next_questions(self, answer: Answer, lang: Lang) -> tuple[str, ...]:
        """What to ask after an answer, in the page's language."""
        return tuple(say_next(one, self.knowledge, lang) for one in answer.ask_next)

    def ask(self, words: str, lang: Lang, case: Case, context: Context) -> Turn:
        """One turn of the talk."""
        return self.talker.ask(words, lang, case, context)
