"""All money topics."""

from collections.abc import Mapping

from explainer.conversation.topics import (
    money_deductible,
    money_math,
    money_owe,
    money_payee,
    money_prices,
    money_settle,
    money_shares,
    money_uncovered,
)
from explainer.conversation.topics.common import Builder

_MODULES = (money_owe, money_payee, money_prices, money_deductible, money_shares, money_uncovered, money_math, money_settle)

BUILDERS: Mapping[str, Builder] = {topic: build for module in _MODULES for topic, build in module.BUILDERS.items()}
