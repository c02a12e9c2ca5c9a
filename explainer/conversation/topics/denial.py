"""Denials: why, what a reason code means and who may owe it, and what to do next."""

from collections.abc import Iterable, Mapping

from explainer.checks.worded import worded_bucket
from explainer.conversation.reply import Asked, Cited, Reply, Statement, Support
from explainer.conversation.said_cues import says
from explainer.conversation.settle import group_letters
from explainer.conversation.topics.appeal_asked import asks
from explainer.conversation.topics.asked_lines import printed_keys
from explainer.conversation.topics.common import Builder, Talk, answer, own, state
from explainer.conversation.topics.entries import Key, bucket_of, entry_of, entry_says, is_refusal, keys_of, note_says, split_key
from explainer.conversation.topics.refused_papers import in_order_of_notice, on_refused
from explainer.conversation.topics.standing import excuse, standing, unpaid
from explainer.model.document import ServiceLine, plain_key

_MOST = 4


def reason(asked: Asked) -> Reply:
    """Why lines were not paid, in the paper's words and ours."""
    talk = Talk.of(asked)
    if talk.eob is None or not talk.lines:
        if _keys_asked(talk):
            return code(asked)
        told = _told_in_words(talk)
        return answer(talk, told or [own("denial.reason.no-paper"), own("common.upload")])
    return _REASON(asked)


def _reason(talk: Talk) -> Reply:
    """Why lines of one paper were not paid."""
    refused = unpaid(talk, talk.lines)
    if not refused:
        return _nothing_refused(talk)
    said = [s for lines in _by_reason(talk, refused)[:_MOST] for s in why(talk, lines)]
    lead = (
        []
        if talk.named
        else [state("denial.reason.lead", [line.source for line in refused], count=len(refused), names=talk.names(refused))]
    )
    return _about(talk, refused, [*lead, *said, *_asks(talk, _kinds(talk, refused)[:1], "ask"), own("denial.reason.next")])


def _about(talk: Talk, lines: Iterable[ServiceLine], said: Iterable[Statement | None]) -> Reply:
    reply = answer(talk, said)
    some = tuple(lines)
    keys = tuple(dict.fromkeys(key for line in some for key in printed_keys(line)))
    return Reply(reply.topic, reply.statements, _numbers(talk, some), reply.codes, keys, reply.values)


def _numbers(talk: Talk, lines: Iterable[ServiceLine]) -> tuple[int, ...]:
    """Line numbers speak of the main paper only."""
    return tuple(line.number for line in lines) if talk.paper is talk.case.main else ()


def _nothing_refused(talk: Talk) -> Reply:
    support = [line.source for line in talk.lines]
    told = [
        s for line in talk.lines[:_MOST] for key in keys_of(line) if (s := note_says(talk, key, line) or entry_says(talk, key))
    ]
    return answer(talk, [state("denial.reason.none-here" if talk.named else "denial.reason.none", support), *told])


def _by_reason(talk: Talk, lines: Iterable[ServiceLine]) -> list[tuple[ServiceLine, ...]]:
    """Lines with the same printed keys and the same standing together, so that a reason is told once."""
    groups: dict[tuple[object, ...], list[ServiceLine]] = {}
    for line in lines:
        groups.setdefault((*(k.printed for k in keys_of(line)), standing(talk, line)), []).append(line)
    return [tuple(group) for group in groups.values()]


def why(talk: Talk, lines: tuple[ServiceLine, ...]) -> Iterable[Statement]:
    """Lines refused for one reason: the reason, and who may owe them."""
    first, names, places = lines[0], talk.names(lines), [line.source for line in lines]
    keys = [k for k in keys_of(first) if is_refusal(talk, k)] or list(keys_of(first))
    if keys:
        yield state("denial.line", places, names=names, keys=tuple(k.printed for k in keys), count=len(lines))
    else:
        yield state("denial.line-bare", places, names=names)
    for key in keys[:2]:
        said = [s for s in (note_says(talk, key, first), entry_says(talk, key)) if s]
        yield from said or [own("denial.key-unknown", key=key.printed)]
    yield from (who_owes(talk, line) for line in (lines if standing(talk, first) == "patient" else lines[:1]))


