"""Every limit and time in one table, so that a test reads the number that the code uses."""

from dataclasses import dataclass, field
from pathlib import Path

KIB = 1024
MIB = 1024 * KIB
SURE_ENOUGH = 0.9  # a field with a word that is less sure than this, 0 to 1, is named uncertain


@dataclass(frozen=True, slots=True)
class BoxLimits:
    """Of the child process that opens files of others' making. Bytes and seconds, unless the name says otherwise.

    The numbers with _ocr hold while words are read from pictures; `wait_ocr` is for that to begin, as one job runs at a time.
    """

    memory: int = 1024 * MIB
    memory_ocr: int = 1536 * MIB
    cpu: int = 15
    cpu_ocr: int = 60
    wall: float = 20
    wall_ocr: float = 75
    wait_ocr: float = 60
    grace: float = 1
    written: int = 64 * MIB
    open_files: int = 64
    niceness: int = 10
    output: int = 4 * MIB
    pictures: int = 60
    picture: int = 2 * MIB
    pictures_all: int = 24 * MIB
    pages: int = 50
    page_points: int = 14_400
    page_words: int = 20_000
    word_chars: int = 200
    page_rules: int = 6_000
    sheet_rows: int = 20_000
    sheets: int = 20
    sheet_columns: int = 200
    sheet_cells: int = 600_000
    cell_chars: int = 32 * KIB
    unpacked: int = 64 * MIB
    page_bytes: int = 4 * MIB
    unpacked_ratio: int = 150
    page_pixels: int = 20_000_000
    shown_dpi: int = 100
    ocr_pages: int = 10
    ocr_dpi: int = 250
    ocr_page_seconds: float = 20
    ocr_job_seconds: float = 60
    picture_pixels: int = 40_000_000
    picture_side: int = 20_000
    picture_least: int = 50
    shown_side: int = 1400


@dataclass(frozen=True, slots=True)
class EditLimits:
    """Of a zip with an official table of billing edits. Bytes, unless the name says otherwise.

    ratio: how many times smaller than itself a file may be packed. heading_rows: within how many rows the headings must stand.
    """

    file: int = 96 * MIB
    unpacked: int = 384 * MIB
    ratio: int = 100
    members: int = 40
    rows: int = 2_500_000
    heading_rows: int = 60


@dataclass(frozen=True, slots=True)
class OverlayLimits:
    """Of a clinic's own name and look. Bytes; greeting: characters; logo_side: pixels."""

    file: int = 16 * KIB
    logo: int = 256 * KIB
    logo_side: int = 1200
    greeting: int = 200


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
    batch_files: int = 60
    batch_claims: int = 10_000  # on the page
    batch_claims_told: int = 100_000  # by the command line
    batch_compared: int = 200  # claims: up to here they are compared with each other, kept, and explained one by one
    batch_page: int = 25  # claims on one page of the desk
    workbook_lines: int = 20_000
    visit_bytes: int = 30 * MIB
    csv_rows: int = 20_000
    csv_columns: int = 200
    csv_cell: int = 32 * KIB
    line_chars: int = 20_000
    label_effort: int = 2_000_000
    json_depth: int = 64
    json_nodes: int = 200_000
    json_digits: int = 18
    json_fraction: int = 40
    fhir_claims: int = 500
    fhir_lines: int = 5_000
    form_names: int = 2_000
    turns_kept: int = 60
    edits: int = 2_000
    readings_at_once: int = 2
    readings_waiting: int = 8
    callers_waiting: int = 4
    box: BoxLimits = field(default_factory=BoxLimits)
    overlay: OverlayLimits = field(default_factory=OverlayLimits)
    tables: EditLimits = field(default_factory=EditLimits)
    x12_segments: int = 50_000
    x12_elements: int = 200
    assistant_line: int = 64 * MIB  # one message of an assistant, with all papers of a call as base64
    assistant_questions: int = 30


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds."""

    visit_idle: int = 30 * 60
    visit_absolute: int = 4 * 60 * 60
    sweep_every: int = 60
    read_deadline: int = 20
    read_patience: float = 1.5
    job_deadline: int = 180  # a file: longer than box.wait_ocr + wall_ocr + wall
    job_most: int = 900  # all files of one sending


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
