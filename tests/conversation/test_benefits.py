"""Questions over a Summary of Benefits and Coverage: its own words are quoted, and an EOB beside it keeps what is owed."""

from pathlib import Path

import pytest
from build import ask, claim, knowledge, line, paper

from explainer.conversation.topics import BUILDERS
from explainer.explain import summary
from explainer.model.document import Document
from explainer.readers import Upload, read
from explainer.settings import Limits

FOLDER = Path(__file__).parent.parent / "papers" / "readers"
EOB = paper(claim(line(1, "97110", "THERAPEUTIC EXERCISE", billed="90.00", plan_paid="20.00", patient_owes="30.00")))


def form(name: str = "sbc-tabs") -> Document:
    path = FOLDER / f"{name}.txt"
    return read(Upload("sbc", path.name, path.read_bytes()), knowledge(), Limits()).document


@pytest.mark.parametrize(
    ("topic", "words", "said"),
    [
        ("coverage.covered", "is physical therapy covered?", ["$45 copay/visit; deductible does not apply", "40% coinsurance"]),
        ("coverage.covered", "is acupuncture covered?", ["Acupuncture (20 visits per year)", "other services"]),
        ("coverage.covered", "is cosmetic surgery covered?", ["does not cover", "Cosmetic surgery"]),
        ("coverage.visits", "how many visits do I get?", ["30 visits", "combined"]),
        ("coverage.visits", "how many home health visits?", ["100 visits", "Home health care"]),
        ("coverage.referral", "do I need a referral?", ["Do you need a referral to see a specialist?", "\"No\""]),
        ("coverage.authorization", "do I need approval for therapy?", ["Preauthorization is required after the 12th visit"]),
        ("coverage.plan-year", "what is my out-of-pocket maximum?", ["$6,000 individual"]),
        ("money.deductible", "what is my deductible?", ["$1,500 individual / $3,000 family"]),
        ("money.owe", "what would a visit cost?", ["not about one visit", "$45 copay/visit"]),
        ("money.owe", "what would an MRI cost?", ["Imaging (CT/PET scans, MRIs)", "20% coinsurance"]),
        ("document.summary", "what does this say?", ["Lantern Mutual", "Rehabilitation services"]),
    ],
)  # fmt: skip
def test_the_papers_own_row_is_quoted(topic: str, words: str, said: list[str]) -> None:
    _, text = ask(BUILDERS, topic, form(), words=words)
    assert all(part in text for part in said), text


def test_the_row_rests_on_its_place() -> None:
    document = form()
    reply, _ = ask(BUILDERS, "coverage.covered", document, words="is physical therapy covered?")
    place = reply.statements[0].support[0]
    assert document.text[place.start : place.end].startswith("Rehabilitation services")  # type: ignore[union-attr]


def test_with_an_eob_what_is_owed_stays_with_the_eob() -> None:
    reply, text = ask(BUILDERS, "money.owe", EOB, form(), words="what do I owe?")
    assert "$30.00" in text
    assert "$45 copay" not in text
    assert all(s.support[0].paper != "sbc" for s in reply.statements if hasattr(s.support[0], "paper"))


def test_with_an_eob_coverage_is_answered_from_both() -> None:
    _, text = ask(BUILDERS, "coverage.covered", EOB, form(), words="is physical therapy covered?")
    assert text.index("$45 copay") < text.index("$20.00")


def test_rows_whose_columns_are_not_plain_are_quoted_whole() -> None:
    _, text = ask(BUILDERS, "coverage.covered", form("sbc-three-tiers"), words="is physical therapy covered?")
    assert "10% coinsurance 20% coinsurance 40% coinsurance 30 visits/year" in text
    assert "outside" not in text


@pytest.mark.parametrize(("name", "lang"), [("sbc-spanish-tabs", "es"), ("sbc-columns", "en"), ("sbc-spanish-lines", "es")])
def test_the_summary_says_the_main_things(name: str, lang: str) -> None:
    document = form(name)
    text = summary(document, knowledge(), lang)  # type: ignore[arg-type]
    therapy = document.benefit("rehabilitation")
    assert therapy is not None
    assert therapy.in_network
    assert therapy.in_network in text
    assert text.count("{") == 0
