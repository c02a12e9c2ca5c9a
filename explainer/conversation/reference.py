"""Which lines of the paper a question is about: by number, place, code, key, date or amount, or by pointing back."""

from collections import Counter
from collections.abc import Container, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from explainer.case import Case, total_of
from explainer.checks.therapies import named_in, of_line
from explainer.conversation.phrases import Hit
from explainer.conversation.question import Context
from explainer.conversation.slots import Heard
from explainer.conversation.words import Said, plain, tokens, values
from explainer.knowledge.base import Knowledge
from explainer.model.amounts import MONEY_FIELDS
from explainer.model.document import ServiceLine, plain_key

# Words are compared by their beginnings, so that "exercises" is "exercise".
_STEM = 5
_THE = frozenset(("the", "el", "la", "that", "this", "ese", "esa", "los", "las"))
_SHORT = 8
# The least that one unit of time takes.
_LEAST_MINUTES = 8
# "this visit" and the like point at the paper, not at a line of it.
_WHOLE = frozenset(
    [
        "visits", "papers", "claims", "clinics", "days", "lines", "bills", "providers", "citas", "clinicas", "reclamos",
        "renglones", "papeles", "dias", "facturas", "visit", "paper", "document", "eob", "bill", "statement", "sheet",
        "page", "letter", "notice", "year", "plan", "claim", "therapy", "insurance", "whole", "total", "all", "time",
        "week", "month", "day", "amount", "much", "many", "cita", "visita", "hoja", "papel", "documento", "factura",
        "cuenta", "carta", "aviso", "ano", "seguro", "todo", "todos", "vez", "semana", "mes", "dia", "cantidad", "clinic",
        "office", "place", "provider", "program", "tool", "happens", "mean", "means", "terapia", "reclamo",
    ]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """Lines that the words of a turn name, and the places of those words."""

    lines: tuple[int, ...] = ()
    at: tuple[tuple[int, int], ...] = ()


def lines_meant(heard: Heard, case: Case, context: Context, knowledge: Knowledge) -> Named:
    """Line numbers that the words themselves name; none when they name none, or the newest of several papers."""
    if heard.has("newest-paper") and sum(d.by_plan for d in case.documents) > 1 and not heard.has("line-word"):
        return Named()
    for found in (
        _numbered(heard, case, context, knowledge),
        _of_claim(heard, case, context, knowledge),
        _relative(heard, case, context),
        _coded(heard, case),
        _described(heard, case),
        _of_amount(heard, case),
        _dated(heard, case),
        _of_therapy(heard, case, knowledge),
        _evaluation(heard, case, knowledge),
    ):
        if found.lines:
            return found
    return Named()


def points_back(heard: Heard) -> bool:
    """Whether "it", "that one" or the like stands for what was spoken of before."""
    return any(h.name == "that-line" and not _is_whole(heard, h) for h in heard.hits)


def _is_whole(heard: Heard, hit: Hit) -> bool:
    after = heard.tokens[hit.end : hit.end + 2]
    return any(t.text in _WHOLE for t in after[:1])


def _place(heard: Heard, first: int, end: int) -> tuple[int, int]:
    return heard.tokens[first].start, heard.tokens[end - 1].end


def _cues(heard: Heard, *names: str) -> tuple[tuple[int, int], ...]:
    return tuple(_place(heard, h.first, h.end) for h in heard.hits if h.kind == "cue" and h.name in names)


def _numbered(heard: Heard, case: Case, context: Context, knowledge: Knowledge) -> Named:
    said = [s for s in (*_after_line_word(heard), *_ordinals(heard, context, knowledge)) if case.line(s.value)]
    said = said or [s for s in _alone(heard, context) if case.line(s.value)]
    return Named(values(said), tuple((s.start, s.end) for s in said))


def _after_line_word(heard: Heard) -> list[Said[int]]:
    """ "line 2", "rows 1 and 3", "renglón número 2"."""
    out: list[Said[int]] = []
    for hit in heard.hits:
        if hit.name != "line-word":
            continue
        for token in heard.tokens[hit.end : hit.end + 4]:
            if token.text.isdigit() and len(token.text) <= 2:
                out.append(Said(int(token.text), heard.tokens[hit.first].start, token.end))
            elif token.text not in ("number", "numero", "no", "and", "y", "to", "through", "n"):
                break
    return out


def _alone(heard: Heard, context: Context) -> list[Said[int]]:
    """ "and 4?" after a line was spoken of: too short a time to be minutes, and no units were asked of."""
    numbers = [t for t in heard.tokens if t.text.isdigit()]
    pointing = {i for h in heard.hits if h.name in ("pointer", "small-words") for i in range(h.first, h.end)}
    bare = all(i in pointing or t in numbers for i, t in enumerate(heard.tokens))
    if len(numbers) != 1 or not bare or len(context.about) != 1 or context.slots.units or heard.has("other-plan"):
        return []
    token = numbers[0]
    return [Said(int(token.text), token.start, token.end)] if int(token.text) < _LEAST_MINUTES else []


def _ordinals(heard: Heard, context: Context, knowledge: Knowledge) -> list[Said[int]]:
    out: list[Said[int]] = []
    for hit in heard.hits:
        if hit.kind != "cue" or not hit.name.startswith("ordinal-"):
            continue
        after = [h.name for h in heard.hits if h.first == hit.end and h.kind == "cue"]
        number, place = int(knowledge.cues[hit.name].value or 0), _place(heard, hit.first, min(hit.end + 1, len(heard.tokens)))
        if "line-word" in after:
            out.append(Said(number, *place))
        elif (
            "one-word" in after
            or hit.end >= len(heard.tokens)
            or any(t.text == "one" for t in heard.tokens[hit.end : hit.end + 1])
        ):
            out.append(Said(context.about[number - 1] if 1 < len(context.about) >= number else number, *place))
    return out


def _of_claim(heard: Heard, case: Case, context: Context, knowledge: Knowledge) -> Named:
    """ "claim 40-7781-A", "the second claim", "the other visit": all lines of that claim, or of that day."""
    if case.main is None:
        return Named()
    for claim in case.main.claims if len(case.main.claims) > 1 else ():
        if claim.claim_id and len(claim.claim_id) > 4 and (at := _id_in(claim.claim_id, heard.text)) is not None:
            return Named(tuple(line.number for line in claim.lines), (at,))
    groups = _groups(case, heard)
    at_group, words = _which_group(heard, groups, context, knowledge)
    return Named(groups[at_group], words) if at_group is not None else Named()


def _id_in(claim_id: str, text: str) -> tuple[int, int] | None:
    """Where a claim's number stands in the text, whatever dashes and blanks are in it."""
    kept = [(i, c) for i, c in enumerate(plain(text)) if c.isalnum()]
    wanted = plain_id(claim_id)
    at = "".join(c for _, c in kept).find(wanted)
    return (kept[at][0], kept[at + len(wanted) - 1][0] + 1) if at >= 0 else None


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


def _which_group(
    heard: Heard, groups: list[tuple[int, ...]], context: Context, knowledge: Knowledge
) -> tuple[int | None, tuple[tuple[int, int], ...]]:
    if not groups:
        return None, ()
    for hit in heard.hits:
        if hit.kind == "cue" and hit.name.startswith("ordinal-") and _names_group(heard, hit):
            number = int(knowledge.cues[hit.name].value or 0)
            return (number - 1 if number <= len(groups) else None), (_place(heard, hit.first, hit.end + 1),)
    if heard.has("other-group") and len(groups) == 2:
        spoken = [i for i, group in enumerate(groups) if set(context.about) & set(group)]
        return (1 - spoken[0] if len(spoken) == 1 else None), _cues(heard, "other-group")
    return (len(groups) - 1, _cues(heard, "last-group")) if heard.has("last-group") else (None, ())


def _names_group(heard: Heard, hit: Hit) -> bool:
    return any(h.first == hit.end and h.name in ("claim-word", "visit-word") for h in heard.hits)


def _relative(heard: Heard, case: Case, context: Context) -> Named:
    numbers = [line.number for line in case.lines]
    if not numbers:
        return Named()
    if heard.has("last-line"):
        return Named((numbers[-1],), _cues(heard, "last-line"))
    at = context.about[-1] if context.about else None
    if at is None:
        return Named()
    step = 1 if heard.has("line-below") else -1 if heard.has("line-above") else 0
    if step and at + step in numbers:
        return Named((at + step,), _cues(heard, "line-below", "line-above"))
    if heard.has("other-one") and len(numbers) == 2:
        return Named(tuple(n for n in numbers if n != at), _cues(heard, "other-one"))
    return Named()


def _said(heard: Heard, slot: str, wanted: Container[object]) -> tuple[tuple[int, int], ...]:
    return tuple((s.start, s.end) for s in heard.said.get(slot, ()) if s.value in wanted)


def _coded(heard: Heard, case: Case) -> Named:
    slots = heard.slots
    by_code = tuple(line.number for line in case.lines if line.code in slots.codes)
    if by_code:
        return Named(by_code, _said(heard, "codes", {line.code for line in case.lines}))
    wanted = {plain_key(k) for k in slots.keys}
    found = tuple(line.number for line in case.lines if wanted & {plain_key(key) for key in _keys_of(line)})
    return Named(found, _said(heard, "keys", slots.keys))


def _keys_of(line: ServiceLine) -> Iterator[str]:
    yield from line.remarks
    yield from (a.group + a.reason for a in line.adjustments)


def _described(heard: Heard, case: Case) -> Named:
    """Lines whose printed description the words repeat ("the flu shot"); the first three long words must all be there."""
    said = {t.text[:_STEM] for t in heard.tokens if len(t.text) > 2}
    found = {line.number: stems for line in case.lines if (stems := _stems(line.description)) and stems <= said}
    found = found or _by_one_word(heard, case)
    if len(found) == len(case.lines) != 1:
        return Named()
    told = set().union(*found.values())
    return Named(tuple(found), tuple((t.start, t.end) for t in heard.tokens if t.text[:_STEM] in told and len(t.text) > 2))


def _by_one_word(heard: Heard, case: Case) -> dict[int, set[str]]:
    """ "the exercise": a word behind "the" that the description of one line alone holds."""
    behind = {t.text[:_STEM] for before, t in pairwise(heard.tokens) if before.text in _THE and len(t.text) >= _STEM}
    stems = {line.number: _stems(line.description) for line in case.lines}
    common = Counter(stem for own in stems.values() for stem in own)
    alone = {number: {stem for stem in own & behind if common[stem] == 1} for number, own in stems.items()}
    found = {number: told for number, told in alone.items() if told}
    return found if len(heard.tokens) <= _SHORT and len(found) == 1 and len(case.lines) > 1 else {}


def _stems(description: str | None) -> set[str]:
    words = [t.text for t in tokens(description or "") if len(t.text) > 2 and t.text.isalpha()]
    return {word[:_STEM] for word in words[:3]}


def _of_amount(heard: Heard, case: Case) -> Named:
    """ "the $25 one", "the 117.50 not covered": lines that print the amount, where a word points at a line or it stands once."""
    if not heard.slots.amounts or heard.has("i-paid"):
        return Named()
    wanted = set(heard.slots.amounts)
    found = tuple(line.number for line in case.lines if wanted & set(line.amounts.known().values()))
    pointed = heard.has("one-word", "line-word") or "one" in {t.text for t in heard.tokens}
    single = len(found) == 1 and not wanted & _totals(case)
    meant = single or (pointed and 0 < len(found) < len(case.lines))
    return Named(found, _said(heard, "amounts", wanted)) if meant else Named()


def _totals(case: Case) -> set[Decimal]:
    """Every total of the papers: an amount among them speaks of the whole, not of a line."""
    printed = {amount for d in case.documents for claim in d.claims for amount in claim.totals.known().values()}
    added = {total for name in MONEY_FIELDS if case.main and (total := total_of(case.main.claims, name)) is not None}
    return printed | added | {d.amount_due for d in case.documents if d.amount_due is not None}


def _dated(heard: Heard, case: Case) -> Named:
    """Lines of a day that was named, where the paper has several days."""
    days = {line.service_date for line in case.lines}
    found = tuple(line.number for line in case.lines if line.service_date in heard.slots.dates)
    return Named(found, _said(heard, "dates", days)) if len(days) > 1 else Named()


def _of_therapy(heard: Heard, case: Case, knowledge: Knowledge) -> Named:
    """ "the OT", "la terapia del habla": the lines of that kind, where the paper holds more than one kind of therapy."""
    kinds = named_in(heard.text)
    of_lines = {line.number: of_line(line, knowledge) for line in case.lines}
    found = tuple(number for number, kind in of_lines.items() if kind and kind <= kinds)
    others = any(kind and not kind & kinds for kind in of_lines.values())
    return Named(found) if found and others and not heard.has("visit-word") else Named()


def _evaluation(heard: Heard, case: Case, knowledge: Knowledge) -> Named:
    """ "the evaluation", "la evaluación": the line that is one, among others that are none."""
    entries = {line.number: knowledge.procedure(line.code) for line in case.lines}
    found = tuple(number for number, entry in entries.items() if entry is not None and entry.evaluation)
    said = heard.has("asks-evaluation") and not heard.has("visit-word")
    return Named(found, _cues(heard, "asks-evaluation")) if said and 0 < len(found) < len(entries) else Named()
