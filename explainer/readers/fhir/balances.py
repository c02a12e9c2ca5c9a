"""Running counts of the year: deductible, out-of-pocket limit, visits."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from explainer.model.document import Accumulator
from explainer.readers.fhir.book import CodeBook
from explainer.readers.fhir.codings import codings, words_of
from explainer.readers.fhir.tally import Tally
from explainer.readers.fhir.tree import View

_SCOPES = {"individual": "individual", "family": "family"}
_NETWORKS = "terminology.hl7.org/codesystem/benefit-network"
_COUNTS = ("UnsignedInt", "Money", "Quantity")


def balances_of(claim: View, tally: Tally) -> Iterator[Accumulator]:
    """What a claim says of the year so far, as far as its codes are known and it gives a figure."""
    for balance in claim.many("benefitBalance"):
        for financial in balance.any("financial"):
            made = _balance(balance, financial, tally)
            if made is not None:
                yield made


def _balance(balance: View, financial: View, tally: Tally) -> Accumulator | None:
    found = tally.books.codes.first("balance", codings(financial.one("type")))
    if found is None or found.field == "none":
        return None
    used, limit = _figure(financial, "used", tally), _figure(financial, "allowed", tally)
    if used is None and limit is None:
        return None
    unit = next((c.code.lower() for c in codings(balance.one("unit"))), "")
    return Accumulator(
        found.field, financial.span, used, limit, None, None, _SCOPES.get(unit), _network(balance, tally.books.codes),
        words_of(balance.one("category")), words_of(financial.one("type")) or "",
    )  # fmt: skip


def _network(balance: View, book: CodeBook) -> str | None:
    listed = [replace(c, system=c.system or _NETWORKS) for c in codings(balance.one("network"))]
    found = book.first("network", listed)
    return found.field if found and found.field in ("in", "out") else None


def _figure(financial: View, stem: str, tally: Tally) -> Decimal | None:
    """Dollars or a count, under the name of any version: usedMoney, usedUnsignedInt, benefitUsedMoney."""
    names = [f"{stem}{kind}" for kind in _COUNTS]
    names += [f"benefitUsed{k}" if stem == "used" else f"benefit{k}" for k in _COUNTS]
    for name in names:
        said = financial.number(name) if name.endswith("Int") else tally.money(financial.one(name))
        if said:
            return said.value
    return None
