"""CMS's zips become tables of numbers: which quarter and whose, what is kept, and what is refused in plain words."""

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from edit_zips import MUE_ROWS, mue_csv, mue_zip, ncci_txt, ncci_zip, xlsx, zipped
from shared_samples import samples

from explainer.cli import main
from explainer.edit_import import EditsRefused, Told, import_file
from explainer.edit_import.words import part_in, quarters_in, settings_in
from explainer.knowledge.base import Knowledge
from explainer.knowledge.edit_file import edition_faults
from explainer.knowledge.edits import Edits, load_edits
from explainer.settings import EditLimits, Limits

DAY, TODAY = date(2026, 4, 7), date(2026, 4, 20)


def load(path: Path, folder: Path, knowledge: Knowledge, limits: EditLimits | None = None, **told: Any) -> Edits:
    """What is loaded after the zip."""
    known = Knowledge(knowledge._raw, edits=load_edits([folder]))
    import_file(path, Told(**told), known, [folder], Limits(tables=limits or EditLimits()), TODAY)
    return load_edits([folder])


@pytest.mark.parametrize(
    ("text", "quarters"),
    [
        ("medicare-ncci-2026-q4-practitioner-services-mue-table.zip", {"2026Q4"}),
        ("medicare-ncci-2026q2-hospital-ptp-edits-ccioph-v321r0-f1.zip", {"2026Q2"}),
        ("ccipra-v320r1-f1.txt", {"2026Q1"}),
        ("MCR_MUE_DMESupplierServices_Eff_10-01-2025.csv", {"2025Q4"}),
        ("Practitioner table, effective July 1, 2026", {"2026Q3"}),
        ("Effective date: 2026-01-01", {"2026Q1"}),
        ("Q3 2024", {"2024Q3"}),
        ("version 26.3", {"2020Q4"}),
        ("2026q1 and 2026q2", {"2026Q1", "2026Q2"}),
        ("effective 10-15-2026", set()),
        ("effective 13-01-2026", set()),
        ("Copyright 2026, 2026-10-01", set()),
        ("ccipra-v329r0-f1", set()),
        ("my-edits.zip", set()),
    ],
)
def test_the_quarter_is_what_the_words_say(text: str, quarters: set[str]) -> None:
    assert quarters_in(text) == quarters


@pytest.mark.parametrize(
    ("text", "settings", "part"),
    [
        ("ccipra-v321r0-f3.zip", {"practitioner"}, 3),
        ("ccioph-v321r0-f1.TXT", {"hospital"}, 1),
        ("MCR_MUE_OutpatientHospitalServices_Eff_04-01-2026.csv", {"hospital"}, None),
        ("Facility Outpatient Services MUE Values", {"hospital"}, None),
        ("DME Supplier Services MUE Values", {"dme"}, None),
        ("MCR_MUE_DMESupplierServices", {"dme"}, None),
        ("admeasured-f1a", set(), None),
    ],
)
def test_whose_table_and_which_part(text: str, settings: set[str], part: int | None) -> None:
    assert (settings_in(text), part_in([text])) == (settings, part)


@pytest.mark.parametrize(("code", "found"), [("97110", (6, 3)), ("97161", (1, 2)), ("97032", (4, 1)), ("99999", None)])
def test_limits_are_looked_up_by_code(tmp_path: Path, knowledge: Knowledge, code: str, found: tuple[int, int] | None) -> None:
    limit = load(mue_zip(tmp_path), tmp_path / "edits", knowledge).limit(code, "practitioner", DAY)
    assert (limit and (limit.units, limit.indicator)) == found


@pytest.mark.parametrize(
    ("setting", "day", "there"),
    [
        ("practitioner", date(2026, 4, 1), True),
        ("practitioner", date(2026, 6, 30), True),
        ("practitioner", date(2026, 3, 31), False),
        ("practitioner", date(2026, 7, 1), False),
        ("hospital", DAY, False),
    ],
)
def test_a_table_speaks_of_its_own_quarter_and_setting(
    tmp_path: Path, knowledge: Knowledge, setting: Any, day: date, there: bool
) -> None:
    edits = load(mue_zip(tmp_path), tmp_path / "edits", knowledge)
    assert (edits.limit("97110", setting, day) is not None) == edits.has("mue", setting, day) == there


