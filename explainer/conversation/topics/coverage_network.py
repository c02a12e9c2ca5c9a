"""coverage.network and coverage.surprise: in or out of the network, and where the law stops a bill for the difference."""

from collections.abc import Iterable
from decimal import Decimal

from explainer.checks.limits import check_network
from explainer.conversation.reply import Cited, Reply, Statement
from explainer.conversation.topics.appeal_asked import asks, kind_of_plan, says_fact, stated
from explainer.conversation.topics.common import Builder, Talk, answer, own, state
from explainer.conversation.topics.gate import on_eob
from explainer.conversation.topics.help import contact_says
from explainer.conversation.topics.money_parts import balance_says, parts_of
from explainer.knowledge.wording import listed
from explainer.model.document import Claim

_LAW = (Cited("cms-nsa"),)


def _network(talk: Talk) -> Reply:
    """What the paper says of each claim's network, and how to check it."""
    if talk.eob is not None and talk.eob.kind == "msn":
        return answer(talk, [own("coverage.network.medicare"), own("coverage.network.medicare-ask", provider=talk.provider())])
    found = {claim.network for claim in talk.claims}
    said = [_status(talk, network) for network in ("in", "out", "mixed", None) if network in found]
    if found & {"out", "mixed"}:
        said.append(own("coverage.network.out-means"))
    elif found == {"in"}:
        said.append(own("coverage.network.in-means"))
    return answer(talk, [*said, *_network_more(talk)], ask_next=("coverage.surprise", "money.discount"))


def _status(talk: Talk, network: str | None) -> Statement:
    claims = [claim for claim in talk.claims if claim.network == network]
    key = f"coverage.network.{network or 'not-printed'}"
    places = [place for claim in claims if (place := claim.places.get("network"))] or talk.place("network")
    return state(key, places, provider=_providers(talk, claims))


def _providers(talk: Talk, claims: Iterable[Claim]) -> str:
    names = tuple(dict.fromkeys(claim.provider for claim in claims if claim.provider))
    return listed(names, talk.lang) or talk.say("common.your-provider")


def _network_more(talk: Talk) -> Iterable[Statement]:
    if asks(talk, "asks-accepts"):
        yield own("coverage.network.accepts")
    if asks(talk, "asks-left-network"):
        yield own("coverage.network.left")
    yield own("coverage.network.ask", payer=talk.payer())


def _network_general(talk: Talk) -> Reply:
    if kind_of_plan(talk) in ("medicare-original", "medigap"):
        return answer(talk, [own("coverage.network.medicare"), own("coverage.network.medicare-ask", provider=talk.provider())])
    said = [own("coverage.network.means"), own("coverage.network.out-means"), *_network_more(talk)]
    return answer(talk, said, ask_next=("coverage.surprise",))


def _surprise(talk: Talk) -> Reply:
    """Whether a bill for the difference is allowed: first the cases the law knows, then what the paper shows."""
    said = list(_named_case(talk) or _paper_case(talk) or _either())
    if asks(talk, "asks-consent"):
        said.append(own("coverage.surprise.consent"))
    desk = contact_says(talk, "nsa-help-desk")
    return answer(talk, [*said, *([desk] if desk else [])], ask_next=("bill.dispute", "coverage.network"))


def _named_case(talk: Talk) -> tuple[Statement, ...]:
    """A case that the words name."""
    if asks(talk, "asks-estimate") or "good-faith-estimate" in talk.question.slots.terms:
        return tuple(_estimate(talk))
    if asks(talk, "asks-ambulance"):
        return (state("coverage.surprise.ambulance", _LAW),)
    if asks(talk, "asks-emergency"):
        law = (state("coverage.surprise.protected", _LAW), state("coverage.surprise.protected-share", _LAW))
        return (*law, own("coverage.surprise.ask-clinic"))
    kind = kind_of_plan(talk)
    if kind in ("medicare-original", "medigap"):
        return (own("coverage.surprise.medicare"), own("coverage.surprise.medicare-no-assignment"))
    if kind in ("medicare-advantage", "medicaid", "tricare", "va"):
        return (own("coverage.surprise.own-rules"),)
    return (own("coverage.surprise.in-general"),) if asks(talk, "asks-write-off") and talk.eob is None else ()


def _estimate(talk: Talk) -> Iterable[Statement]:
    """A bill above a good-faith estimate: the figure, the days and the fee as far as they are known."""
    today = talk.case.today
    over, fee = stated(talk, "gfe.dispute-over", today), stated(talk, "gfe.dispute-fee", today)
    if over is None:
        yield own("coverage.surprise.estimate-bare")
        return
    yield state("coverage.surprise.estimate", (Cited(over.source, f"fact:{over.id}"),), amount=Decimal(over.value))
    days = says_fact(talk, "coverage.surprise.estimate-days", "gfe.dispute-days", today)
    if days is not None:
        yield days
    if fee is not None:
        yield state("coverage.surprise.estimate-fee", (Cited(fee.source, f"fact:{fee.id}"),), amount=Decimal(fee.value))


def _paper_case(talk: Talk) -> tuple[Statement, ...]:
    """What the paper shows: the law already used, a hospital, in the network, or a stand-alone office out of it."""
    if talk.eob is None:
        return (_office(talk),) if asks(talk, "asks-clinic") else ()
    found = {finding.case: finding for finding in check_network(talk.eob, talk.knowledge)}
    for case in ("protected", "hospital"):
        if case in found:
            first = state(f"coverage.surprise.paper-{case}", (*found[case].spans, *_LAW))
            return (first, state("coverage.surprise.protected-share", _LAW), own("coverage.surprise.ask-clinic"))
    networks = {claim.network for claim in talk.claims}
    owed = talk.figure("patient_owes")
    if networks == {"in"}:
        places = (*talk.place("network"), *(owed.support if owed else ()))
        more = {"amount": owed.value} if owed else {}
        key = "coverage.surprise.in-network" if owed else "coverage.surprise.in-network-bare"
        return (state(key, places, provider=talk.provider(), **more), own("coverage.surprise.ask-clinic"))
    if not networks & {"out", "mixed"}:
        return ()
    split = balance_says(talk, parts_of(talk), owed)[:1] if owed else ()
    return (state("coverage.surprise.out", talk.place("network")), _office(talk), *split)


def _office(talk: Talk) -> Statement:
    return state("coverage.surprise.office", _LAW)


def _either() -> tuple[Statement, ...]:
    return (own("coverage.surprise.in-general"), state("coverage.surprise.law", _LAW), state("coverage.surprise.office", _LAW))


BUILDERS: dict[str, Builder] = {
    "coverage.network": on_eob(_network, _network_general),
    "coverage.surprise": on_eob(_surprise, _surprise),
}
