"""Which lines of the paper a question is about: by number, place, code, key, date or amount, or by pointing back."""

from decimal import Decimal

from explainer.case import Case, total_of
from explainer.conversation.phrases import Hit
from explainer.conversation.question import Context, Slots
from explainer.conversation.slots import Heard
from explainer.conversation.words import plain, tokens
from explainer.knowledge.base import Knowledge
from explainer.model.amounts import MONEY_FIELDS
from explainer.model.document import plain_key

# Words are compared by their beginnings, so that "exercises" is "exercise".
_STEM = 5
# "this visit" and the like point at the paper, not at a line of it.
_WHOLE = frozenset(
    [
        "visits",
        "papers",
        "claims",
        "clinics",
        "days",
        "lines",
        "bills",
        "providers",
        "citas",
        "clinicas",
        "reclamos",
        "renglones",
        "papeles",
        "dias",
        "facturas",
        "visit",
        "paper",
        "document",
        "eob",
        "bill",
        "statement",
        "sheet",
        "page",
        "letter",
        "notice",
        "year",
        "plan",
        "claim",
        "therapy",
        "insurance",
        "whole",
        "total",
        "all",
        "time",
        "week",
        "month",
        "day",
        "amount",
        "much",
        "many",
        "cita",
        "visita",
        "hoja",
        "papel",
        "documento",
        "factura",
        "cuenta",
        "carta",
        "aviso",
        "ano",
        "seguro",
        "total",
        "todo",
        "todos",
        "vez",
        "semana",
        "mes",
        "dia",
        "cantidad",
        "clinic",
        "office",
        "place",
        "provider",
        "program",
        "tool",
        "happens",
        "mean",
        "means",
        "terapia",
        "reclamo",
    ]
)


def lines_meant(heard: Heard, case: Case, context: Context, knowledge: Knowledge) -> tuple[int, ...]:
    """Line numbers that the words themselves name; () when they name none."""
    for found in (
        _numbered(heard, case, context, knowledge),
        _of_claim(heard, case, context, knowledge),
        _relative(heard, case, context),
        _coded(heard.slots, case),
        _described(heard, case),
        _of_amount(heard, case),
        _dated(heard.slots, case),
    ):
        if found:
            return found
    return ()


def points_back(heard: Heard) -> bool:
    """Whether "it", "that one" or the like stands for what was spoken of before."""
    return any(h.name == "that-line" and not _is_whole(heard, h) for h in heard.hits)


def _is_whole(heard: Heard, hit: Hit) -> bool:
    after = heard.tokens[hit.end : hit.end + 2]
    return any(t.text in _WHOLE for t in after[:1])


def _numbered(heard: Heard, case: Case, context: Context, knowledge: Knowledge) -> tuple[int, ...]:
    out = [n for n in (*_after_line_word(heard), *_ordinals(heard, context, knowledge)) if case.line(n)]
    return tuple(dict.fromkeys(out))


def _after_line_word(heard: Heard) -> list[int]:
    """ "line 2", "rows 1 and 3", "renglón número 2"."""
    out: list[int] = []
    for hit in heard.hits:
        if hit.name != "line-word":
            continue
        for token in heard.tokens[hit.end : hit.end + 4]:
            if token.text.isdigit() and len(token.text) <= 2:
                out.append(int(token.text))
            elif token.text not in ("number", "numero", "no", "and", "y", "to", "through", "n"):
                break
    return out


def _ordinals(heard: Heard, context: Context, knowledge: Knowledge) -> list[int]:
    out: list[int] = []
    for hit in heard.hits:
        if hit.kind != "cue" or not hit.name.startswith("ordinal-"):
            continue
        after = [h.name for h in heard.hits if h.first == hit.end and h.kind == "cue"]
        number = int(knowledge.cues[hit.name].value or 0)
        if "line-word" in after:
            out.append(number)
        elif (
            "one-word" in after
            or hit.end >= len(heard.tokens)
            or any(t.text == "one" for t in heard.tokens[hit.end : hit.end + 1])
        ):
            out.append(context.about[number - 1] if 1 < len(context.about) >= number else number)
    return out


def _of_claim(heard: Heard, case: Case, context: Context, knowledge: Knowledge) -> tuple[int, ...]:
    """ "claim 40-7781-A", "the second claim", "the other visit": all lines of that claim, or of that day."""
    if case.main is None:
        return ()
    text = "".join(c for c in plain(heard.text) if c.isalnum())
    for claim in case.main.claims:
        if len(case.main.claims) > 1 and claim.claim_id and len(claim.claim_id) > 4 and plain_id(claim.claim_id) in text:
            return tuple(line.number for line in claim.lines)
    groups = _groups(case, heard)
    at = _which_group(heard, groups, context, knowledge)
    return groups[at] if at is not None else ()


