"""A file is read only under a folder that the person named, whatever the path says."""

import os
from pathlib import Path

import pytest

from explainer.cli.assistant.files import Folders
from explainer.readers import Unreadable

LIMIT = 1000


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A folder that may be read, beside a secret, with every kind of way out of it."""
    (tmp_path / "secret.txt").write_text("secret")
    folder = tmp_path / "papers"
    (folder / "2026").mkdir(parents=True)
    (folder / "eob.txt").write_text("eob")
    (folder / "2026" / "march.txt").write_text("march")
    (folder / "big.txt").write_bytes(b"x" * (LIMIT + 1))
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "inner.txt").symlink_to(folder / "eob.txt")
    (folder / "up").symlink_to(tmp_path)
    (tmp_path / "papers-too").mkdir()
    (tmp_path / "papers-too" / "eob.txt").write_text("secret")
    os.mkfifo(folder / "pipe.txt")
    return folder


@pytest.mark.parametrize(
    ("path", "held"),
    [("eob.txt", b"eob"), ("2026/march.txt", b"march"), ("./eob.txt", b"eob"), ("{folder}/2026/march.txt", b"march")],
)
def test_what_lies_in_the_folder_is_read(path: str, held: bytes, papers: Path) -> None:
    assert Folders([papers]).read(path.format(folder=papers), LIMIT) == held


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/etc/passwd", "path-outside"),
        ("../secret.txt", "path-outside"),
        ("2026/../../secret.txt", "path-outside"),
        ("{folder}/../secret.txt", "path-outside"),
        ("{folder}-too/eob.txt", "path-outside"),
        ("{folder}", "path-outside"),
        (".", "path-outside"),
        ("eob.txt\0", "path-outside"),
        ("~/secret.txt", "no-file"),
        ("link.txt", "no-file"),
        ("inner.txt", "no-file"),
        ("up/secret.txt", "no-file"),
        ("2026", "no-file"),
        ("pipe.txt", "no-file"),
        ("eob.txt/x", "no-file"),
        ("nowhere.txt", "no-file"),
        ("x" * 5000, "no-file"),
        ("file:///etc/passwd", "no-file"),
        ("big.txt", "too-big"),
    ],
)
def test_nothing_else_is(path: str, code: str, papers: Path) -> None:
    with pytest.raises(Unreadable) as error:
        Folders([papers]).read(path.format(folder=papers), LIMIT)
    assert error.value.code == code


def test_without_a_folder_nothing_is_read(papers: Path) -> None:
    for path in ("eob.txt", str(papers / "eob.txt")):
        with pytest.raises(Unreadable) as error:
            Folders([]).read(path, LIMIT)
        assert error.value.code == "path-outside"


def test_a_folder_is_known_by_both_its_names(papers: Path, tmp_path: Path) -> None:
    (tmp_path / "named").symlink_to(papers)
    folders = Folders([tmp_path / "named"])
    assert folders.read(str(tmp_path / "named" / "eob.txt"), LIMIT) == folders.read(str(papers / "eob.txt"), LIMIT) == b"eob"


def test_the_second_folder_counts_too(papers: Path, tmp_path: Path) -> None:
    folders = Folders([papers / "2026", tmp_path / "papers-too"])
    assert folders.read(str(tmp_path / "papers-too" / "eob.txt"), LIMIT) == b"secret"
