"""Nothing is half there: every topic of the contract is understood, answered and worded; every wording is used."""

import re
from pathlib import Path

import pytest

from explainer.conversation.topics import BUILDERS
from explainer.knowledge.base import Knowledge
from explainer.settings import Limits, Settings

_TOPICS = """
code.meaning code.examples code.compare code.used-for code.timed code.modifier code.documentation code.plan-of-care
units.minutes units.from-minutes units.check units.rule units.group
money.owe money.to-whom money.billed money.allowed money.discount money.deductible money.copay money.coinsurance money.not-covered
money.plan-paid money.math money.differs money.refund
denial.reason denial.next denial.code appeal.how appeal.deadline appeal.letter appeal.external
coverage.covered coverage.necessity coverage.visits coverage.authorization coverage.referral coverage.network coverage.surprise
coverage.medicare-threshold coverage.maintenance coverage.other-insurance coverage.timely-filing coverage.plan-year
bill.not-a-bill bill.compare bill.dispute bill.itemized bill.help-paying bill.collections bill.two-papers
document.summary document.line document.term document.dates document.provider document.missing
help.who-to-call help.records help.abilities help.privacy help.greeting
decline.medical-advice decline.legal-advice decline.off-topic decline.unclear decline.unknown decline.urgent
"""
TOPICS = _TOPICS.split()


@pytest.mark.parametrize("topic", TOPICS)
def test_topic_is_understood_and_answered(topic: str, knowledge: Knowledge) -> None:
    entry = knowledge.topics[topic]
    assert min(len(entry.examples.en), len(entry.examples.es)) >= 15
    assert topic in BUILDERS
    assert entry.ask_next.en or topic == "decline.urgent"


def test_no_topic_beyond_the_contract(knowledge: Knowledge) -> None:
    assert set(knowledge.topics) == set(BUILDERS) == set(TOPICS)


def test_every_wording_is_used(knowledge: Knowledge, root: Path) -> None:
    """A key counts as used when code or a template names it whole, or names the part before a value that is put in."""
    files = [*(root / "explainer").rglob("*.py"), *(root / "templates").rglob("*.html")]
    text = "\n".join(path.read_text("utf-8") for path in files)
    whole = set(re.findall(r"[\"']([a-z][a-z0-9-]*(?:\.[a-z0-9_-]+)+)[\"']", text))
    begun = set(re.findall(r"[\"']([a-z][a-z0-9.-]*[.-])(?:\{|[\"'])", text))
    unused = [k for k in knowledge.wording if k not in whole and not any(k.startswith(b) for b in begun)]
    assert unused == []


def test_every_setting_has_a_safe_size() -> None:
    limits = Settings().limits
    assert limits.pasted_text <= limits.file <= limits.request <= limits.visit_bytes
    assert limits.question_chars * 4 <= limits.question_body
    assert limits == Limits()