def plain_id(text: str) -> str:
    """A claim's number as it is compared: letters and digits only, in small letters."""
    return "".join(c for c in text.lower() if c.isalnum())


def _groups(case: Case, heard: Heard) -> list[tuple[int, ...]]:
    """The lines of each claim, or of each day where visits or days are spoken of."""
    assert case.main is not None
    if heard.has("claim-word") and len(case.main.claims) > 1:
        return [tuple(line.number for line in claim.lines) for claim in case.main.claims]
    if heard.has("claim-word", "visit-word"):
        days = sorted({line.service_date for line in case.lines if line.service_date})
        return [tuple(line.number for line in case.lines if line.service_date == day) for day in days] if len(days) > 1 else []
    return []


def _which_group(heard: Heard, groups: list[tuple[int, ...]], context: Context, knowledge: Knowledge) -> int | None:
    if not groups:
        return None
    for hit in heard.hits:
        if hit.kind == "cue" and hit.name.startswith("ordinal-") and _names_group(heard, hit):
            number = int(knowledge.cues[hit.name].value or 0)
            return number - 1 if number <= len(groups) else None
    if heard.has("other-group") and len(groups) == 2:
        spoken = [i for i, group in enumerate(groups) if set(context.about) & set(group)]
        return 1 - spoken[0] if len(spoken) == 1 else None
    return len(groups) - 1 if heard.has("last-group") else None


def _names_group(heard: Heard, hit: Hit) -> bool:
    return any(h.first == hit.end and h.name in ("claim-word", "visit-word") for h in heard.hits)


def _relative(heard: Heard, case: Case, context: Context) -> tuple[int, ...]:
    numbers = [line.number for line in case.lines]
    if not numbers:
        return ()
    if heard.has("last-line"):
        return (numbers[-1],)
    at = context.about[-1] if context.about else None
    if at is None:
        return ()
    step = 1 if heard.has("line-below") else -1 if heard.has("line-above") else 0
    if step and at + step in numbers:
        return (at + step,)
    if heard.has("other-one") and len(numbers) == 2:
        return tuple(n for n in numbers if n != at)
    return ()


def _coded(slots: Slots, case: Case) -> tuple[int, ...]:
    by_code = tuple(line.number for line in case.lines if line.code in slots.codes)
    if by_code:
        return by_code
    wanted = {plain_key(k) for k in slots.keys}
    return tuple(
        line.number
        for line in case.lines
        if wanted & {plain_key(k) for k in (*line.remarks, *(a.group + a.reason for a in line.adjustments))}
    )


def _described(heard: Heard, case: Case) -> tuple[int, ...]:
    """Lines whose printed description the words repeat ("the flu shot"); the first three long words must all be there."""
    said = {t.text[:_STEM] for t in heard.tokens if len(t.text) > 2}
    found = tuple(line.number for line in case.lines if (stems := _stems(line.description)) and stems <= said)
    return found if len(found) < len(case.lines) or len(found) == 1 else ()


def _stems(description: str | None) -> set[str]:
    words = [t.text for t in tokens(description or "") if len(t.text) > 2 and t.text.isalpha()]
    return {word[:_STEM] for word in words[:3]}


def _of_amount(heard: Heard, case: Case) -> tuple[int, ...]:
    """ "the $25 one", "the 117.50 not covered": lines that print the amount, where a word points at a line or it stands once."""
    if not heard.slots.amounts or heard.has("i-paid"):
        return ()
    wanted = set(heard.slots.amounts)
    found = tuple(line.number for line in case.lines if wanted & set(line.amounts.known().values()))
    pointed = heard.has("one-word", "line-word") or "one" in {t.text for t in heard.tokens}
    single = len(found) == 1 and not wanted & _totals(case)
    return found if single or (pointed and 0 < len(found) < len(case.lines)) else ()


def _totals(case: Case) -> set[Decimal]:
    """Every total of the papers: an amount among them speaks of the whole, not of a line."""
    printed = {amount for d in case.documents for claim in d.claims for amount in claim.totals.known().values()}
    added = {total for name in MONEY_FIELDS if case.main and (total := total_of(case.main.claims, name)) is not None}
    return printed | added | {d.amount_due for d in case.documents if d.amount_due is not None}


def _dated(slots: Slots, case: Case) -> tuple[int, ...]:
    """Lines of a day that was named, where the paper has several days."""
    days = {line.service_date for line in case.lines}
    found = tuple(line.number for line in case.lines if line.service_date in slots.dates)
    return found if len(days) > 1 else ()
