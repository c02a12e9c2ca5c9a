"""Procedure codes: meaning, examples, uses, differences, whether they go by time, and what must be written down."""

from collections.abc import Callable, Iterable, Mapping

from explainer.conversation.reply import Asked, Cited, Reply, Statement, Support
from explainer.conversation.topics.common import Builder, Talk, answer, own, state
from explainer.knowledge.schema import ProcedureEntry
from explainer.knowledge.wording import listed
from explainer.model.source import Span

_MOST = 4


def codes_meant(talk: Talk) -> tuple[str, ...]:
    """The codes a question is about: those it names, else those of the lines it names."""
    said = talk.question.codes or talk.question.slots.codes
    printed = tuple(line.code for line in talk.lines if line.code) if talk.named else ()
    return tuple(dict.fromkeys(said or printed))[:_MOST]


def support_of(code: str, entry: ProcedureEntry) -> tuple[Support, ...]:
    """What a statement from a procedure's entry rests on."""
    return (Cited(entry.source, f"code:{code}"),)


def _each(talk: Talk, say: Callable[[Talk, str, ProcedureEntry], Iterable[Statement]]) -> list[Statement]:
    """What `say` makes of each code meant; a code without an entry is said to have none."""
    out: list[Statement] = []
    for code in codes_meant(talk):
        entry = talk.knowledge.procedure(code)
        out += say(talk, code, entry) if entry else [no_entry(talk, code)]
    return out


def no_entry(talk: Talk, code: str) -> Statement:
    """An honest gap: the paper's own words for the code, where it has some."""
    line = next((line for line in talk.lines if line.code == code and line.description), None)
    if line and line.description:
        return state("code.unknown-printed", (line.place("description"),), code=code, text=line.description)
    return own("code.unknown", code=code)


def _which(talk: Talk) -> Reply:
    """No code was named: ask which, offering those on the paper."""
    lines = [line for line in talk.lines if line.code]
    if not lines:
        return Reply(talk.question.topic, (own("code.which"),), pending=talk.question.topic)
    names = tuple(dict.fromkeys(talk.name(line) for line in lines))
    asking = state("code.which-of", [line.place("code") for line in lines], names=listed(names, talk.lang))
    return Reply(talk.question.topic, (asking,), pending=talk.question.topic)


def _about_codes(say: Callable[[Talk, str, ProcedureEntry], Iterable[Statement]]) -> Builder:
    def builder(asked: Asked) -> Reply:
        talk = Talk.of(asked)
        return answer(talk, _each(talk, say)) if codes_meant(talk) else _which(talk)

    return builder


def _meaning(talk: Talk, code: str, entry: ProcedureEntry) -> Iterable[Statement]:
    support = support_of(code, entry)
    yield state("code.meaning.plain", support, code=code, name=entry.name.in_(talk.lang), text=entry.plain.in_(talk.lang))
    if len(codes_meant(talk)) == 1:
        yield timing_of(talk, code, entry)
        yield from _notes(talk, code, entry)
        yield from _on_paper(talk, code)


def _on_paper(talk: Talk, code: str) -> Iterable[Statement]:
    for line in talk.lines:
        if line.code == code and line.units is not None:
            place = (line.place("code"), line.place("units"))
            yield state("code.on-paper", place, number=line.number, units=int(line.units))
            return
    papers = tuple(d for d in talk.case.documents if d.lines)
    if papers and not any(line.code == code for d in papers for line in d.lines):
        yield state("code.not-on-paper", tuple(Span(d.paper) for d in papers), code=code)


def _notes(talk: Talk, code: str, entry: ProcedureEntry) -> Iterable[Statement]:
    for note in entry.notes[:1]:
        yield state("common.plain", (Cited(note.source or entry.source, f"code:{code}"),), text=note.text.in_(talk.lang))


def timing_of(talk: Talk, code: str, entry: ProcedureEntry) -> Statement:
    """Whether a code goes by time, without a yes or no in front."""
    support, timing = support_of(code, entry), entry.timing
    if timing.unit_minutes is not None:
        return state("code.timed.timed", support, code=code, name=entry.name.in_(talk.lang), minutes=timing.unit_minutes)
    return state("code.timed.untimed", support, code=code, name=entry.name.in_(talk.lang))


