"""FHIR claims: the made-up files say exactly what stands beside them, and everything said stands where its place says."""

import json
import socket
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

import pytest
from fhir_papers import FILES, READ, expected, told
from hypothesis import given, settings
from hypothesis import strategies as st
from reader_papers import read_bytes, refused

from explainer.model.amounts import MONEY_FIELDS
from explainer.readers import Unreadable
from explainer.readers.fhir.scan import Node, Scanner
from explainer.readers.formats import found_format
from explainer.settings import Limits

_BILLED = '{"category": {"coding": [{"code": "submitted"}]}, "amount": {"value": %s}}'
CLAIM = '{"resourceType": "ExplanationOfBenefit", "total": [' + _BILLED + "]}"


@pytest.mark.parametrize("paper", FILES, ids=lambda p: p.name)
def test_file(paper: Path) -> None:
    assert told(paper) == json.loads(expected(paper).read_text("utf-8"))


def test_every_expected_result_has_its_file() -> None:
    assert {expected(p) for p in FILES} == set(FILES[0].parent.glob("*.expected.json"))
    assert len(FILES) >= 25


def test_a_claim_names_the_prior_one_that_it_replaces() -> None:
    path = FILES[0].parent / "prior-claim.json"
    document = read_bytes(path.read_bytes(), path.name).document
    assert [c.replaces for c in document.claims] == [(), (document.claims[0].claim_id,)]


@pytest.mark.parametrize("paper", READ, ids=lambda p: p.name)
def test_every_value_stands_where_its_place_says(paper: Path) -> None:
    document = read_bytes(paper.read_bytes(), paper.name).document
    for line in document.lines:
        item = json.loads(document.text[line.source.start : line.source.end])
        assert "sequence" in item or "adjudication" in item
        for name, place in line.places.items():
            stands = document.text[place.start : place.end]
            if name in MONEY_FIELDS and len(set(_amounts(stands))) == 1 and name != "deductible":
                assert abs(line.amounts.get(name) or Decimal(0)) == abs(_amounts(stands)[0])
            elif name == "code":
                assert f'"{line.code}"' in stands
            elif name == "service_date":
                assert str(line.service_date) in stands
    for problem in document.problems:
        assert problem.span is None or document.text[problem.span.start : problem.span.end].strip()


def _amounts(text: str) -> list[Decimal]:
    value = json.loads(text, parse_float=Decimal, parse_int=Decimal)
    found = value.get("value") if isinstance(value, dict) else None
    return [Decimal(found).quantize(Decimal("0.01"), "ROUND_HALF_UP")] if found is not None else []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text('abcdé"\\', max_size=4), inner, max_size=4),
    max_leaves=15,
)


@given(JSON, st.sampled_from([None, 1]), st.booleans())
def test_scanned_values_and_places(value: Any, indent: int | None, ascii_only: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    _same(Scanner(text, Limits()).document(), value, text)


def _same(node: Node, value: Any, text: str) -> None:
    assert json.loads(text[node.start : node.end]) == value
    if isinstance(value, dict):
        assert isinstance(node.value, dict)
        for name, inner in value.items():
            _same(node.value[name], inner, text)
    elif isinstance(value, list):
        assert isinstance(node.value, tuple)
        for at, inner in enumerate(value):
            _same(node.value[at], inner, text)
    else:
        assert node.value == value


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"a": NaN}', "json-broken"), ('{"a": -Infinity}', "json-broken"), ('{"a": 01}', "json-broken"),
        ('{"a": .5}', "json-broken"),
        ('{"a": 1,}', "json-broken"), ("[1,]", "json-broken"), ("[1 2]", "json-broken"), ('{"a" 1}', "json-broken"),
        ('{1: 2}', "json-broken"),
        ('{"a": "\\x"}', "json-broken"), ('{"a": "\\u12"}', "json-broken"), ('{"a": "', "json-broken"),
        ('{"a": 1} x', "json-broken"),
        ("{'a': 1}", "json-broken"), ("{} {}", "json-broken"), ("[1}", "json-broken"), ('{"a": tru}', "json-broken"),
        ("", "json-broken"),
        ('["\n"]', "json-broken"), ('[{"]": 1]', "json-broken"),
        ("[" * 65 + "]" * 65, "json-too-deep"), ('[1' + "0" * 18 + "]", "json-number"), ("[1e999]", "json-number"),
        ("[1e400000000]", "json-number"), ("[0." + "1" * 41 + "]", "json-number"), ("[" + "1," * 200_000 + "1]", "too-big"),
    ],
)  # fmt: skip
def test_what_is_no_json_is_refused(text: str, code: str) -> None:
    with pytest.raises(Unreadable) as found:
        Scanner(text, Limits()).document()
    assert found.value.code == code


def test_a_refusal_says_where_and_repeats_nothing() -> None:
    with pytest.raises(Unreadable) as found:
        Scanner('{"name": "Secret",\n  "x": oops}', Limits()).document()
    assert found.value.values == {"row": 2, "column": 8}


@pytest.mark.parametrize(
    ("text", "kept", "repeated"),
    [
        ('{"a": 1, "a": 1}', {"a"}, set()), ('{"a": 1, "a": 2, "b": 3}', {"b"}, {"a"}),
        ('{"a": 1, "a": 2, "a": 1}', set(), {"a"}),
        ('{"a": {"b": 1}, "c": {"b": 2}}', {"a", "c"}, set()),
    ],
)  # fmt: skip
def test_a_key_with_two_values_says_nothing(text: str, kept: set[str], repeated: set[str]) -> None:
    scanner = Scanner(text, Limits())
    assert set(scanner.document().value) == kept  # type: ignore[arg-type]
    assert scanner.repeated == repeated


