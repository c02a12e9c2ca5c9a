"""Every topic of the money, bill and document families answers on every paper, in both languages, with no figure of its own."""

import re
from decimal import Decimal

import pytest
from build import ask, knowledge
from papers import ALL

from explainer.conversation.question import Context
from explainer.conversation.reply import Own
from explainer.conversation.topics import bill, document, money

BUILDERS = {**money.BUILDERS, **bill.BUILDERS, **document.BUILDERS}
_DOLLARS = re.compile(r"-?\$([\d,]+\.\d\d)")


def _on_paper(documents):
    known = {Decimal("0.00")}
    for paper in documents:
        known |= {paper.amount_due} if paper.amount_due else set()
        known |= {v for c in paper.accumulators for v in (c.used, c.limit, c.remaining) if v is not None}
        for claim in paper.claims:
            known |= set(claim.totals.known().values()) | {v for line in claim.lines for v in line.amounts.known().values()}
    return {abs(v) for v in known}


def _sums(documents):
    """Sums of one amount over any run of lines, and differences between two amounts: what an answer may work out."""
    lines = [line for paper in documents for line in paper.lines]
    names = {name for line in lines for name in line.amounts.known()}
    chosen = [[line for i, line in enumerate(lines) if bits >> i & 1] for bits in range(1, 1 << len(lines))]
    return {abs(sum((line.amounts.get(n) or Decimal(0) for line in some), Decimal("0.00"))) for some in chosen for n in names}


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("topic", sorted(BUILDERS))
@pytest.mark.parametrize("name", sorted(ALL))
def test_every_figure_stands_on_the_paper_or_is_worked_out_from_it(name, topic, lang):
    documents, told = ALL[name], (Decimal("77.00"),)
    for slots in ({}, {"amounts": told}, {"lines": (2,)}):
        reply, text = ask(BUILDERS, topic, *documents, lang=lang, **slots)
        known = _on_paper(documents) | _sums(documents) | set(told)
        known |= {abs(a - b) for a in known for b in known}
        figures = {Decimal(found.replace(",", "")) for found in _DOLLARS.findall(text)}
        assert reply.statements
        assert figures <= known
        assert "{" not in text
        # A sentence with a figure of the paper may not claim to rest on nothing outside the talk.
        for said in reply.statements:
            if all(isinstance(s, Own) for s in said.support):
                assert not _DOLLARS.search(knowledge().say(said.key, lang, said.values)), said.key


@pytest.mark.parametrize("topic", [t for t in sorted(BUILDERS) if t.startswith("money.")])
def test_two_people_are_asked_apart_and_a_name_settles_it(topic):
    asked, text = ask(BUILDERS, topic, *ALL["two-people"])
    assert "Dana Fields" in text
    assert asked.pending == topic
    answered, _ = ask(BUILDERS, topic, *ALL["two-people"], words="I mean Robin's")
    assert answered.lines == (2,)
    assert answered.remember["patient"] == "Robin Fields"
    later, _ = ask(BUILDERS, topic, *ALL["two-people"], context=Context(facts={"patient": "Robin Fields"}))
    assert later.lines == (2,)


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("topic", sorted(BUILDERS))
@pytest.mark.parametrize("name", ["copay", "refused", "with-bill", "none"])
def test_no_answer_begins_with_yes(name, topic, lang):
    _, text = ask(BUILDERS, topic, *ALL[name], lang=lang)
    assert not re.match(r"\W*(yes|s[ií])\b", text, re.I)
