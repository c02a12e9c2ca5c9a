"""A scan or photo to a Document: the box gives words with places, and all goes on as with a PDF."""

from explainer.knowledge.base import Knowledge
from explainer.readers import box
from explainer.readers.base import Reading, Upload
from explainer.readers.scanned import read_extract
from explainer.settings import Limits


def read_image(upload: Upload, knowledge: Knowledge, limits: Limits) -> Reading:
    """The reading of a picture. Raises Unreadable: picture-*, ocr-missing, box-*, no-words, what the readers of meaning raise."""
    return read_extract(upload, knowledge, box.run("image", upload.data, limits), limits, "image")
