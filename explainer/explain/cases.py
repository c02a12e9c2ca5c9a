"""One person's papers together in words."""

from collections.abc import Iterator

from explainer.case import Case, owed_by, owed_by_each
from explainer.checks.copies import twice_told, without
from explainer.checks.plans import without_first_plans
from explainer.explain.findings import question_of
from explainer.explain.papers import MOST_PEOPLE, names_of, summary
from explainer.explain.phrases import Phrase, said
from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import Lang
from explainer.model.document import Document


def case_summary(case: Case, knowledge: Knowledge, lang: Lang) -> str:
    """All papers together: the main one's summary, and how many things are worth a question."""
    if case.main is None:
        return knowledge.say("explain.case.none", lang)
    closing = _closing(case, knowledge)
    papers = Phrase("explain.case.papers", {"count": len(case.documents)})
    told = (papers, *_twins(case), *_people(case, knowledge, lang), closing)
    return " ".join((summary(_leading(case) or case.main, knowledge, lang), said(told, knowledge, lang)))


def _leading(case: Case) -> Document | None:
    """The plan's first paper that holds now: none that a newer one replaces, or after which a second plan paid its part."""
    past = case.twins.dropped | without_first_plans(case.documents)
    kept = {d.paper for d in without(case.documents, past)}
    return next((d for d in case.documents if d.by_plan and d.paper in kept), None)


def _closing(case: Case, knowledge: Knowledge) -> Phrase:
    """How much is worth a question. That there is none is said only where no finding comes with one."""
    every = case.all_findings()
    if asked := sum(finding.verdict == "ask" for finding in every):
        return Phrase("explain.case.questions", {"count": asked})
    open_ones = sum(question_of(f, knowledge) is not None for f in every)
    return Phrase("explain.case.open", {"count": open_ones}) if open_ones else Phrase("explain.case.quiet", {})


def _twins(case: Case) -> Iterator[Phrase]:
    """That a paper is there twice, or that a newer one replaces it."""
    for relation, count in twin_papers(case).items():
        yield Phrase(f"explain.case.{relation}", {"count": count})


def twin_papers(case: Case) -> dict[str, int]:
    """How many papers are copies of an earlier given one, and how many differ from one on the same claim."""
    twins = case.twins
    states = [{t.relation for t in twins.of(d.paper)} for d in case.documents]
    kinds = ["copy" if s == {"copy"} else "version" if s - {"copy"} else None for s in states if s]
    return {kind: kinds.count(kind) for kind in ("copy", "version") if kind in kinds}


def _people(case: Case, knowledge: Knowledge, lang: Lang) -> Iterator[Phrase]:
    """What each person may owe over all papers, where there are several people or several of the plan's papers."""
    people = case.people
    plans = [d for d in case.documents if d.by_plan]
    if people.several:
        key = "explain.case.names" if people.unsure else "explain.case.people"
        yield Phrase(key, {"names": names_of(people, knowledge, lang)})
        for one, other in people.unsure[:MOST_PEOPLE]:
            yield Phrase("explain.case.perhaps-one", {"name": one.name, "other": other.name})
        each = owed_by_each(case)
        for person in people.persons[:MOST_PEOPLE]:
            if (owed := each.get(person)) is not None:
                yield Phrase("explain.case.owed-by", {"name": person.name, "owed": owed})
    elif len(plans) > 1 and (owed := owed_by(case, None)) is not None:
        second = without_first_plans(without(case.documents, case.twins.dropped))
        yield Phrase("explain.case.owed-second-plan" if second else "explain.case.owed", {"owed": owed})
    elif len({d.payer.casefold() for d in plans if d.payer}) > 1 and twice_told(without(plans, case.twins.dropped)):
        yield Phrase("explain.case.not-added", {})
