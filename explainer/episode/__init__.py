"""Many papers as one story: the days of care, what changed between them, and the yearly counts as they run."""

from explainer.episode.export import episode_json
from explainer.episode.story import Story, Teller, stories_of, story_of

__all__ = ["Story", "Teller", "episode_json", "stories_of", "story_of"]