@pytest.mark.parametrize(
    ("codes", "found"),
    [
        ("97140 97530", "97530 97140 True"),
        ("97010 97110", "97110 97010 False"),
        ("97110 97150", "97150 97110 True"),  # never together until 2025, since then with a mark
        ("97530 97164", "97164 97530 True"),  # older than 1996
        ("97140 97161", None),  # indicator 9
        ("97150 97161", None),  # begins later
        ("97112 97530", None),  # ended
        ("97110 97112", None),
    ],
)
def test_a_pair_holds_between_its_days(tmp_path: Path, knowledge: Knowledge, codes: str, found: str | None) -> None:
    edits = load(ncci_zip(tmp_path), tmp_path / "edits", knowledge)
    pairs = edits.pairs_among(codes.split(), "practitioner", DAY)
    assert [f"{p.first} {p.second} {p.allowed}" for p in pairs] == ([found] if found else [])


def test_the_firmest_of_two_edits_counts(tmp_path: Path, knowledge: Knowledge) -> None:
    zip_ = ncci_zip(tmp_path, ["97530 97140 20200101 * 1", "97140 97530 20200101 * 0"])
    pairs = load(zip_, tmp_path / "edits", knowledge).pairs_among(["97140", "97530"], "practitioner", DAY)
    assert [(p.first, p.allowed) for p in pairs] == [("97140", False)]


@pytest.mark.parametrize(
    ("parts", "uncovered"),
    [
        ({1: ("00100", "97112")}, {"97150", "97530"}),
        ({1: ("00100", "97112"), 2: ("97116", "V5000")}, set()),
        ({2: ("97150", "V5000")}, {"97110"}),
        ({1: ("00100", "97112"), 3: ("97530", "V5000")}, {"97150"}),
    ],
)
def test_what_a_missing_part_leaves_open(
    tmp_path: Path, knowledge: Knowledge, parts: dict[int, tuple[str, ...]], uncovered: set[str]
) -> None:
    for part, firsts in parts.items():
        load(ncci_zip(tmp_path, [f"{first} 97010 20200101 * 1" for first in firsts], part), tmp_path / "edits", knowledge)
    open_ = load_edits([tmp_path / "edits"]).uncovered(["97110", "97150", "97530"], "practitioner", DAY)
    assert open_ == uncovered


def test_only_numbers_of_known_codes_are_kept(tmp_path: Path, knowledge: Knowledge) -> None:
    load(mue_zip(tmp_path, (*MUE_ROWS, "12345 9 1")), tmp_path / "edits", knowledge)
    load(ncci_zip(tmp_path), tmp_path / "edits", knowledge)
    mue, ncci = (path.read_text("utf-8") for path in sorted((tmp_path / "edits").iterdir()))
    assert "97110,6,3\n" in mue
    assert "12345," not in mue
    assert "97164,97530,1996-01-01,,1\n" in ncci
    assert "97161,97140" not in ncci
    assert "V5001" not in ncci
    for text in (mue, ncci):
        assert "made-up" not in text.lower()
        assert "sha256: " in text
        assert "imported: '2026-04-20'" in text


def test_all_codes_are_kept_when_told(tmp_path: Path, knowledge: Knowledge) -> None:
    edits = load(ncci_zip(tmp_path), tmp_path / "edits", knowledge, whole=True)
    assert [p.second for p in edits.pairs_among(["V5000", "V5001"], "practitioner", DAY)] == ["V5001"]
    assert not edits.uncovered(["V5000", "12345"], "practitioner", DAY)


def test_a_spreadsheet_is_read_where_there_is_no_text(tmp_path: Path, knowledge: Knowledge) -> None:
    rows = [["Made-up notice"], ["HCPCS/CPT Code", "Outpatient Hospital Services MUE Values", "MUE Adjudication Indicator"]]
    sheet = xlsx([*rows, ["97110", "5", "3 Date of Service Edit: Clinical"]])
    zip_ = zipped(tmp_path / "mue-2026q2.zip", table__xlsx=sheet)
    limit = load(zip_, tmp_path / "edits", knowledge).limit("97110", "hospital", DAY)
    assert limit is not None
    assert limit.units == 5


def test_text_goes_before_a_spreadsheet(tmp_path: Path, knowledge: Knowledge) -> None:
    sheet = xlsx([["HCPCS/CPT Code", "Practitioner Services MUE Values", "MUE Adjudication Indicator"], ["97110", "5", "3"]])
    zip_ = zipped(tmp_path / "mue-2026q2.zip", table__csv=mue_csv(), table__xlsx=sheet)
    limit = load(zip_, tmp_path / "edits", knowledge).limit("97110", "practitioner", DAY)
    assert limit is not None
    assert limit.units == 6


