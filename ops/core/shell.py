"""What stands around every page: menu, language, error pages, security headers, demo mode's fence."""

from decimal import Decimal
from typing import Any

from flask import Flask, abort, current_app, render_template, request, url_for
from flask import Response as FlaskResponse
from flask_babel import gettext, ngettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.routing import IntegerConverter
from werkzeug.wrappers import Response

from . import api, notify
from .access import REFERENCE, check_permissions, current_actor, for_machines
from .config import LOOPBACK
from .errors import Rejected
from .feature import MenuEntry
from .language import ENGLISH, LANGUAGES, chosen_language
from .ledger import Ledger

POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)


class RecordNumber(IntegerConverter):
    """`<int:id>` in an address: a number that a record can have; a longer one is a page that there is none of."""

    regex = r"\d{1,9}"


def init_addresses(app: Flask) -> None:
    app.url_map.converters["int"] = RecordNumber


def init_shell(app: Flask) -> None:
    check_permissions(app)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(_=gettext, ngettext=ngettext)
    app.jinja_env.filters.update(exact=exact, signed=signed, places=places, setter=setter)
    app.context_processor(_around)
    app.before_request(_stay_on_loopback)
    app.before_request(_refuse_nul)
    app.after_request(_harden)
    app.register_error_handler(HTTPException, _explain)
    app.register_error_handler(CSRFError, _explain)
    app.register_error_handler(Rejected, _refuse)


def setter(name: str) -> str:
    """Who set a value: a person by his name, what the house began with in the reader's language."""
    return gettext("reference data") if name == REFERENCE else name


def exact(value: Decimal | int) -> str:
    """A number as it is, without trailing zeros: 1084, 12.5."""
    return f"{Decimal(value).normalize():f}"


def places(value: Decimal | int, least: int) -> str:
    """A number as it is, in groups of three, with so many places at least: 1,084.00, 12.345."""
    number = Decimal(value).normalize()
    own = number.as_tuple().exponent
    return f"{number:,.{max(least, -own if isinstance(own, int) else 0)}f}"


def signed(value: Decimal | int) -> str:
    """A change with its sign: +1, −2.5, 0."""
    return f"+{exact(value)}" if value > 0 else exact(value).replace("-", "−")


def _around() -> dict[str, Any]:
    actor = current_actor()
    return {
        "actor": actor if actor.user_id is not None else None,
        "menu": _menu(),
        "unread": notify.unread,
        "demo_mode": _ledger().settings.demo,
        "language": chosen_language(),
        "html_language": "en" if chosen_language() == ENGLISH else "zh-CN",
        "languages": LANGUAGES,
    }


def _menu() -> list[dict[str, Any]]:
    """`current`: the page itself ("page"), or the entry that leads to it ("true")."""
    groups, here = _ledger().menu(current_actor()), request.endpoint or ""
    ways = [entry for _label, entries in groups for entry in entries]
    way = max(ways, key=lambda entry: entry.leads_to(here), default=None)
    made = []
    for label, entries in groups:
        links = [
            {"label": entry.label, "url": url_for(entry.endpoint), "current": _current(entry is way, entry, here)}
            for entry in entries
        ]
        made.append({"label": label, "entries": links})
    return made


def _current(is_way: bool, entry: MenuEntry, here: str) -> str:
    surely = entry.leads_to(here) if is_way else 0
    return "page" if surely == 3 else "true" if surely else ""


def _stay_on_loopback() -> None:
    """Demo mode lets anybody in by one click: nobody from elsewhere may come near it."""
    if _ledger().settings.demo and request.remote_addr not in LOOPBACK:
        abort(403)


def _refuse_nul() -> None:
    """No text of ours holds the character NUL, and PostgreSQL takes none."""
    if any("\0" in value for _name, value in request.values.items(multi=True)):
        abort(400)


def _harden(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    if not request.path.startswith("/static/"):
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def _explain(error: HTTPException) -> tuple[str | FlaskResponse, int] | HTTPException:
    code = error.code or 500
    if code < 400:
        return error
    if for_machines():
        return api.explain(error)
    known = code if code in (400, 403, 404, 410, 413) else (500 if code >= 500 else 400)
    # a page about a fault asks the database nothing more
    return render_template(f"errors/{known}.html", error=error, quiet=code >= 500), code


def _refuse(refusal: Rejected) -> tuple[str | FlaskResponse, int]:
    """A refusal outside a form (a period in an address): said in its own words."""
    if for_machines():
        return api.refuse(refusal)
    return render_template("errors/400.html", message=refusal.message), 422


def _ledger() -> Ledger:
    found: Ledger = current_app.extensions["ledger"]
    return found
