"""Words with places become a text that the readers of meaning understand: lines in reading order, tables cell by cell."""

from explainer.readers.layout.page import lay_out

__all__ = ["lay_out"]