Q = "mue-2026q2-practitioner.zip"
F1 = "ccipra-v321r0-f1.zip"
PLAIN = "HCPCS/CPT Code,MUE Values,MUE Adjudication Indicator\n97110,6,3\n"
REFUSED: dict[str, tuple[str, str, dict[str, str | bytes], dict[str, Any]]] = {
    "no quarter": ("no-quarter", "mue.zip", {"table__csv": mue_csv()}, {}),
    "two quarters": ("quarters-differ", Q, {"Eff_07-01-2026__csv": mue_csv()}, {}),
    "another quarter than told": ("other-quarter", Q, {"table__csv": mue_csv()}, {"quarter": "2026Q3"}),
    "nobody's claims": ("no-setting", "mue-2026q2.zip", {"table__csv": PLAIN}, {}),
    "two kinds of provider": ("settings-differ", "hospital-or-practitioner-2026q2.zip", {"table__csv": PLAIN}, {}),
    "another setting than told": ("other-setting", Q, {"table__csv": mue_csv()}, {"setting": "hospital"}),
    "another kind than told": ("other-kind", Q, {"table__csv": mue_csv()}, {"kind": "ncci"}),
    "only what changed": ("changes", "2026q2-practitioner-quarterly-additions-deletions-revisions-ptp.zip", {}, {}),
    "Medicaid's": ("medicaid", Q, {"MCD_MUE_PractitionerServices__csv": mue_csv()}, {}),
    "no table": ("no-table", Q, {"readme__txt": "Hello.\n", "table__pdf": b"%PDF-1.7"}, {}),
    "headings without rows": ("no-rows", Q, {"table__csv": mue_csv([])}, {}),
    "no indicator": ("columns", Q, {"table__csv": "HCPCS/CPT Code,Practitioner Services MUE Values\n97110,6\n"}, {}),
    "a word for a number": ("bad-row", Q, {"table__csv": mue_csv(["97110 six 3"])}, {}),
    "a code cut short": ("bad-row", Q, {"table__csv": mue_csv(["97110 6 3", "0100 1 2"])}, {}),
    "no such indicator": ("bad-row", Q, {"table__csv": mue_csv().replace("3 Date", "4 Date")}, {}),
    "no such day": ("bad-row", "ccipra-v321r0-f1.zip", {"t__txt": ncci_txt(["97530 97140 20201301 * 1"])}, {}),
    "a row without its last columns": ("bad-row", Q, {"table__csv": mue_csv() + "97542,6\n"}, {}),
    "cut within a code": ("bad-row", Q, {"table__csv": mue_csv() + "975"}, {}),
    "cut behind the letter of a code": ("bad-row", Q, {"table__csv": mue_csv() + "L"}, {}),
    "cut within the first row": ("cut-off", Q, {"table__csv": mue_csv([]) + '97110,6,"3 Date of Serv'}, {}),
    "cut within a number": ("bad-row", Q, {"table__csv": mue_csv() + "97542,1"}, {}),
    "cut within the last words": ("cut-off", Q, {"table__csv": mue_csv()[:-4]}, {}),
    "cut behind the needed columns": ("cut-off", Q, {"table__csv": mue_csv() + '97542,1,"3 Da'}, {}),
    "pairs cut within a day": ("bad-row", F1, {"t__txt": ncci_txt() + "97542\t97110\t\t202001"}, {}),
    "pairs cut behind a day": ("bad-row", F1, {"t__txt": ncci_txt() + "97542\t97110\t\t20200101\t*"}, {}),
    "pairs cut behind the modifier": ("cut-off", F1, {"t__txt": ncci_txt() + "97542\t97110\t\t20200101\t*\t1\t"}, {}),
    "two limits": ("code-twice", Q, {"table__csv": mue_csv(["97110 6 3", "97110 5 3"])}, {}),
    "the same table twice": ("same-twice", Q, {"a__csv": mue_csv(), "b__csv": mue_csv()}, {}),
    "a broken spreadsheet": ("damaged", Q, {"table__xlsx": b"PK\x03\x04 not really"}, {}),
}