def who_owes(talk: Talk, line: ServiceLine) -> Statement:
    """Who carries an unpaid line, as far as the paper tells."""
    stands = standing(talk, line)
    amount = line.amounts.patient_owes
    if amount and (notice := _NOTICES.get(next(iter({"GZ", "GA"} & set(line.modifiers)), ""))):
        return state(notice, (line.place("modifiers"),), amount=amount, name=talk.name(line))
    if stands == "patient" and amount is None:
        return state("denial.who.patient-unknown", (line.place("remarks"),), name=talk.name(line))
    if stands == "patient" and amount is not None:
        return state("denial.who.patient", (line.place("patient_owes"),), amount=amount, name=talk.name(line))
    places: tuple[Support, ...] = (line.place("patient_owes"), line.place("remarks"))
    return state(f"denial.who.{stands}{_shown(talk, line, stands)}", places, name=talk.name(line))


# Medicare's marks for a written notice before the care: GA for one that was given, GZ for none.
_NOTICES = {"GZ": "denial.who.no-notice", "GA": "denial.who.notice"}


def _shown(talk: Talk, line: ServiceLine, stands: str) -> str:
    """How much the paper supports that an unpaid line is not the patient's: a printed share of $0.00 alone is little."""
    printed = line.amounts.patient_owes is not None
    if stands == "bundled":
        return "" if printed else "-bare"
    if stands != "provider":
        return ""
    if excuse(talk, line) is None or _only_if(talk, line):
        return "-shown"
    return "" if printed else "-letters"


def _only_if(talk: Talk, line: ServiceLine) -> bool:
    """Whether the paper's own note forbids a bill under a condition ("unless you agreed in writing"), which is not known."""
    notes = [note.text for key in printed_keys(line) if talk.paper is not None and (note := talk.paper.note(key)) is not None]
    return any(says(text, talk.knowledge, "note-no-bill") and says(text, talk.knowledge, "note-unless") for text in notes)


def _keys_asked(talk: Talk) -> tuple[str, ...]:
    """Keys of the question, else those of the lines it names, else all that stand on the paper's lines."""
    said = talk.question.slots.keys or talk.question.keys
    printed = tuple(dict.fromkeys(key for line in talk.lines for key in printed_keys(line)))
    return said or (tuple({plain_key(k): k for k in printed}.values()) if talk.eob else ())


def code(asked: Asked) -> Reply:
    """What a reason or remark code means, who may owe it, and what to do."""
    talk = Talk.of(asked)
    keys = _keys_asked(talk)[:_MOST]
    letters = group_letters(talk.question.words) if not (talk.question.slots.keys or talk.question.keys) else ()
    if letters:
        return answer(talk, [said for group in letters for said in _group(talk, Key(group, group))])
    if not keys:
        return Reply(talk.question.topic, (own("denial.code.which"),), pending=talk.question.topic)
    lines = tuple(line for line in talk.lines if {plain_key(k) for k in printed_keys(line)} & {plain_key(k) for k in keys})
    again = asked.context.topic == "denial.code" and asked.context.keys == keys
    said = [s for key in keys for s in (_group(talk, split_key(key)) if again else _key(talk, split_key(key), lines))]
    said = said or [s for key in keys for s in _key(talk, split_key(key), lines)]
    if all(_is_unknown(talk, key) for key in keys):
        return Reply("decline.unknown", tuple(said), keys=keys)
    owed = [who_owes(talk, line) for line in lines if standing(talk, line) != "paid"][:2]
    reply = answer(talk, [*said, *owed])
    return Reply(reply.topic, reply.statements, _numbers(talk, lines), reply.codes, keys, reply.values)


def _is_unknown(talk: Talk, key: str) -> bool:
    return entry_of(talk, split_key(key)) is None and not (talk.paper and talk.paper.note(key))


def _key(talk: Talk, key: Key, lines: tuple[ServiceLine, ...]) -> Iterable[Statement]:
    line = next((x for x in lines if plain_key(key.printed) in {plain_key(k) for k in printed_keys(x)}), None)
    quoted = note_says(talk, key, line) if line else _note_alone(talk, key)
    entry = entry_of(talk, key)
    if entry is not None:
        support: tuple[Support, ...] = (Cited(entry.source, key.id),)
        yield state(
            "denial.code.plain", support, key=key.printed, name=entry.name.in_(talk.lang), text=entry.plain.in_(talk.lang)
        )
    if quoted:
        yield quoted
    elif entry is None:
        yield own("denial.key-unknown", key=key.printed)
    yield from _group(talk, key)
    if entry is not None and entry.next is not None:
        yield state("common.plain", (Cited(entry.source, key.id),), text=entry.next.in_(talk.lang))


