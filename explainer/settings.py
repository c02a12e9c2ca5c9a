"""Every limit and time in one table, so that a test reads the number that the code uses."""

from dataclasses import dataclass, field
from pathlib import Path

KIB = 1024
MIB = 1024 * KIB


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes are bytes unless the name says otherwise."""

    file: int = 10 * MIB
    request: int = 20 * MIB
    pasted_text: int = 1 * MIB
    question_chars: int = 2_000
    question_body: int = 16 * KIB
    extracted_text: int = 2 * MIB
    documents_per_visit: int = 20
    visit_bytes: int = 30 * MIB
    csv_rows: int = 20_000
    csv_columns: int = 200
    csv_cell: int = 32 * KIB
    line_chars: int = 20_000
    turns_kept: int = 60
    edits: int = 2_000
    readings_at_once: int = 2
    readings_waiting: int = 8


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds."""

    visit_idle: int = 30 * 60
    visit_absolute: int = 4 * 60 * 60
    sweep_every: int = 60
    read_deadline: int = 20
    read_patience: float = 1.5
    job_deadline: int = 150


@dataclass(frozen=True, slots=True)
class Rates:
    """How often one address may ask for what costs work (flask-limiter's notation)."""

    upload: str = "30 per minute"
    question: str = "120 per minute"
    api: str = "240 per minute"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the program can be told from outside; each default is safe for one person at one machine."""

    limits: Limits = field(default_factory=Limits)
    times: Times = field(default_factory=Times)
    rates: Rates = field(default_factory=Rates)
    host: str = "127.0.0.1"
    port: int = 8000
    store: Path | None = None
