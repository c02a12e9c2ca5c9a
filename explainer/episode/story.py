"""The story in sentences: how many visits, what most of them were, what changed, and how the counts ran. Words are in content."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from explainer.case import Case
from explainer.checks.limits import plain_count
from explainer.checks.therapies import may_be_of, of_line
from explainer.episode.bills import BillSeen, bills_seen
from explainer.episode.counts import Count, counts_of
from explainer.episode.days import CareDay, Service, care_days, reports_of, usual, visits_of
from explainer.explain import Phrase
from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import Lang
from explainer.knowledge.wording import Blank, listed
from explainer.model.amounts import ZERO
from explainer.model.people import Person

_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Story:
    """One person's papers as one story; person None where the papers name one person at most."""

    person: Person | None
    days: tuple[CareDay, ...]
    counts: tuple[Count, ...]
    bills: tuple[BillSeen, ...]
    papers: int

    @property
    def visits(self) -> tuple[CareDay, ...]:
        """The days with therapy on them; all days of care where none has."""
        return visits_of(self.days)

    @property
    def worth_telling(self) -> bool:
        """Whether several papers tell more than each by itself."""
        return (self.papers > 1 and len(self.days) > 1) or any(b.relation in ("reminder", "some-new") for b in self.bills)


def story_of(case: Case, knowledge: Knowledge, person: Person | None = None) -> Story | None:
    """The story of a person's papers. None with one paper only, and where the papers are several people's."""
    if case.people.several and person is None:
        return None
    papers = len([d for d in reports_of(case, person) if d.claims])
    story = Story(person, care_days(case, person, knowledge), counts_of(case, person), bills_seen(case, person), papers)
    return story if story.worth_telling else None


def stories_of(case: Case, knowledge: Knowledge) -> tuple[Story, ...]:
    """The story of each person, where there is one to tell."""
    people = case.people.persons if case.people.several else (None,)
    return tuple(story for person in people if (story := story_of(case, knowledge, person)) is not None)


