"""Answers about a paper itself."""

import papers as p
import pytest
from build import ask

from explainer.conversation.topics import document


@pytest.mark.parametrize(
    ("topic", "documents", "slots", "says", "never"),
    [
        (
            "document.summary",
            (p.COPAY,),
            {},
            ["Explanation of Benefits from Harvest Health for Dana Fields", "not a bill", "$180.00", "$55.00", "$30.00", "copay"],
            [],
        ),
        ("document.summary", (p.COPAY,), {"lines": (2,)}, ["3 services"], []),
        ("document.summary", (p.REFUSED,), {}, ["Not paid: line 1", "not a benefit", "appeal"], []),
        ("document.summary", (p.MEDICARE,), {}, ["Medicare Summary Notice", "$18.00"], []),
        ("document.summary", (p.BILL,), {}, ["a bill from Elm Street Therapy", "$105.00"], ["not a bill"]),
        ("document.line", (p.COPAY,), {"lines": (3,)}, ["97014", "Included in the payment", "$0.00"], []),
        ("document.line", (p.COPAY,), {}, ["3 lines", "Line 2 (97112"], []),
        ("document.term", (p.COPAY,), {"terms": ("copay", "deductible")}, ["Copay:", "copay $30.00", "Deductible:"], []),
        ("document.dates", (p.MEDICARE,), {}, ["March 5, 2026", "April 1, 2026"], ["processed"]),
        ("document.dates", (p.COPAY, p.BILL), {}, ["March 20, 2026", "due by May 1, 2026"], []),
        ("document.dates", (p.BARE,), {}, ["no dates"], []),
        ("document.provider", (p.COPAY,), {}, ["Elm Street Therapy", "in network"], []),
        ("document.provider", (p.BARE,), {}, ["no provider's name"], ["network"]),
        ("document.missing", (p.COPAY,), {}, ["No,", "minutes", "diagnosis", "already paid"], []),
        ("document.missing", (p.BARE,), {}, ["procedure codes", "what you may owe"], []),
    ],
)
def test_document(topic, documents, slots, says, never):
    _, text = ask(document.BUILDERS, topic, *documents, **slots)
    assert not [s for s in says if s not in text], text
    assert not [s for s in never if s in text], text


def test_a_word_without_an_entry_is_not_guessed():
    reply, _ = ask(document.BUILDERS, "document.term", p.COPAY, terms=("no-such-word",))
    assert reply.topic == "decline.unknown"
