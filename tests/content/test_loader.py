"""Content that could bite is refused, with its file, its line and what is wrong. Samples and faults lie in broken/."""

from pathlib import Path

import pytest

from explainer.knowledge.check import cross_faults
from explainer.knowledge.load import ContentError, load_raw, read_file, read_folder
from explainer.paths import data_dir

BROKEN = Path(__file__).parent / "broken"


@pytest.mark.parametrize("sample", sorted(BROKEN.glob("*.yaml")), ids=lambda p: p.stem)
def test_broken_sample_gives_its_fault(sample: Path) -> None:
    _, _, faults = read_file(sample, sample.name)
    wanted = sample.with_suffix(".fault").read_text("utf-8").strip()
    assert [str(f) for f in faults] == wanted.splitlines()


def test_all_faults_come_at_once() -> None:
    with pytest.raises(ContentError) as error:
        load_raw(BROKEN, cache=None)
    assert {fault.path for fault in error.value.faults} == {p.name for p in BROKEN.glob("*.yaml")}


def test_shipped_content_has_no_faults() -> None:
    families, faults = read_folder(data_dir("content"))
    assert faults == []
    assert cross_faults(families) == []


@pytest.mark.parametrize(
    ("family", "key", "body", "fault"),
    [
        ("cpt", "97110", {"source": "nowhere"}, "no source nowhere"),
        ("cpt", "97110", {"differs": {"99999": {}}, "timing": {}}, "points at 99999, which has no entry"),
        ("rights", "employer", {"facts": {"appeal": "appeal.none"}}, "appeal: no fact appeal.none"),
        ("refusal", "nonsense", {}, "no such kind of reason"),
        ("wording", "a.b", {"en": "{x} and {y}", "es": "{x}"}, "the blanks of en and es differ"),
        ("wording", "a.b", {"en": {"one": "1", "other": "2"}, "es": "3"}, "two forms but no `by`"),
    ],
)
def test_faults_between_entries(family: str, key: str, body: dict[str, object], fault: str) -> None:
    families: dict[str, dict[str, dict[str, object]]] = {
        f: {} for f in ("source", "cpt", "hcpcs", "fact", "rights", "refusal", "wording")
    }
    families[family][key] = body
    assert fault in [f.message.split(": ", 1)[1] for f in cross_faults(families)]


def test_compiled_copy_gives_the_same_entries(tmp_path: Path) -> None:
    first = load_raw(data_dir("content"), tmp_path)
    assert list(tmp_path.glob("content-*.json"))
    assert load_raw(data_dir("content"), tmp_path) == first
