"""The web page and the JSON interface: the only floor that knows Flask."""

from explainer.web.app import create_app
from explainer.web.serve import serve

__all__ = ["create_app", "serve"]
