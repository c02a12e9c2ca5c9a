"""Where a visit is kept, sealed, and for how long."""

from explainer.sessions.keeper import Clock, Keeper, StoreBusy, system_clock
from explainer.sessions.shelf import Row, Shelf, ShelfUnavailable, ShelfUnusable
from explainer.sessions.visit import Exchange, Visit

__all__ = [
    "Clock",
    "Exchange",
    "Keeper",
    "Row",
    "Shelf",
    "ShelfUnavailable",
    "ShelfUnusable",
    "StoreBusy",
    "Visit",
    "system_clock",
]
