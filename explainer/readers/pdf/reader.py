"""A PDF to a Document: the box gives words with places, the layout a text, and the readers of meaning do the rest."""

from explainer.knowledge.base import Knowledge
from explainer.readers import box
from explainer.readers.base import Reading, Upload
from explainer.readers.scanned import read_extract
from explainer.settings import Limits


def read_pdf(upload: Upload, knowledge: Knowledge, limits: Limits) -> Reading:
    """The reading of a PDF. Raises Unreadable: pdf-*, box-*, no-words, and what the readers of meaning raise."""
    return read_extract(upload, knowledge, box.run("pdf", upload.data, limits, upload.on_progress), limits, "pdf")
