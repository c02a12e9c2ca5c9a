"""All bill topics."""

from collections.abc import Mapping

from explainer.conversation.topics import bill_compare, bill_dispute, bill_trouble
from explainer.conversation.topics.common import Builder

BUILDERS: Mapping[str, Builder] = {**bill_compare.BUILDERS, **bill_dispute.BUILDERS, **bill_trouble.BUILDERS}
