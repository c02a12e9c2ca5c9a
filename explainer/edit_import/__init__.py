"""Loading CMS's quarterly files of billing edits: the units of a day (MUE) and pairs of codes (NCCI)."""

from explainer.edit_import.load import Loaded, Told, import_file, missing_parts
from explainer.edit_import.refused import EditsRefused

__all__ = ["EditsRefused", "Loaded", "Told", "import_file", "missing_parts"]
