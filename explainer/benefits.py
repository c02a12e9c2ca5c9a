"""What a Summary of Benefits and Coverage says, as sentences that quote it: a wording key, its values and its row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from explainer.knowledge.wording import Blank
from explainer.model.document import Benefit, Document

_NOTHING = frozenset(("none", "ninguna", "ninguno", "n/a", "no", "nada", "---", "-"))
_SHOWN = 320


@dataclass(frozen=True, slots=True)
class Said:
    """A wording key, its values, and the part of the paper that it quotes."""

    key: str
    values: Mapping[str, Blank]
    benefit: Benefit


def limits_of(benefit: Benefit) -> str | None:
    """The limits of a row, unless the paper says that there are none."""
    words = (benefit.limits or "").strip()
    return None if not words or words.rstrip(".").lower() in _NOTHING else quoted(words)


def quoted(words: str) -> str:
    """The paper's words in one line, without a full stop at the end; long ones are cut after a word."""
    line = " ".join(words.split()).rstrip(" .").replace('"', "'")
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN].rsplit(' ', 1)[0]} ..."


def row_says(document: Document, benefit: Benefit) -> Iterator[Said]:
    """A row of the table of services in the paper's own words; the whole row where its columns are not plain."""
    service = quoted(benefit.service)
    if benefit.in_network is None:
        words = quoted(document.text[benefit.span.start : benefit.span.end])
        yield Said("benefits.row-whole", {"service": service, "words": words}, benefit)
        return
    values: dict[str, Blank] = {"service": service, "inside": quoted(benefit.in_network)}
    if benefit.out_network:
        yield Said("benefits.row", {**values, "outside": quoted(benefit.out_network)}, benefit)
    else:
        yield Said("benefits.row-in", values, benefit)
    limits = limits_of(benefit)
    if limits:
        yield Said("benefits.row-limits", {"limits": limits}, benefit)


def answer_says(benefit: Benefit | None) -> Iterator[Said]:
    """A question of the form, and the paper's answer to it."""
    if benefit is not None and benefit.limits:
        asked = f"{quoted(benefit.service).rstrip('? ')}?"
        yield Said("benefits.answer", {"question": asked, "words": quoted(benefit.limits)}, benefit)


def overview(document: Document) -> Iterator[Said]:
    """The plan, its yearly amounts, the row for therapy, and referrals."""
    plan = document.benefit("plan")
    if plan is not None:
        yield Said("benefits.plan", {"plan": quoted(plan.service)}, plan)
    yield from answer_says(document.benefit("deductible"))
    yield from answer_says(document.benefit("out-of-pocket"))
    therapy = document.benefit("rehabilitation")
    if therapy is not None:
        yield from row_says(document, therapy)
    yield from answer_says(document.benefit("referral"))
