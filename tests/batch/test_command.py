"""`explainer batch`: tables from the command line."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from python_calamine import CalamineWorkbook

from explainer.cli import main


def _run(*words: object) -> Result:
    return CliRunner().invoke(main, ["batch", *map(str, words)])


@pytest.fixture
def papers(root: Path) -> list[Path]:
    return [*sorted((root / "content" / "examples").glob("*.txt")), root / "tests/papers/x12/two-patients.835"]


@pytest.mark.parametrize(("lang", "head"), [("en", "Patient,"), ("es", "Paciente,")])
def test_both_files(papers: list[Path], tmp_path: Path, lang: str, head: str) -> None:
    done = _run(*papers, "--csv", tmp_path / "o.csv", "--xlsx", tmp_path / "o.xlsx", "--lang", lang)
    assert (done.exit_code, done.output) == (0, "")
    text = (tmp_path / "o.csv").read_bytes().decode("utf-8")
    assert text.startswith(f"\ufeff{head}")
    assert len(CalamineWorkbook.from_path(str(tmp_path / "o.xlsx")).get_sheet_by_index(0).to_python()) == text.count("\r\n")


@pytest.mark.parametrize(("table", "rows"), [("claims", 5), ("lines", 8), ("unread", 1)])
def test_each_table(papers: list[Path], tmp_path: Path, table: str, rows: int) -> None:
    (tmp_path / "bad.bin").write_bytes(b"\x00\xff" * 99)
    done = _run(*papers, tmp_path / "bad.bin", "--csv", tmp_path / "o.csv", "--table", table)
    assert done.exit_code == 3
    assert "bad.bin" in done.output
    assert (tmp_path / "o.csv").read_bytes().count(b"\r\n") == rows + 1


def test_for_people_without_files(papers: list[Path]) -> None:
    done = _run(*papers)
    assert done.exit_code == 0
    for words in ("DANA TESTCASE", "EX-2026-10417", "$30.00"):
        assert words in done.output


def test_a_folder_that_is_not_there(papers: list[Path], tmp_path: Path) -> None:
    assert _run(papers[0], "--csv", tmp_path / "none" / "o.csv").exit_code == 1