@dataclass(frozen=True, slots=True)
class Teller:
    """Puts a story into words of one language."""

    story: Story
    knowledge: Knowledge
    lang: Lang

    def say(self, key: str, **values: Blank) -> str:
        """A piece of a sentence."""
        return self.knowledge.say(f"episode.{key}", self.lang, values)

    def text(self) -> str:
        """The whole story."""
        return " ".join(self.sentences())

    def sentences(self) -> tuple[str, ...]:
        """Each sentence by itself."""
        return tuple(self.knowledge.say(p.key, self.lang, p.values) for p in self.phrases())

    def phrases(self) -> Iterator[Phrase]:
        """The sentences before they are words."""
        if self.story.person is not None:
            yield Phrase("episode.of", {"name": self.story.person.name})
        if self.story.papers > 1 and len(self.story.visits) > 1:
            yield self._span()
            yield from self._pattern()
            yield from self._refused()
            yield from self._shares()
            yield from self._deductible()
        yield from (_count_phrase(count, self._of(count)) for count in self.story.counts if count.course != "once")
        yield from self._visit_count()
        yield from (_bill_phrase(bill) for bill in self.story.bills if bill.relation in ("reminder", "some-new"))

    def _span(self) -> Phrase:
        visits = self.story.visits
        kind = "therapy" if visits[0].therapy else "care"
        return Phrase(f"episode.span.{kind}", {"count": len(visits), "first": visits[0].day, "last": visits[-1].day})

    def _pattern(self) -> Iterator[Phrase]:
        visits, most = self.story.visits, usual(self.story.visits)
        if most is None:
            return
        alike = next(v for v in visits if v.pattern == most[0])
        values: dict[str, Blank] = {"same": most[1], "count": len(visits), "services": self.services(alike, named=True)}
        yield Phrase("episode.pattern.all" if most[1] == len(visits) else "episode.pattern.most", values)
        others = [v for v in visits if v.pattern != most[0]]
        if others and len(others) <= _SHOWN:
            told = tuple(self.say("other-visit", day=v.day, services=self.services(v)) for v in others)
            yield Phrase("episode.pattern.others", {"visits": "; ".join(told)})

    def services(self, visit: CareDay, named: bool = False) -> str:
        """ "97110 (2 units) and 97140 (1 unit)"; named: with our own name of each code."""
        return listed(tuple(self.service(s, named) for s in visit.services), self.lang)

    def service(self, service: Service, named: bool = False) -> str:
        """ "97110 (2 units)", or the paper's words without a code."""
        name = service.code or service.words or self.say("no-name")
        entry = self.knowledge.procedure(service.code) if named else None
        name = f"{name}, {entry.name.in_(self.lang)}" if entry else name
        if service.units is None or service.units != service.units.to_integral_value() or not service.code:
            return name
        return self.say("service", name=name, units=int(service.units))

    def _refused(self) -> Iterator[Phrase]:
        refused = tuple(v for v in self.story.visits if v.refused)
        if refused:
            days = tuple(self.knowledge.say("episode.day", self.lang, {"day": v.day}) for v in refused[:_SHOWN])
            key = "episode.refused" if len(refused) <= _SHOWN else "episode.refused-many"
            yield Phrase(key, {"count": len(refused), "days": days})

    def _shares(self) -> Iterator[Phrase]:
        """What a visit came to for the patient: the same, up to three amounts one after the other, or between two."""
        shares = [(v.day, v.amount("patient_owes")) for v in self.story.visits]
        known = [(day, share) for day, share in shares if share is not None]
        if len(known) < len(shares) or not any(share for _, share in known):
            return
        runs = _runs(known)
        if len(runs) == 1:
            yield Phrase("episode.share.same", {"amount": runs[0][2]})
        elif len(runs) == 2:
            yield Phrase("episode.share.changed", {"before": runs[0][2], "until": runs[0][1], "after": runs[1][2]})
        else:
            amounts = [share for _, share in known]
            yield Phrase("episode.share.between", {"least": min(amounts), "most": max(amounts)})

    def _deductible(self) -> Iterator[Phrase]:
        charged = [(v.day, v.charged("deductible")) for v in self.story.days if v.charged("deductible") > ZERO]
        later = [v for v in self.story.days if charged and v.day > charged[-1][0]]
        if len(charged) > 1 or (charged and later):
            total = sum((amount for _, amount in charged), Decimal("0.00"))
            key = "episode.deductible.until" if later else "episode.deductible.so-far"
            yield Phrase(key, {"amount": total, "last": charged[-1][0], "count": len(charged)})

    def _of(self, count: Count) -> str:
        """Which therapy a count of visits is for, as " (physical therapy)"; that this is not said where there are several."""
        if count.kind != "visits":
            return ""
        names = tuple(self.knowledge.say(f"explain.discipline.{kind}", self.lang) for kind in sorted(count.therapies))
        if names:
            return f" {self.say('count.visits.of', kinds=names)}"
        several = sum(c.kind == "visits" for c in self.story.counts) > 1
        return f" {self.say('count.visits.of-unsaid')}" if several else ""

    def _counted(self, count: Count) -> tuple[CareDay, ...]:
        """The visits that a count may hold; none where other therapy is on the papers and it is open which some visit was."""
        kinds = [[of_line(e.line, self.knowledge) for e in v.entries] for v in self.story.visits]
        mine = [any(may_be_of(count.therapies, kind) for kind in each) for each in kinds]
        if not all(mine) and any(not frozenset().union(*each) for each in kinds):
            return ()
        return tuple(v for v, held in zip(self.story.visits, mine, strict=True) if held)

    def _visit_count(self) -> Iterator[Phrase]:
        """The plan's newest count of visits beside the visits that these papers show of its year."""
        for count in self.story.counts:
            last, visits = count.readings[-1], self._counted(count)
            mine = [v for v in visits if v.day.year == last.day.year and v.day <= last.day]
            # Two plans may both count a visit, or only the one that paid it.
            one_plan = all(e.document.paper in count.papers for v in mine for e in v.entries)
            if count.kind == "visits" and mine and one_plan and last.used != len(mine):
                values: dict[str, Blank] = {
                    "used": plain_count(last.used), "mine": len(mine), "day": last.day, "of": self._of(count),
                }  # fmt: skip
                yield Phrase("episode.visits.plan-more" if last.used > len(mine) else "episode.visits.plan-fewer", values)


def _runs(shares: list[tuple[date, Decimal]]) -> list[tuple[date, date, Decimal]]:
    """Days one after the other with the same amount: first day, last day, amount."""
    runs: list[tuple[date, date, Decimal]] = []
    for day, amount in shares:
        if runs and runs[-1][2] == amount:
            runs[-1] = (runs[-1][0], day, amount)
        else:
            runs.append((day, day, amount))
    return runs


def _count_phrase(count: Count, of: str) -> Phrase:
    first, last = count.before_new_year or count.readings[0], count.readings[-1]
    plain = count.kind == "visits"
    values: dict[str, Blank] = {
        "first": first.day, "last": last.day,
        "used": plain_count(first.used) if plain else first.used, "now": plain_count(last.used) if plain else last.used,
    }  # fmt: skip
    if plain:
        values["of"] = of
    limit = last.limit if len({r.limit for r in count.readings}) == 1 else None
    if limit is not None:
        values["limit"] = plain_count(limit) if plain else limit
    known = "" if limit is not None else "-no-limit"
    return Phrase(f"episode.count.{count.kind}.{count.course}{known}", values)


def _bill_phrase(bill: BillSeen) -> Phrase:
    values: dict[str, Blank] = {"day": bill.day, "count": len(bill.new)}
    dated = "" if bill.day is not None else "-undated"
    return Phrase(f"episode.bill.{bill.relation}{dated}", values)