CENTS = st.decimals(min_value=0, max_value=99_999, places=2)
FIELDS = {
    "submitted": "billed", "eligible": "allowed", "deductible": "deductible", "copay": "copay", "coinsurance": "coinsurance",
    "noncovered": "not_covered", "discount": "discount", "benefit": "plan_paid", "priorpayerpaid": "other_paid",
    "memberliability": "patient_owes",
}  # fmt: skip


@settings(max_examples=60)
@given(st.lists(st.dictionaries(st.sampled_from(sorted(FIELDS)), CENTS, min_size=1), min_size=1, max_size=4))
def test_amounts_survive(lines: list[dict[str, Decimal]]) -> None:
    items = [
        {
            "sequence": n,
            "adjudication": [{"category": {"coding": [{"code": c}]}, "amount": {"value": float(v)}} for c, v in line.items()],
        }
        for n, line in enumerate(lines, 1)
    ]
    document = read_bytes(json.dumps({"resourceType": "ExplanationOfBenefit", "item": items}).encode(), "a.json").document
    assert [line.amounts.known() for line in document.lines] == [{FIELDS[c]: v for c, v in line.items()} for line in lines]


@settings(max_examples=60)
@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=3),
        lambda x: (
            st.lists(x)
            | st.dictionaries(
                st.sampled_from(
                    ["item", "total", "adjudication", "category", "coding", "code", "amount", "value", "identifier", "quantity"]
                ),
                x,
            )
        ),
    )
)
def test_any_shape_is_read_or_refused(shape: Any) -> None:
    whole = {"resourceType": "ExplanationOfBenefit", "item": shape, "total": shape, "contained": shape, "benefitBalance": shape}
    assert refused(json.dumps(whole).encode(), "a.json") in (None, "no-amounts", "json-number")


@pytest.mark.parametrize(
    ("data", "format_"),
    [
        (b'{"resourceType": "Patient"}', "fhir-eob"), (b'\xef\xbb\xbf [ { "resourceType": "X" } ]', "fhir-eob"),
        (b'{"a": 1}', "JSON"),
        (b'{"a": "' + b"x" * 9000 + b'", "resourceType": "X"}', "fhir-eob"),
        ('{"resourceType": "X"}'.encode("utf-16"), "fhir-eob"),
        (b'{"id": 1}\n{"resourceType": "X"}\n', "fhir-eob"), (b"{ curly words }", "text"),
        (b"[1] Billed $5.00", "text"), (b"{}", "JSON"),
    ],
)  # fmt: skip
def test_found_by_what_it_holds(data: bytes, format_: str) -> None:
    assert found_format(data, "a.txt") == format_


def test_the_type_found_and_the_type_wanted_are_named() -> None:
    with pytest.raises(Unreadable) as found:
        read_bytes(
            b'{"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Patient", "name": "Secret"}}]}', "a.json"
        )
    assert found.value.values == {"found": "Patient", "wanted": "ExplanationOfBenefit"}


def test_no_address_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("a connection")

    monkeypatch.setattr(socket, "socket", refuse)
    whole = json.loads(CLAIM % "5")
    whole["contained"] = [{"resourceType": "Organization", "id": "a", "partOf": {"reference": "#a"}}]
    whole |= {"provider": {"reference": "#a"}, "patient": {"reference": "http://127.0.0.1:9/Patient/1"}}
    claim = read_bytes(json.dumps(whole).encode(), "a.json").document.claims[0]
    assert (claim.provider, claim.patient, claim.totals.billed) == (None, None, Decimal("5.00"))


@pytest.mark.parametrize(
    ("value", "read", "unsure"),
    [("90.005", "90.01", True), ("90.004", "90.00", True), ("-90.005", "-90.01", True), ("90.00", "90.00", False),
     ("90.0", "90.00", False), ("64.199999999999996", "64.20", False)],
)  # fmt: skip
def test_an_amount_with_parts_of_a_cent_is_rounded_and_doubted(value: str, read: str, unsure: bool) -> None:
    entry = '{"category": {"coding": [{"code": "submitted"}]}, "amount": {"value": %s}}' % value  # noqa: UP031
    reading = read_bytes(
        ('{"resourceType": "ExplanationOfBenefit", "item": [{"sequence": 1, "adjudication": [%s]}]}' % entry).encode(),  # noqa: UP031
        "a.json",
    )
    line = reading.document.lines[0]
    assert (str(line.amounts.billed), line.uncertain) == (read, ("billed",) if unsure else ())
    assert [p.code for p in reading.problems].count("fhir-rounded") == unsure


@pytest.mark.parametrize("value", ['"1,234.50"', '"$5"', "true", "[5]", '{"x": 5}', '"NaN"'])
def test_what_is_no_number_is_no_amount(value: str) -> None:
    assert refused((CLAIM % value).encode(), "a.json") == "no-amounts"


def test_too_many_claims_and_lines_are_cut_and_counted() -> None:
    one = json.loads(CLAIM % "5")
    one["item"] = [{"sequence": n} for n in range(3)]
    bundle = {"resourceType": "Bundle", "entry": [{"resource": one}] * (Limits().fhir_claims + 2)}
    reading = read_bytes(json.dumps(bundle).encode(), "a.json")
    assert len(reading.document.claims) == Limits().fhir_claims
    assert {p.code: p.values["count"] for p in reading.problems if p.code == "fhir-claims-cut"} == {"fhir-claims-cut": 2}
