"""The money of a line or of a claim, as a person would say it: positive, in dollars."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from decimal import Decimal

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Amounts:
    """None means that the paper does not say. A reversal keeps its minus signs.

    billed: the provider's price. discount: what the provider writes off. allowed: the most the plan counts.
    not_covered: the part the plan does not count. deductible, copay, coinsurance: the patient's shares.
    plan_paid, other_paid: what this plan and other insurers paid. patient_owes: what the paper says may be owed.
    """

    billed: Decimal | None = None
    discount: Decimal | None = None
    allowed: Decimal | None = None
    not_covered: Decimal | None = None
    deductible: Decimal | None = None
    copay: Decimal | None = None
    coinsurance: Decimal | None = None
    plan_paid: Decimal | None = None
    other_paid: Decimal | None = None
    patient_owes: Decimal | None = None

    def get(self, name: str) -> Decimal | None:
        """The amount of that name (one of MONEY_FIELDS)."""
        value: Decimal | None = getattr(self, name)
        return value

    def known(self) -> dict[str, Decimal]:
        """Only the amounts that the paper gives."""
        return {name: value for name in MONEY_FIELDS if (value := self.get(name)) is not None}


def summed(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of amounts; None where one of them is not known, or there is none."""
    total = None
    for amount in amounts:
        if amount is None:
            return None
        total = amount + (ZERO if total is None else total)
    return total


MONEY_FIELDS: tuple[str, ...] = tuple(f.name for f in fields(Amounts))
COST_SHARES: tuple[str, ...] = ("deductible", "copay", "coinsurance")
