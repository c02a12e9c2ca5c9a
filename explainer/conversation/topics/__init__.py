"""What each topic answers. A topic without a builder cannot be answered: a test says when one is missing."""

from collections.abc import Callable, Mapping

from explainer.conversation.reply import Asked, Reply

Builder = Callable[[Asked], Reply]

BUILDERS: Mapping[str, Builder] = {}
