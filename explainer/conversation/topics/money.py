"""All money topics."""

from collections.abc import Mapping

from explainer.conversation.topics import money_deductible, money_math, money_owe, money_prices, money_settle, money_shares
from explainer.conversation.topics.common import Builder

BUILDERS: Mapping[str, Builder] = {
    **money_owe.BUILDERS,
    **money_prices.BUILDERS,
    **money_deductible.BUILDERS,
    **money_shares.BUILDERS,
    **money_math.BUILDERS,
    **money_settle.BUILDERS,
}