@pytest.mark.parametrize(("code", "name", "members", "told"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_not_sure_is_refused(
    tmp_path: Path, knowledge: Knowledge, code: str, name: str, members: dict[str, str | bytes], told: dict[str, Any]
) -> None:
    with pytest.raises(EditsRefused) as refused:
        load(zipped(tmp_path / name, **members), tmp_path / "edits", knowledge, **told)
    assert refused.value.code == code
    assert not (tmp_path / "edits").exists()
    for lang in ("en", "es"):
        for part in ("message", "try"):
            assert knowledge.say(f"edits.refused.{code}.{part}", "en" if lang == "en" else "es", refused.value.values)


@pytest.mark.parametrize(
    ("code", "data"),
    [("not-a-zip", b"97110,6,3"), ("damaged", b"PK\x03\x04 and no more"), ("no-file", None)],
)
def test_what_is_no_zip_is_refused(tmp_path: Path, knowledge: Knowledge, code: str, data: bytes | None) -> None:
    path = tmp_path / Q
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(EditsRefused) as refused:
        load(path, tmp_path / "edits", knowledge)
    assert refused.value.code == code


BOMB = b"97110,6,3\n" * 400_000
LIMITS: dict[str, tuple[str, EditLimits, dict[str, str | bytes]]] = {
    "a bomb by its ratio": ("too-big", EditLimits(), {"table__csv": BOMB}),
    "a bomb by its size": ("too-big", EditLimits(unpacked=1_000_000, ratio=10_000), {"table__csv": BOMB}),
    "too many files": ("too-big", EditLimits(members=2), {f"{n}__csv": "x" for n in range(3)}),
    "a file too big": ("too-big", EditLimits(file=100), {"table__csv": mue_csv()}),
    "too many rows": ("too-many-rows", EditLimits(rows=5), {"table__csv": mue_csv()}),
}


@pytest.mark.parametrize(("code", "limits", "members"), LIMITS.values(), ids=LIMITS.keys())
def test_limits_hold(
    tmp_path: Path, knowledge: Knowledge, code: str, limits: EditLimits, members: dict[str, str | bytes]
) -> None:
    with pytest.raises(EditsRefused) as refused:
        load(zipped(tmp_path / Q, **members), tmp_path / "edits", knowledge, limits)
    assert refused.value.code == code


def test_a_locked_zip_is_refused(tmp_path: Path, knowledge: Knowledge) -> None:
    path = zipped(tmp_path / Q, table__csv=mue_csv())
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        data[data.index(b"PK\x01\x02", archive.start_dir) + 8] |= 1
    path.write_bytes(data)
    with pytest.raises(EditsRefused, match="locked"):
        load(path, tmp_path / "edits", knowledge)


@pytest.mark.parametrize(
    ("second", "told", "outcome"),
    [
        (MUE_ROWS, {}, "same"),
        (MUE_ROWS, {"whole": True}, "replaced"),
        (("97110 5 3",), {}, "already"),
        (("97110 5 3",), {"replace": True}, "replaced"),
    ],
)
def test_loading_again(tmp_path: Path, knowledge: Knowledge, second: tuple[str, ...], told: dict[str, Any], outcome: str) -> None:
    folder = tmp_path / "edits"
    edits = load(mue_zip(tmp_path), folder, knowledge)
    before = {path: path.read_bytes() for path in folder.iterdir()}
    again = mue_zip(tmp_path, second)
    try:
        done = import_file(again, Told(**told), Knowledge(knowledge._raw, edits=edits), [folder], Limits(), TODAY)[0].state
    except EditsRefused as refused:
        done = refused.code  # type: ignore[assignment]
    assert done == outcome
    assert ({path: path.read_bytes() for path in folder.iterdir()} == before) == (outcome in ("same", "already"))


def test_the_day_of_loading_stays_when_the_file_is_the_same(tmp_path: Path, knowledge: Knowledge) -> None:
    edits = load(mue_zip(tmp_path), tmp_path / "edits", knowledge)
    known = Knowledge(knowledge._raw, edits=edits)
    import_file(mue_zip(tmp_path), Told(), known, [tmp_path / "edits"], Limits(), date(2027, 1, 1))
    assert load_edits([tmp_path / "edits"]).editions[0].imported == TODAY


def test_the_next_folder_takes_what_the_first_cannot(tmp_path: Path, knowledge: Knowledge) -> None:
    (tmp_path / "content").write_text("a file where a folder should be")
    folders = [tmp_path / "content" / "edits", tmp_path / "mine" / "edits"]
    done = import_file(mue_zip(tmp_path), Told(), knowledge, folders, Limits(), TODAY)
    assert [loaded.path.parent for loaded in done] == [folders[1]]
    with pytest.raises(EditsRefused, match="no-place"):
        import_file(mue_zip(tmp_path), Told(), knowledge, folders[:1], Limits(), TODAY)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("97110,6,3", "97110,six,3", "not a row"),
        ("97110,6,3", "97999,6,3", "out of order"),
        ("97110,6,3\n", "", "the header says"),
        ("code,units,indicator", "code,units", "columns"),
        ("quarter: 2026Q2", "quarter: 2026", "quarter"),
        ("kept: known", "kept: known\nnew: 1", "new"),
        ("setting: practitioner", "setting: hospital", "header is of mue-hospital"),
    ],
)
def test_a_changed_table_is_found_out(tmp_path: Path, knowledge: Knowledge, old: str, new: str, fault: str) -> None:
    load(mue_zip(tmp_path), tmp_path / "edits", knowledge)
    path = next((tmp_path / "edits").iterdir())
    assert edition_faults(path) == []
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    assert fault in "\n".join(map(str, edition_faults(path)))


