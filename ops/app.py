"""Puts the product together: knows every package and is known by none but wsgi.py."""

from collections.abc import Sequence
from pathlib import Path

from apiflask import APIFlask
from flask import Flask
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect
from sqlalchemy.orm import configure_mappers

from .admin.feature import FEATURE as ADMIN
from .canteen.feature import FEATURE as CANTEEN
from .core import audit
from .core.api import init_api
from .core.config import Settings, from_environment
from .core.db import db, init_db
from .core.feature import Feature
from .core.jobs import jobs_cli
from .core.language import init_language
from .core.ledger import Ledger
from .core.shell import init_addresses, init_shell
from .core.templating import init_templates
from .indicators.catalogue import Catalogue
from .indicators.closing import settle
from .indicators.feature import FEATURE as INDICATORS
from .meetings.feature import FEATURE as MEETINGS
from .people.feature import FEATURE as PEOPLE
from .people.signin import init_sign_in
from .prepare import demo, prepare
from .programmes.feature import FEATURE as PROGRAMMES
from .repairs.feature import FEATURE as REPAIRS
from .rooms.feature import FEATURE as ROOMS
from .vehicles.feature import FEATURE as VEHICLES

FEATURES: tuple[Feature, ...] = (INDICATORS, PROGRAMMES, VEHICLES, CANTEEN, MEETINGS, REPAIRS, ROOMS, ADMIN, PEOPLE)
ROOT = Path(__file__).parent.parent


def create_app(settings: Settings | None = None, features: Sequence[Feature] = FEATURES) -> Flask:
    """The application. `settings` and other `features` only in tests; otherwise the environment decides."""
    settings = settings or from_environment(ROOT / "instance")
    app = APIFlask(
        __name__,
        json_errors=False,
        docs_path=None,
        spec_path=None,
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
        instance_path=str(settings.instance),
    )
    app.config.update(SECRET_KEY=settings.secret_key, MAX_CONTENT_LENGTH=64 * 1024 * 1024, TESTING=settings.testing)
    app.config.update(SESSION_COOKIE_SAMESITE="Lax", SESSION_COOKIE_HTTPONLY=True, WTF_CSRF_TIME_LIMIT=None)
    app.extensions["ledger"] = Ledger.of(settings, features, commit_hooks=(settle, audit.seal))
    app.extensions["catalogue"] = Catalogue(
        (metric for feature in features for metric in feature.publishes),
        (guard for feature in features for guard in feature.guards),
    )
    init_templates(app, settings.instance)
    init_db(app, settings)
    Migrate(app, db, directory=str(ROOT / "ops" / "migrations"), render_as_batch=True, compare_type=True)
    init_api(app)
    csrf = CSRFProtect(app)
    init_language(app)
    init_sign_in(app)
    init_addresses(app)
    _enter(app, features)
    for opened in (opened for feature in features for opened in feature.doors):
        csrf.exempt(opened)  # core.api asks for the token itself: only of those who come with a session
        app.register_blueprint(opened)
    init_shell(app)
    configure_mappers()  # here, and not within the first request
    return app


def _enter(app: Flask, features: Sequence[Feature]) -> None:
    for feature in features:
        for blueprint in feature.blueprints:
            app.register_blueprint(blueprint)
        for command in feature.commands:
            app.cli.add_command(command)
    app.cli.add_command(jobs_cli)
    app.cli.add_command(prepare)
    app.cli.add_command(demo)
