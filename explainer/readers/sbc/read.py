"""A Summary of Benefits and Coverage to a document: benefits in the paper's own words, and the amounts of a year."""

import re
from collections.abc import Iterator, Sequence

from explainer.model.document import Accumulator, Benefit, Document, Problem
from explainer.model.source import Span
from explainer.readers.base import Reading, Unreadable, Upload
from explainer.readers.labels import LabelBook
from explainer.readers.rows import rows_of
from explainer.readers.sbc import costs
from explainer.readers.sbc.anchors import ASK, END, LIST, ROW, anchors_in, next_after
from explainer.readers.sbc.layout import Form, Part, parts_of
from explainer.readers.sbc.yearly import yearly
from explainer.readers.statement import cleaning_problems
from explainer.readers.text import CleanText
from explainer.settings import Limits

_MOST = 900
_HEAD = 4000
_ENDS = r"(?=\s*\||\s{2,}|\t|\n|$|\s+(?:Plan Type|Tipo de plan|Coverage for|Cobertura para)\s?:)"
_PLAN = re.compile(rf"(?:Plan Type|Tipo de plan)\s?:\s?(?P<type>[A-Za-z][\w/ -]{{0,30}}?){_ENDS}")
_FOR = re.compile(rf"(?:Coverage for|Cobertura para)\s?:\s?(?P<who>[^|\n\t]{{2,60}}?){_ENDS}")
_PERIOD = re.compile(rf"(?:Coverage Period|Per[íi]odo de cobertura)\s?:\s?(?P<days>[^|\n\t]{{4,60}}?){_ENDS}")
_EDGES = " \t:|-–—*#"
_YES_OR_NO = re.compile(r"(yes|no|sí|si)(?![\w])(?!,?\s(?:but|except|unless|pero|excepto|salvo)\b)")
_CHECK = re.compile(r"^\([^()]{0,300}\)[:.]?\s?")  # "(Check your policy ...)"


def read_sbc(book: LabelBook, upload: Upload, clean: CleanText, limits: Limits, format_: str = "text") -> Reading:
    """The reading of the form. Raises Unreadable: too-big, sbc-empty (nothing of the form could be read)."""
    rows, _ = rows_of(clean.text, limits.line_chars)
    if len(rows) > limits.csv_rows:
        raise Unreadable("too-big")
    form = Form(clean.text, rows, anchors_in(book, clean.text, rows))
    if len(form.anchors) > limits.form_names:
        raise Unreadable("too-big")
    asked = [_answer(form, part, upload.paper) for part in parts_of(form, ASK)]
    services = [b for part in parts_of(form, ROW) if (b := _service(part, upload.paper)) is not None]
    benefits = (*_head(clean.text, upload.paper), *asked, *services, *_lists(form, upload.paper))
    if not services and not any(b.limits for b in asked):
        raise Unreadable("sbc-empty")
    counts = tuple(a for b in asked for a in _amounts(form, b))
    problems = (*cleaning_problems(clean), *_unread(services))
    plan = next((b for b in benefits if b.kind == "plan-type"), None)
    document = Document(
        upload.paper, upload.name, format_, "sbc", clean.text, payer=_payer(benefits), plan_words=plan.limits if plan else None,
        accumulators=counts, problems=problems, benefits=benefits,
        places={"plan_words": plan.span} if plan else {}, referral=_referral(benefits),
    )  # fmt: skip
    return Reading(document, problems)


def _answer(form: Form, part: Part, paper: str) -> Benefit:
    """A question of the form and its answer."""
    words = (part.cells[0] if part.cells else "") if part.cells is not None else (part.flow or "")
    asked = part.name if part.cells is not None else " ".join(form.text[part.anchor.start : part.anchor.end].split())
    return Benefit(part.anchor.kind, Span(paper, 1, part.start, part.end), asked, limits=words.strip(" ?") or None)


def _service(part: Part, paper: str) -> Benefit | None:
    """A row of the table; what is not plain stays unknown, and its words can still be quoted from its place."""
    span = Span(paper, 1, part.start, part.end)
    found = _three(part)
    if found is None:
        sure = costs.START.search(part.flow or " ".join(part.cells or ()))
        return Benefit(part.anchor.kind, span, part.name) if sure or part.cells is None else None
    inside, outside, limits = found
    said = costs.plain(inside)
    count, period = costs.visits(limits)
    return Benefit(
        part.anchor.kind, span, part.name, inside, outside, limits or None,
        said.copay, said.coinsurance, said.after, count, period,
    )  # fmt: skip


