"""Where a visit is kept, sealed, and for how long."""

from explainer.sessions.keeper import Clock, Keeper, StoreBusy, system_clock
from explainer.sessions.shelf import Row, Shelf, ShelfUnavailable, ShelfUnusable
from explainer.sessions.visit import Exchange, Kept, Visit

__all__ = [
    "Clock",
    "Exchange",
    "Keeper",
    "Kept",
    "Row",
    "Shelf",
    "ShelfUnavailable",
    "ShelfUnusable",
    "StoreBusy",
    "Visit",
    "system_clock",
]
