"""Readers: bytes in, a document and what could not be read out."""

from explainer.knowledge.base import Knowledge
from explainer.readers.base import Reading, Unreadable, Upload
from explainer.settings import Limits

__all__ = ["Reading", "Unreadable", "Upload", "read"]


def read(upload: Upload, knowledge: Knowledge, limits: Limits) -> Reading:
    """The document of one upload. Raises Unreadable with a code that content has words for."""
    raise Unreadable("read.not-built")
