"""The web application, put together."""

import secrets
from datetime import date

from flask import Blueprint, Flask

from explainer.conversation.engine import Talker
from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import LANGS
from explainer.paths import data_dir
from explainer.readers import box
from explainer.sessions import Clock, Keeper, Shelf, system_clock
from explainer.sessions.embedded import EmbeddedShelf, default_file
from explainer.sessions.sweeper import Sweeper
from explainer.settings import Settings
from explainer.web import errors, guard, privacy
from explainer.web.api import api
from explainer.web.assets import Assets, static
from explainer.web.batches import batches
from explainer.web.bind import Binding
from explainer.web.desk import NAME, Desk
from explainer.web.fixes import fixes
from explainer.web.health import health
from explainer.web.jobs import Pool
from explainer.web.minutes import minutes
from explainer.web.overlay import Overlay, load_overlay
from explainer.web.pages import pages
from explainer.web.reading import reading
from explainer.web.render import globals_for_templates
from explainer.web.safe_json import SafeJson
from explainer.web.services import Reader, Services
from explainer.web.takeaway import takeaway
from explainer.web.talk import talk
from explainer.web.visits import visits


def create_app(
    settings: Settings | None = None, knowledge: Knowledge | None = None, store: Shelf | None = None, clock: Clock | None = None,
    talker: Talker | None = None, reader: Reader | None = None,
) -> Flask:  # fmt: skip
    """The application. Without a store, the embedded one is opened and swept on a timer; `reader` reads instead of ours.

    Raises ShelfUnusable, ContentError, BadOverlay, and NotPrivate for an address that others could reach in clear text.
    """
    settings, clock = settings or Settings(), clock or system_clock
    binding = Binding.of(settings)
    knowledge = knowledge or Knowledge.load()
    keeper = Keeper(store or EmbeddedShelf(settings.store or default_file()), settings.times, clock)
    services = Services(knowledge, settings.limits, talker or Talker(knowledge), lambda: _today(clock), reader)
    pool = Pool(services, settings)
    app = privacy.PrivateFlask("explainer", static_folder=None, template_folder=str(data_dir("templates")))
    overlay = load_overlay(settings.limits.overlay)
    app.extensions[NAME] = Desk(settings, services, keeper, _assets(overlay), binding.tls, pool, overlay)
    _configure(app, settings, binding)
    _register(app)
    if store is None:
        Sweeper((keeper.sweep, pool.sweep, box.sweep), settings.times.sweep_every).start()
    else:
        keeper.sweep()
    return app


def _assets(overlay: Overlay | None) -> Assets:
    assets = Assets.load()
    if overlay is not None and overlay.logo is not None:
        assets.add("logo.png" if overlay.logo.kind == "image/png" else "logo.jpg", overlay.logo.data, overlay.logo.kind)
    if overlay is not None and overlay.style is not None:
        assets.add("overlay.css", overlay.style, "text/css")
    return assets


def _today(clock: Clock) -> date:
    return clock().astimezone().date()


def _configure(app: Flask, settings: Settings, binding: Binding) -> None:
    app.config.update(
        SECRET_KEY=secrets.token_bytes(32),
        SESSION_COOKIE_NAME="__Host-form" if binding.tls else "form",
        SESSION_COOKIE_SECURE=binding.tls,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        SESSION_COOKIE_PATH="/",
        WTF_CSRF_TIME_LIMIT=settings.times.visit_absolute,
        WTF_CSRF_SSL_STRICT=False,
        MAX_CONTENT_LENGTH=settings.limits.request,
        MAX_FORM_PARTS=guard.FORM_FIELDS,
        PROPAGATE_EXCEPTIONS=False,
    )
    app.json = SafeJson(app)
    binding.install(app)


def _register(app: Flask) -> None:
    privacy.install_log(app)
    guard.install(app)
    errors.install(app)
    for tongue in LANGS:
        site = Blueprint(tongue, __name__, url_prefix=None if tongue == "en" else f"/{tongue}")
        for part in (visits, reading, fixes, minutes, takeaway, talk, pages, batches):
            site.register_blueprint(part)
        app.register_blueprint(site)
    for part in (api, health, static):
        app.register_blueprint(part)
    app.context_processor(globals_for_templates)