def _note_alone(talk: Talk, key: Key) -> Statement | None:
    note = talk.paper.note(key.printed) if talk.paper else None
    return state("common.note-says", (note.span,), key=key.printed, text=note.text.strip().rstrip(".")) if note else None


def _group(talk: Talk, key: Key) -> Iterable[Statement]:
    group = talk.knowledge.groups.get(key.group or "")
    if group is not None:
        yield state(
            "denial.group", (Cited(group.source, f"group:{key.group}"),), group=key.group, text=group.plain.in_(talk.lang)
        )


def next_step(talk: Talk) -> Reply:
    """What to do about a refusal, by its kind: who acts first, who pays, what to ask, by when."""
    from explainer.conversation.topics.appeal import deadline_statements

    refused = unpaid(talk, talk.lines) if talk.eob else ()
    kinds = _kinds(talk, refused)[:2]
    firsts = [own(f"denial.next.{kind}") for kind in kinds] or [own("denial.next.read")]
    corrected = tuple(_corrected(talk))
    about = [state("denial.next.lines", [line.source for line in refused], names=talk.names(refused))] if refused else []
    held = [line for line in refused if standing(talk, line) in ("provider", "bundled")]
    return _about(
        talk,
        refused,
        [
            *corrected,
            *about,
            *firsts,
            *_asks(talk, kinds),
            own("denial.next.appeal"),
            *deadline_statements(talk),
            *_not_billed(talk, held),
            own("denial.next.wait-to-pay"),
        ],
    )


def _corrected(talk: Talk) -> Iterable[Statement]:
    """Who sends a corrected claim and under which number, where that is asked."""
    if asks(talk, "asks-corrected"):
        numbers = tuple(dict.fromkeys(c.claim_id for c in talk.claims if c.claim_id)) if talk.eob is not None else ()
        yield own("denial.next.corrected", provider=talk.provider(), payer=talk.payer())
        if len(numbers) == 1:
            yield state("document.printed.claim", talk.place("claim_id"), number=numbers[0])


def _not_billed(talk: Talk, held: list[ServiceLine]) -> Iterable[Statement]:
    """Unpaid lines that are not laid on the patient: whether the paper supports that they may not be billed."""
    if held and all(standing(talk, line) == "bundled" or excuse(talk, line) for line in held):
        yield own("denial.next.not-yours")
    elif held:
        yield own("denial.next.not-billed-shown")


def _kinds(talk: Talk, lines: Iterable[ServiceLine]) -> list[str]:
    """The kinds of reason for these lines, by code or by the payer's words; without lines, those the question names."""
    said = [split_key(k) for k in talk.question.keys]
    found = {bucket_of(talk, key) for key in said or [key for line in lines for key in keys_of(line)]}
    if not said and talk.eob is None:
        found.add(worded_bucket(talk.question.words, talk.knowledge))
    return [kind for kind in _ORDER if kind in found]


def _asks(talk: Talk, kinds: Iterable[str], *parts: str) -> list[Statement]:
    """Who pays for a refusal of these kinds ("liable"), and what to ask whom ("ask"); both where no part is named."""
    told = [f"denial.{part}.{kind}" for kind in kinds if kind in _TOLD_APART for part in parts or ("liable", "ask")]
    return [_cited(talk, key) for key in told]


def _cited(talk: Talk, key: str) -> Statement:
    """A sentence with the source that content gives it, if any."""
    source = talk.knowledge.wording[key].source
    return state(key, (Cited(source),)) if source else own(key)


def _told_in_words(talk: Talk) -> list[Statement]:
    """Without a paper: what the payer's words in the question mean for the person."""
    kinds = _kinds(talk, ())[:1]
    return [said for kind in kinds for said in (own(f"denial.next.{kind}"), *_asks(talk, [kind]))]


_TOLD_APART = frozenset(
    {
        "limit",
        "necessity",
        "maintenance",
        "authorization",
        "plan-of-care",
        "other-insurance",
        "timely",
        "eligibility",
        "experimental",
        "taken-back",
    }
)
_ORDER = (
    "taken-back",
    "missing-data",
    "duplicate",
    "wrong-payer",
    "other-insurance",
    "eligibility",
    "authorization",
    "necessity",
    "limit",
    "not-covered",
    "network",
    "experimental",
    "plan-of-care",
    "documentation",
    "bundled",
    "timely",
    "maintenance",
)


_REASON: Builder = on_refused(_reason, _reason, in_order_of_notice)
BUILDERS: Mapping[str, Builder] = {
    "denial.reason": reason,
    "denial.code": code,
    "denial.next": on_refused(next_step, next_step),
}
