"""The box: files of others' making are opened in a child process with limits, and what it says is not trusted either."""

from explainer.readers.box.extract import Extract, Refused, SheetRows
from explainer.readers.box.leftovers import sweep
from explainer.readers.box.parent import fence_steps, run

__all__ = ["Extract", "Refused", "SheetRows", "fence_steps", "run", "sweep"]
