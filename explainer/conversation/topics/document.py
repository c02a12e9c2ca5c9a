"""All document topics."""

from collections.abc import Mapping

from explainer.conversation.topics import document_facts, document_lines, document_summary
from explainer.conversation.topics.common import Builder

BUILDERS: Mapping[str, Builder] = {**document_lines.BUILDERS, **document_summary.BUILDERS, **document_facts.BUILDERS}
