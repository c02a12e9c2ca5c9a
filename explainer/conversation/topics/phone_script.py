"""What to say on the phone, in four sentences: whose claim it is, what puzzles, what is asked, and whose name to write down."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from explainer.conversation.reply import Cited, Statement, Support
from explainer.conversation.topics.common import OWN, Talk, own, state
from explainer.explain import finding_text
from explainer.knowledge.wording import Blank, day, listed
from explainer.model.document import Document
from explainer.model.finding import Finding
from explainer.model.source import Span

Side = Literal["clinic", "plan"]

# Who can answer: the clinic for what it did and bills, the plan for its own decision and its own sums.
_CLINIC = ("bill.", "units.", "pair.", "line.repeat", "evaluation.", "protection.", "threshold.")
_CLINIC_DENIALS = frozenset({"provider", "late-but-owed", "gz-but-owed"})
_SETTLED = frozenset({"bundled", "written-off", "own-note-zero", "paid-later", "newer-paper"})
_PLAN_CASES = frozenset({"no-eob", "two-payers"})
_MOST_NAMED = 3


def side_of(finding: Finding) -> Side:
    """Whom to call about a finding."""
    if finding.case in _PLAN_CASES:
        return "plan"
    clinic = finding.id.startswith(_CLINIC) or (finding.id == "denial" and finding.case in _CLINIC_DENIALS)
    return "clinic" if clinic else "plan"


def worth_asking(talk: Talk) -> tuple[Finding, ...]:
    """The findings of the person's papers that are questions, across papers first, then why a line was not paid."""
    across, each = talk.case.findings_of(""), [f for name, found in talk.case.findings if name for f in found]
    share = Share.of(talk)
    mine = [f for f in (*across, *each) if share.has(f)]
    asks = tuple(f for f in mine if f.verdict == "ask")
    return (*asks, *(f for f in mine if f.verdict == "explained" and _is_denial(f)))


def _is_denial(finding: Finding) -> bool:
    return finding.id == "denial" and finding.case not in _SETTLED


@dataclass(frozen=True, slots=True)
class Share:
    """What of the papers is the person's. whole: papers that are all theirs. lines: their lines on the other papers.

    all: there is one person only. Where there are several, what may be another's is left out.
    """

    all: bool
    whole: frozenset[str] = frozenset()
    lines: Mapping[str, frozenset[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, talk: Talk) -> "Share":
        """The share of the person whom the talk is about."""
        if not talk.case.people.several or talk.person is None:
            return cls(not talk.case.people.several)
        reports = [d for d in talk.case.documents if d.kind != "bill"]
        mine = {d.paper: talk.case.people.narrowed(d, talk.person) for d in reports}
        whole = frozenset(d.paper for d in (*talk.bills, *(d for d in reports if mine[d.paper] is d)))
        return cls(False, whole, {name: frozenset(line.number for line in d.lines) for name, d in mine.items()})

    def has(self, finding: Finding) -> bool:
        """Whether a finding is about the person."""
        paper = str(finding.paper or finding.detail.get("bill"))
        theirs = bool(finding.lines) and self.lines.get(paper, frozenset()) >= set(finding.lines)
        return self.all or paper in self.whole or theirs


def script(talk: Talk, side: Side, finding: Finding | None) -> tuple[Statement, ...]:
    """Four sentences about the finding; without one, about what is owed."""
    spoken = talk if finding is None else on_its_paper(talk, finding)
    middle = _about(spoken, finding) if finding is not None else _in_general(talk, side)
    return hello(spoken, side), *middle, own("script.close", "letter")


def on_its_paper(talk: Talk, finding: Finding) -> Talk:
    """The talk over the paper that a finding is about, and over the claims that hold its lines."""
    found = next((d for d in talk.case.documents if d.paper == finding.paper), talk.paper)
    if found is None or found.kind == "bill":
        return talk
    paper = found if talk.person is None else talk.case.people.narrowed(found, talk.person)
    held = tuple(c for c in paper.claims if any(line.number in finding.lines for line in c.lines)) or paper.claims
    return replace(talk, paper=found, claims=held, lines=tuple(line for c in held for line in c.lines), named=False)


def hello(talk: Talk, side: Side) -> Statement:
    """Who calls, and about which claim, with the numbers that the papers print."""
    places = talk.place("patient", "claim_id", "member_id") if talk.paper is not None else OWN
    return state(f"script.hello.{side}", places, "letter", **caller(talk))


def caller(talk: Talk) -> dict[str, Blank]:
    """Names and numbers as the papers print them; a blank in brackets for each that they do not print."""
    member = (talk.eob.member_id if talk.eob else None) or talk.say("script.blank.member")
    patients = (*((talk.person.own_name,) if talk.person else ()), *(c.patient for c in talk.claims if c.patient))
    numbers = tuple(dict.fromkeys(c.claim_id for c in talk.claims if c.claim_id)) if talk.eob else ()
    billed = talk.bill.claims if talk.bill else ()
    accounts = tuple(dict.fromkeys(c.account_number for c in (*billed, *talk.claims) if c.account_number))
    return {
        "me": talk.say("script.blank.me"),
        "patient": next(iter(patients), None) or talk.say("script.blank.patient"),
        "member": member,
        "claim": listed(numbers[:_MOST_NAMED], talk.lang) or talk.say("script.blank.claim"),
        "account": listed(accounts[:_MOST_NAMED], talk.lang) or talk.say("script.blank.account"),
        "visit": visit(talk),
    }


def visit(talk: Talk) -> str:
    """ "the visit on September 14, 2026"; several days are listed."""
    days = tuple(dict.fromkeys(day(line.service_date, talk.lang) for line in talk.lines if line.service_date))
    if not days:
        return talk.say("bill.visit.undated")
    return talk.say("bill.visit.one" if len(days) == 1 else "bill.visit.many", days=listed(days[:4], talk.lang))


def _about(talk: Talk, finding: Finding) -> tuple[Statement, ...]:
    support: tuple[Support, ...] = (*finding.spans, *map(Cited, finding.sources)) or OWN
    known = f"script.puzzle.{finding.id}" in talk.knowledge.wording
    key = f"script.puzzle.{finding.id}" if known else "script.puzzle.other"
    puzzle = state(key, support, "letter", what=_what(talk, finding))
    _, question = finding_text(finding, talk.knowledge, talk.lang)
    return (puzzle, state("common.plain", support, "letter", text=question)) if question else (puzzle,)


def _what(talk: Talk, finding: Finding) -> str:
    """The finding's lines as the paper names them: "97530 on October 20, 2026"."""
    paper = next((d for d in talk.case.documents if d.paper == finding.paper), None) or talk.case.main
    named = tuple(dict.fromkeys(_line(talk, paper, number) for number in finding.lines)) if paper else ()
    known = tuple(name for name in named if name)
    return listed(known[:_MOST_NAMED], talk.lang) if known else visit(talk)


def _line(talk: Talk, paper: Document, number: int) -> str:
    line = paper.line(number)
    told = (line.code or line.description) if line else None
    if line is None or not told:
        return ""
    return talk.say("script.line", what=told, day=line.service_date) if line.service_date else told


def _in_general(talk: Talk, side: Side) -> tuple[Statement, ...]:
    owed = talk.figure("patient_owes")
    support: tuple[Support, ...] = owed.support if owed else (Span(talk.paper.paper),) if talk.paper else OWN
    key = "script.puzzle.owed" if owed and owed.value >= 0 else "script.puzzle.not-told"
    first = state(key, support, "letter", owed=owed.value if owed else None)
    return first, own(f"script.ask.{side}", "letter")