def _timed(talk: Talk, code: str, entry: ProcedureEntry) -> Iterable[Statement]:
    yield timing_of(talk, code, entry)
    if entry.typical_minutes:
        yield state("code.timed.typical", support_of(code, entry))
    if entry.valid_until is not None:
        # A code that ends may go by time in its next shape.
        yield from _notes(talk, code, entry)


def _examples(talk: Talk, code: str, entry: ProcedureEntry) -> Iterable[Statement]:
    support = support_of(code, entry)
    yield state("code.examples.lead", support, code=code, name=entry.name.in_(talk.lang))
    yield from (state("common.plain", support, "item", text=text) for text in entry.examples.in_(talk.lang))
    yield state("common.plain", support, text=entry.plain.in_(talk.lang))
    yield own("code.examples.caution")


def _used_for(talk: Talk, code: str, entry: ProcedureEntry) -> Iterable[Statement]:
    support = support_of(code, entry)
    yield state("code.used-for.lead", support, code=code, name=entry.name.in_(talk.lang))
    yield from (state("common.plain", support, "item", text=text) for text in entry.used_for.in_(talk.lang))
    yield state("common.plain", support, text=entry.plain.in_(talk.lang))


def _documentation(talk: Talk, code: str, entry: ProcedureEntry) -> Iterable[Statement]:
    support = support_of(code, entry)
    if not entry.documentation.in_(talk.lang):
        return
    yield state("code.documentation.lead", support, code=code, name=entry.name.in_(talk.lang))
    yield from (state("common.plain", support, "item", text=text) for text in entry.documentation.in_(talk.lang))


def documentation(asked: Asked) -> Reply:
    """What a therapist must write down, for the codes meant and in general."""
    talk = Talk.of(asked)
    general = state("code.documentation.general", (Cited("cms-pub-15-220"), Cited("cms-104-5-20-2")))
    return answer(talk, [*_each(talk, _documentation), general, own("code.documentation.next")])


def compare(asked: Asked) -> Reply:
    """Two or more codes against each other, by what they are for."""
    talk = Talk.of(asked)
    codes = _compared(talk)
    if not codes:
        return _which(talk)
    entries = {code: talk.knowledge.procedure(code) for code in codes}
    told = [
        state("code.meaning.plain", support_of(c, e), code=c, name=e.name.in_(talk.lang), text=e.plain.in_(talk.lang))
        for c, e in entries.items()
        if e
    ]
    missing = [no_entry(talk, code) for code, entry in entries.items() if entry is None]
    return answer(talk, [*told, *_differences(talk, codes), *missing])


def _compared(talk: Talk) -> tuple[str, ...]:
    """The codes named now, filled up with those spoken of before and with the closest neighbour."""
    named = (*talk.question.slots.codes, *talk.question.codes, *talk.asked.context.codes, *codes_meant(talk))
    codes = tuple(dict.fromkeys(named))[:_MOST]
    if len(codes) != 1:
        return codes if len(talk.question.slots.codes) < 2 else tuple(dict.fromkeys(talk.question.slots.codes))[:_MOST]
    entry = talk.knowledge.procedure(codes[0])
    return (*codes, *list(entry.differs)[:2]) if entry else codes


def _differences(talk: Talk, codes: tuple[str, ...]) -> Iterable[Statement]:
    """How the first differs from each of the others, as content says it from either side."""
    for other in codes[1:]:
        for one, two in ((codes[0], other), (other, codes[0])):
            entry = talk.knowledge.procedure(one)
            if entry and two in entry.differs:
                yield state("common.plain", support_of(one, entry), text=entry.differs[two].in_(talk.lang))
                break


BUILDERS: Mapping[str, Builder] = {
    "code.meaning": _about_codes(_meaning),
    "code.examples": _about_codes(_examples),
    "code.used-for": _about_codes(_used_for),
    "code.timed": _about_codes(_timed),
    "code.compare": compare,
    "code.documentation": documentation,
}
