"""Which addresses may be served: this machine alone, or behind a proxy that speaks TLS."""

import ipaddress
import os
from dataclasses import dataclass

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from explainer.settings import Settings

TLS_SETTING = "EXPLAINER_BEHIND_TLS"


class NotPrivate(ValueError):
    """The address could be reached from outside in clear text, and nobody said that a TLS proxy stands before it."""


@dataclass(frozen=True, slots=True)
class Binding:
    """tls: whoever started the program said, with EXPLAINER_BEHIND_TLS=1, that one TLS proxy stands before it."""

    tls: bool

    @classmethod
    def of(cls, settings: Settings) -> "Binding":
        """Raises NotPrivate."""
        tls = os.environ.get(TLS_SETTING) == "1"
        if not tls and not is_loopback(settings.host):
            raise NotPrivate(f"{settings.host} can be reached by others: put a TLS proxy before it and set {TLS_SETTING}=1")
        return cls(tls)

    def install(self, app: Flask) -> None:
        """Believes the one proxy about the caller's address and protocol; nobody otherwise."""
        if not self.tls:
            # A name of the web that is made to point here (DNS rebinding) must not be answered.
            app.config["TRUSTED_HOSTS"] = ["localhost", "127.0.0.1", "[::1]"]
        else:
            app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=0)  # type: ignore[method-assign]


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
