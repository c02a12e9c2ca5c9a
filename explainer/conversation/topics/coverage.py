"""Coverage: what the plan covers, how often, under which conditions, and who pays first."""

from collections.abc import Mapping

from explainer.conversation.topics import coverage_care, coverage_medicare, coverage_network, coverage_plan, coverage_visits
from explainer.conversation.topics.common import Builder

BUILDERS: Mapping[str, Builder] = {
    **coverage_care.BUILDERS,
    **coverage_medicare.BUILDERS,
    **coverage_network.BUILDERS,
    **coverage_plan.BUILDERS,
    **coverage_visits.BUILDERS,
}
