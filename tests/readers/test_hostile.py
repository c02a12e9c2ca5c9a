"""Hostile and mistaken input: refused under a code that has words, or read without inventing anything; always in time."""

import json
import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reader_papers import FOLDER, knowledge, read_bytes, refused

from explainer.readers import Unreadable
from explainer.readers.export import document_json

HANGS = 30
GOOD = (FOLDER / "conflict.txt").read_bytes()
CSV = b"claim_number,service_date,procedure,billed,allowed,plan_paid,you_owe\n"
ROW = b"T1,2026-03-14,99213,180.00,120.00,70.00,50.00\n"


TWINS = b"""Kestrel Mutual - Explanation of Benefits
Patient: Joan Abbot                                      Patient: Saul Abbot
Date        Proc   Charges  Allowed  Plan paid  You owe  Date        Proc   Charges  Allowed  Plan paid  You owe
07/01/2026  97110  $65.00   $40.00   $30.00     $10.00   07/02/2026  97140  $60.00   $38.00   $38.00     $0.00
"""


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.txt", "empty"), (" \n\t\u00a0\u200b\n".encode() * 50, "a.txt", "empty"), (os.urandom(20_000), "a.txt", "binary"),
        (b"a" + b" " * 3_000_000 + b"a", "a.txt", "too-big"), (b"Dear diary, today it rained.\n" * 50, "a.txt", "not-an-eob"),
        (b"RECEIPT\nMilk  $3.99\nTotal  $3.99\n", "a.txt", "receipt"), (b"EXPLANATION OF BENEFITS\nHow to read it\n",
        "a.txt", "no-amounts"),
        (TWINS, "a.txt", "side-by-side"),
        (b"%PDF-1.7\n", "a.txt", "pdf-damaged"), (b"\x89PNG\r\n\x1a\n", "a.txt", "picture-damaged"), (b"PK\x03\x04xx",
        "a.xlsx", "archive"),
        (b"ISA*00*          *00*", "a.835", "x12-separators"), (b'{"resourceType": "ExplanationOfBenefit"}', "a.json",
        "no-amounts"), (b'{"claims": []}', "a.json", "json-not-fhir"), (b'{"claims": [', "a.json", "json-broken"),
        (b"<!doctype html><p>You owe $5.00", "a.txt", "not-an-eob"), (b"x", "a.pdf", "not-an-eob"),
        (b"EXPLANATION OF BENEFITS\n" + b"Amount billed Copay Plan paid You may owe Deductible Allowed amount Code Qty\n" * 5000,
        "a.txt", "too-much-work"),
        (CSV, "a.csv", "csv-no-rows"), (b"a,b,c\n1,2,3\n", "a.csv", "csv-no-heading"),
        (CSV + b'"' + b"A,\n" * 1000, "a.csv", "csv-quote"),
        (CSV + ROW * 100_000, "a.csv", "too-big"), (CSV + b"1," * 5000 + b"\n", "a.csv", "too-big"),
    ],
)  # fmt: skip
def test_refused(data: bytes, name: str, code: str) -> None:
    started = time.process_time()
    assert refused(data, name) == code
    assert time.process_time() - started < HANGS
    for part in ("message", "try"):
        for lang in ("en", "es"):
            assert knowledge().say(f"read.{code}.{part}", lang, {"format": "PDF", "row": 1, "column": 1})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "You may owe $" + "1," * 400_000 + "x",
        ("a@" * 60_000) + "\n" + ("1/" * 60_000) + "\n" + ("-" * 100_000) + "\n" + ("(" * 60_000),
        "Claim number" + " :" * 9_000 + "\n" + "Explanation of benefits\n" * 100,
        "Billed: " * 2_400 + "\nExplanation of benefits",
        "Explanation of benefits " + "o\u0301" * 9_000,
        "Explanation of benefits\n" + "Amount billed $5.00 you owe $2.00\n" * 15_000,
        "Explanation of benefits\n" + "Date\nService\nBilled\nPaid\n" * 4_000, "Explanation of benefits\n" + "$1.00 " * 3_000,
    ],
    ids=["commas", "marks", "colons", "labels", "accents", "lines", "headings", "amounts"],
)  # fmt: skip
def test_no_input_takes_long(text: str) -> None:
    started = time.process_time()
    refused(text.encode())
    assert time.process_time() - started < HANGS


@pytest.mark.parametrize("amount", ["\u202e00.05$\u202c", "٥٠.٠٠", "５０.００", "NaN", "1.050,00", "50,00", "1E+2"])
def test_what_is_no_plain_amount_is_named_and_left_out(amount: str) -> None:
    reading = read_bytes(CSV + f'T1,2026-03-14,99213,180.00,120.00,70.00,"{amount}"\n'.encode(), "a.csv")
    assert reading.document.lines[0].amounts.patient_owes is None
    assert "bad-amount" in [p.code for p in reading.problems]
    assert "\u202e" not in reading.document.text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252", "utf-8"])
def test_encodings(encoding: str) -> None:
    text = (CSV.decode() + "T1,2026-03-14,99213,180.00,120.00,70.00,50.00\n").replace("claim_number", "Número de reclamación")
    document = read_bytes(text.encode(encoding), "a.csv").document
    assert str(document.lines[0].amounts.patient_owes) == "50.00"


def test_terminal_controls_are_taken_out() -> None:
    reading = read_bytes(GOOD + b"\x1b]0;pwn\x07\x1b[2J\x1b]52;c;cHdu\x07\r\x08\x08")
    assert not any(ord(c) < 32 and c not in "\n\t" for c in reading.document.text)


def test_two_amounts_that_may_be_owed_are_both_named() -> None:
    problem = next(p for p in read_bytes(GOOD).problems if p.code == "conflicting-amounts")
    assert {str(v) for v in problem.values.values()} == {"14.70", "41.70"}


WORDS = st.sampled_from(
    [
        "Explanation of Benefits",
        "Claim number:",
        "97110-GP",
        "$45.00",
        "0.00",
        "-",
        "Billed",
        "You may owe",
        "Total",
        "03/09/2026",
        "Date",
        "Code",
        "Allowed",
        "(1) 9.00",
        "\t",
        "  ",
        "\n",
        "\n\n",
        ",",
        ";",
        '"',
        ":",
        "Deductible",
        "Copay/Deductible",
        "0.00/5.00",
        "CO-45",
        "PR96",
        "2",
        "Qty 2",
        "Notes",
        "Plan paid",
        "not covered",
        "Amount due",
        "medicare summary notice",
        "\ufeff",
        "\u202e",
        "é",
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(WORDS | st.text(max_size=6), max_size=80).map(" ".join) | st.binary(max_size=300),
    st.sampled_from(["auto", "csv", "text"]),
)
def test_any_input_gives_a_reading_or_a_reason(data: str | bytes, format_: str) -> None:
    try:
        reading = read_bytes(data.encode("utf-8", "replace") if isinstance(data, str) else data, "a.txt", format_)
    except Unreadable:
        return
    json.dumps(document_json(reading.document, knowledge(), "es"), allow_nan=False)


def _gathered() -> Path:
    return Path(__file__).resolve().parents[3] / "shared" / "data"


def test_gathered_papers_never_crash() -> None:
    folder = _gathered()
    if not folder.is_dir():
        pytest.skip("no gathered papers on this machine")
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.stat().st_size < 2_000_000):
        try:
            reading = read_bytes(path.read_bytes(), path.name)
        except Unreadable:
            continue
        document_json(reading.document, knowledge())
