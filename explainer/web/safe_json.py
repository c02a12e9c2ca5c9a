"""JSON that does no harm where somebody puts it into a page: no character of it opens a tag."""

from typing import Any

from flask.json.provider import DefaultJSONProvider

from explainer.readers.export import defused


class SafeJson(DefaultJSONProvider):
    """Flask's JSON in UTF-8, with the marks of markup written as escapes. NaN and Infinity are refused."""

    ensure_ascii = False

    def dumps(self, obj: Any, **kwargs: Any) -> str:
        return defused(super().dumps(obj, **{"allow_nan": False, **kwargs}))
