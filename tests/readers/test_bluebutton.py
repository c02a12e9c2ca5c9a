"""Medicare's Blue Button file however it was saved, and the files that look like it but hold no claims."""

import pytest
from reader_papers import BLUE_FOLDER, knowledge, read_bytes, refused

from explainer.readers import Unreadable
from explainer.readers.bluebutton import is_blue_button, is_health_record

HEAD = "--------------------------------\nMYMEDICARE.GOV PERSONAL HEALTH INFORMATION\n--------------------------------\n"
DRUG = "Claim Lines for Claim Number: {n}\n-----\nClaim Type: Part D\nClaim Number: {n}\nDrug Name: SAMPLEPRIL\n-----\n"
VETERANS = "---- MY HEALTHEVET PERSONAL INFORMATION REPORT ----\n     Produced by the VA Blue Button (v12.6)\nName: A\n"
PAPER = (BLUE_FOLDER / "several-claims.txt").read_text("utf-8")


@pytest.mark.parametrize(
    "text",
    [
        PAPER.replace("\n", "\r\n"),
        PAPER.replace("\n", "\r"),
        PAPER.replace("\n", "\n\n"),
        PAPER.replace("\n\n", "\n"),
        PAPER.replace("--------------------------------", "-----------"),
        "\ufeff" + PAPER,
        PAPER.replace("MYMEDICARE", "MEDICARE"),
        PAPER[PAPER.index("Claim Summary") :],
        PAPER.replace("Line number:", "LINE NUMBER :").replace("Amount Charged:", "AMOUNT CHARGED:"),
    ],
    ids=["crlf", "cr", "doubled", "no-blanks", "short-rules", "bom", "newer-name", "cut", "capitals"],
)
def test_the_same_claims_however_it_was_saved(text: str) -> None:
    claims = read_bytes(text.encode()).document.claims
    expected = read_bytes(PAPER.encode()).document.claims
    assert [c.claim_id for c in claims] == [c.claim_id for c in expected]
    assert [c.totals for c in claims] == [c.totals for c in expected]
    assert [(x.code, x.service_date, x.amounts) for c in claims for x in c.lines] == [
        (x.code, x.service_date, x.amounts) for c in expected for x in c.lines
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (HEAD + "**CONFIDENTIAL**\nProduced by the Blue Button (v2.0)\n", "no-claims"),
        (HEAD + "Demographic\n-----\nName: A B\nPlan Name: Sample\n", "no-claims"),
        (HEAD + DRUG.format(n=1), "only-drug-claims"),
        (HEAD + DRUG.format(n=1) + DRUG.format(n=2), "only-drug-claims"),
        (VETERANS, "health-record"),
        (VETERANS.replace("\n", "\r\n"), "health-record"),
    ],
)
def test_files_without_claims_are_refused_with_the_reason(text: str, code: str) -> None:
    assert refused(text.encode()) == code


@pytest.mark.parametrize(("count", "said"), [(1, "only one drug claim"), (2, "2 of them")])
def test_the_refusal_says_how_many_drug_claims_there_are(count: int, said: str) -> None:
    with pytest.raises(Unreadable) as reason:
        read_bytes((HEAD + "".join(DRUG.format(n=n) for n in range(count))).encode())
    assert said in knowledge().say(f"read.{reason.value.code}.message", "en", reason.value.values)


@pytest.mark.parametrize(
    "text",
    [
        "Medicare Summary Notice\nfor Part B (Medical Insurance)",
        "Visit MyMedicare.gov for your personal claims",
        "Claim Number: 12\nAmount Charged: $5.00",
        "Claim type: Part D",
    ],
)
def test_other_papers_are_left_to_others(text: str) -> None:
    assert not is_blue_button(text)
    assert not is_health_record(text)