@pytest.mark.parametrize("text", [mue_csv().rstrip(), mue_csv() + "\x1a", mue_csv() + "Made-up notice of the end"])
def test_a_table_may_end_without_the_end_of_a_line(tmp_path: Path, knowledge: Knowledge, text: str) -> None:
    edits = load(zipped(tmp_path / Q, table__csv=text), tmp_path / "edits", knowledge)
    assert edits.limit("97110", "practitioner", DAY)


def _half(path: Path) -> None:
    """The zip's list of files holds, and the file in it is damaged in the middle."""
    data = bytearray(path.read_bytes())
    data[60:90] = bytes(b ^ 0xFF for b in data[60:90])
    path.write_bytes(data)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-30])


def _newer(path: Path) -> None:
    """The list at the end asks for a version of zip that there is not."""
    data = bytearray(path.read_bytes())
    data[data.rindex(b"PK\x01\x02") + 6] = 250
    path.write_bytes(data)


@pytest.mark.parametrize("harm", [_half, _cut, _newer])
def test_a_zip_that_did_not_come_whole_is_refused(tmp_path: Path, knowledge: Knowledge, harm: Callable[[Path], None]) -> None:
    path = mue_zip(tmp_path, [f"{code} 4 3" for code in range(97000, 97900)])
    harm(path)
    with pytest.raises(EditsRefused) as refused:
        load(path, tmp_path / "edits", knowledge)
    assert refused.value.code == "damaged"


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["knowledge", *words], env={"EXPLAINER_DATA_DIR": str(folder)})


def test_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explainer.cli.edits.edit_folders", lambda content: (tmp_path / "edits",))
    first = run(tmp_path, "import-edits", str(mue_zip(tmp_path)), str(ncci_zip(tmp_path)))
    assert first.exit_code == 0, first.output
    assert "mue-practitioner-2026Q2: loaded" in first.stdout
    assert str(tmp_path / "edits" / "ncci-practitioner-2026Q2-f1.csv") in first.stdout
    assert "from code 97032 to code L3908" in first.stdout
    assert "This is part 1 of a table." in first.stdout
    third = run(tmp_path, "import-edits", str(ncci_zip(tmp_path, ["97530 97140 20200101 * 1"], part=3)))
    assert "not loaded so far: part 2" in third.stdout
    assert "loaded already" in run(tmp_path, "import-edits", str(mue_zip(tmp_path))).stdout
    assert "mue-practitioner-2026Q2" in run(tmp_path, "stats").stdout
    bad = run(tmp_path, "import-edits", str(zipped(tmp_path / "mue.zip", t__csv=mue_csv())), "--lang", "es")
    assert bad.exit_code == 3
    assert "--quarter 2026Q4" in bad.stderr
    assert run(tmp_path, "import-edits", str(tmp_path / "mue.zip"), "--quarter", "soon").exit_code == 2


def test_a_public_copy_in_the_same_shape(tmp_path: Path, knowledge: Knowledge) -> None:
    folder = samples("data", "codesets", "ncci-therapy")
    rows = [line.split(",")[:3] for line in (folder / "mue_practitioner_therapy_and_92xxx.csv").read_text().splitlines()[1:]]
    edits = load(mue_zip(tmp_path, [" ".join(row) for row in rows]), tmp_path / "edits", knowledge, whole=True)
    for code, units, indicator in rows:
        limit = edits.limit(code, "practitioner", DAY)
        assert limit is not None
        assert (limit.units, limit.indicator) == (int(units), int(indicator))
    pairs = [line.split(",")[:3] for line in (folder / "ptp_practitioner_therapy_pairs.csv").read_text().splitlines()[1:]]
    edits = load(ncci_zip(tmp_path, [f"{a} {b} 20200101 * {n}" for a, b, n in pairs]), tmp_path / "edits", knowledge, whole=True)
    for first, second, indicator in pairs:
        found = edits.pairs_among([first, second], "practitioner", DAY)
        assert bool(found) == (indicator != "9") or (second, first) in {(a, b) for a, b, n in pairs if n != "9"}