def _three(part: Part) -> tuple[str, str, str] | None:
    if part.flow is not None:
        return costs.two_cells(part.flow)
    cells = part.cells or ()
    if len(cells) not in (2, 3) or not all(costs.START.search(c) for c in cells[:2]):
        return None
    if len(cells) == 3 and costs.START.match(cells[2]) and costs.two_cells(f"{cells[1]} {cells[2]}"):
        return None  # three columns of costs: which is which stands in a heading of the plan's own
    return cells[0], cells[1], cells[2] if len(cells) == 3 else ""


def _unread(services: Sequence[Benefit]) -> list[Problem]:
    left = [b for b in services if b.in_network is None]
    return [Problem("sbc-rows-unplain", {"count": len(left)}, span=left[0].span)] if left else []


def _lists(form: Form, paper: str) -> Iterator[Benefit]:
    """The lists of services not covered and of others that are; each ends at the next list or heading."""
    others = [a for a in form.anchors if a.sort in (LIST, END)]
    for anchor in (a for a in others if a.sort == LIST):
        end = min(next_after(others, anchor.start, len(form.text)), anchor.end + _MOST)
        words = _CHECK.sub("", " ".join(form.text[anchor.end : end].split())).strip(_EDGES)
        if words:
            name = " ".join(form.text[anchor.start : anchor.end].split())
            yield Benefit(anchor.kind, Span(paper, 1, anchor.start, end), name, limits=words)


def _head(text: str, paper: str) -> Iterator[Benefit]:
    """The plan's name, its type, whom it covers and when."""
    head = text[:_HEAD]
    for kind, pattern, group in (("period", _PERIOD, "days"), ("coverage-for", _FOR, "who"), ("plan-type", _PLAN, "type")):
        match = pattern.search(head)
        if match:
            words = match[group].strip(_EDGES)
            label = head[match.start() : match.start(group)].strip(_EDGES)
            yield Benefit(kind, Span(paper, 1, match.start(group), match.end(group)), label, limits=words)
    named = _FOR.search(head)
    start = _plan_line(head, named.start()) if named else None
    if start is not None and named is not None:
        name = head[start : named.start()].strip().strip(_EDGES)
        yield Benefit("plan", Span(paper, 1, start, start + len(head[start : named.start()].rstrip())), name)


def _plan_line(head: str, at: int) -> int | None:
    """Where the plan's name starts: before "Coverage for" on its line, else on the line above."""
    start = head.rfind("\n", 0, at) + 1
    if not head[start:at].strip(_EDGES) and start:
        start = head.rfind("\n", 0, start - 1) + 1
    name = head[start:at].strip().strip(_EDGES)
    told = ("summary of benefits", "resumen de beneficios", "coverage period", "período de cobertura", "periodo de cobertura")
    if not 3 <= len(name) <= 90 or "\n" in name or any(t in name.lower() for t in told):
        return None
    return start + (len(head[start:at]) - len(head[start:at].lstrip()))


def _referral(benefits: Sequence[Benefit]) -> bool | None:
    """Whether a specialist needs a referral, where the first answer to that is a plain yes or no."""
    words = next((b.limits or "" for b in benefits if b.kind == "referral"), "")
    told = _YES_OR_NO.match(words.lower())
    return None if told is None else told[1] != "no"


def _payer(benefits: Sequence[Benefit]) -> str | None:
    """ "Harbor Health: Silver 4000": the company before the colon."""
    plan = next((b.service for b in benefits if b.kind == "plan"), None)
    return plan.partition(":")[0].strip() if plan and ":" in plan else None


_YEARLY = {"deductible": "deductible", "out-of-pocket": "out-of-pocket"}


def _amounts(form: Form, benefit: Benefit) -> Iterator[Accumulator]:
    """The limits of a year that an answer names."""
    kind = _YEARLY.get(benefit.kind)
    if kind is None or not benefit.limits:
        return
    for found in yearly(benefit.limits):
        yield Accumulator(kind, benefit.span, limit=found.amount, scope=found.scope, network=found.network, words=benefit.limits)
