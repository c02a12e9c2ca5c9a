"""Which services a turn names, where: by code, by a name of content, by a word of the paper's lines."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from explainer.case import Case
from explainer.conversation.phrases import Hit
from explainer.conversation.question import Context
from explainer.conversation.words import Token, tokens
from explainer.knowledge.base import Knowledge

_SERVICE, _EVALUATION = "service-", "asks-evaluation"
# Words of a printed description are compared by their beginnings; shorter ones are too common.
_STEM = 5
# An evaluation where no paper says which: none of them goes by time.
ANY_EVALUATION = "97161"


@dataclass(frozen=True, slots=True)
class Service:
    """Tokens [first, end) that name a service. code: None where the words may mean several."""

    first: int
    end: int
    code: str | None


@dataclass(frozen=True, slots=True)
class _Mention:
    first: int
    end: int
    codes: frozenset[str]


def services_said(
    words: tuple[Token, ...], hits: tuple[Hit, ...], case: Case, context: Context, knowledge: Knowledge
) -> tuple[Service, ...]:
    """The services in order of place; several names of one side by side ("manual therapy, 97140") are one."""
    found = sorted(_mentions(words, hits, case, context, knowledge), key=lambda m: (m.first, m.end))
    merged: list[_Mention] = []
    for one in found:
        if merged and one.first <= merged[-1].end:
            last = merged.pop()
            one = _Mention(last.first, max(last.end, one.end), last.codes & one.codes or last.codes | one.codes)
        merged.append(one)
    return tuple(Service(m.first, m.end, _meant(m.codes, case, knowledge)) for m in merged)


def _mentions(
    words: tuple[Token, ...], hits: tuple[Hit, ...], case: Case, context: Context, knowledge: Knowledge
) -> Iterator[_Mention]:
    for i, token in enumerate(words):
        if knowledge.procedure(token.text.upper()):
            yield _Mention(i, i + 1, frozenset({token.text.upper()}))
        elif (
            token.text in ("one", "line")
            and i > 1
            and words[i - 1].text == "that"
            and words[i - 2].text == "of"
            and context.codes
        ):
            yield _Mention(i - 1, i + 1, frozenset({context.codes[-1]}))
    places: dict[tuple[int, int], set[str]] = {}
    for hit in hits:
        places.setdefault((hit.first, hit.end), set()).update(_codes_of(hit, case, knowledge))
    yield from (_Mention(*at, frozenset(codes)) for at, codes in places.items() if codes)
    yield from _described(words, hits, case)


def _codes_of(hit: Hit, case: Case, knowledge: Knowledge) -> Iterable[str]:
    if hit.kind == "code":
        return (hit.name,)
    if hit.kind != "cue":
        return ()
    if hit.name == _EVALUATION:
        return _evaluations(case, knowledge) or (ANY_EVALUATION,)
    return (hit.name.removeprefix(_SERVICE).upper(),) if hit.name.startswith(_SERVICE) else ()


def _evaluations(case: Case, knowledge: Knowledge) -> tuple[str, ...]:
    entries = ((line.code, knowledge.procedure(line.code)) for line in case.lines)
    return tuple(code for code, entry in entries if code and entry and entry.evaluation)


def _described(words: tuple[Token, ...], hits: tuple[Hit, ...], case: Case) -> Iterator[_Mention]:
    """Words that the printed descriptions of one code alone hold: "gait", where one line says GAIT TRAINING."""
    common = {i for h in hits if h.name == "no-service" for i in range(h.first, h.end)}
    codes: dict[str, set[str]] = {}
    for line in case.lines:
        for word in tokens(line.description or "") if line.code else ():
            if word.text.isalpha() and len(word.text) >= _STEM:
                codes.setdefault(word.text[:_STEM], set()).add(line.code or "")
    for i, token in enumerate(words):
        own = codes.get(token.text[:_STEM], set()) if len(token.text) >= _STEM and i not in common else set()
        if len(own) == 1:
            yield _Mention(i, i + 1, frozenset(own))


def _meant(codes: frozenset[str], case: Case, knowledge: Knowledge) -> str | None:
    """The one code that is meant: on the paper, else the only one; of several that do not go by time, any."""
    some = codes & {line.code for line in case.lines} or codes
    if len(some) == 1:
        return next(iter(some))
    entries = [knowledge.procedure(code) for code in some]
    untimed = all(entry is not None and entry.timing.unit_minutes is None for entry in entries)
    return min(some) if untimed else None
