"""What the page says first: what is owed, to whom, that it is no bill, and what to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from explainer.case import Case, owed_by
from explainer.explain import names_of
from explainer.knowledge.schema import Lang
from explainer.model.document import Document
from explainer.model.people import Person
from explainer.web.paper import PaperView
from explainer.web.services import Services


@dataclass(frozen=True, slots=True)
class Opening:
    """headline, lead: wording keys; values, lead_values: what they name. to_do: sentences, empty where the lead says it."""

    headline: str
    values: Mapping[str, Any]
    lead: str
    to_do: str
    lead_values: Mapping[str, Any] = field(default_factory=dict)


def opening_of(
    papers: Sequence[PaperView], shown: Sequence[Document], person: Person | None, case: Case, services: Services, lang: Lang
) -> Opening | None:
    """The opening for the papers shown; None without one."""
    if not papers:
        return None
    first = min(papers, key=lambda paper: (not paper.main, paper.kind in ("bill", "sbc")))
    plans = [document for document in shown if document.by_plan]
    if case.people.several and person is None:
        names = names_of(case.people, services.knowledge, lang)
        return Opening("web.headline.people", {"names": names}, _lead(first, len(plans)), first.to_do)
    bills = [document for document in shown if document.kind == "bill"]
    if len(plans) > 1:
        return _beside(bills, _together(plans, person, case, services, lang), case)
    lead = _lead(first, 1)
    if plans:
        return _beside(
            bills, Opening(first.headline, first.values, lead, first.to_do if lead == "web.headline.next.plan" else ""), case
        )
    return Opening(first.headline, first.values, lead, "")


def _beside(bills: Sequence[Document], opening: Opening, case: Case) -> Opening:
    """The opening of papers of a plan with a bill beside them: what the one bill asks too, where that is one person's."""
    if not bills:
        return opening
    asked = bills[0].amount_due if len(bills) == 1 and not case.people.several else None
    known = {} if asked is None else {"asked": asked}
    return replace(opening, lead=f"web.headline.next.with-bill{'.due' if known else ''}", lead_values=known, to_do="")


def _together(plans: Sequence[Document], person: Person | None, case: Case, services: Services, lang: Lang) -> Opening:
    """Several papers of the plan: what they come to together, each claim once, where that is known."""
    owed, names = owed_by(case, person), {claim.provider for document in plans for claim in document.claims}
    values: dict[str, Any] = {"amount": owed}
    end = "unknown" if owed is None or owed < 0 else "nothing" if owed == 0 else "owe"
    if end == "owe" and len(names) == 1 and (name := names.pop()):
        end, values["provider"] = "owe-to", name
    to_do = services.knowledge.say(f"explain.summary.next{'-zero' if end == 'nothing' else ''}", lang)
    shown = values if end.startswith("owe") else {}
    return Opening(f"web.headline.together.{end}", shown, "web.headline.next.plans", to_do)


def _lead(first: PaperView, plans: int) -> str:
    if first.headline.startswith("web.headline.collector"):
        return "web.headline.next.collector"
    if first.kind in ("bill", "sbc"):
        return f"web.headline.next.{first.kind}"
    return "web.headline.next.plans" if plans > 1 else "web.headline.next.plan"
