"""The JSON door: the same services in the same transaction as the pages, described at /api/openapi.json.

A feature's `api.py` opens its `door`, guards each endpoint with `requires`, shapes what comes in with a `Body`, and
calls a verb through `act`. A refusal is a 422 with the words and the field that the page would show.
People's browsers come with their session and the CSRF token of the page, machines with a bearer token.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from apiflask import APIBlueprint, APIFlask
from apiflask.exceptions import HTTPError
from flask import Response, abort, current_app, jsonify, request
from flask.json.provider import DefaultJSONProvider
from flask_babel import gettext as _
from pydantic import ValidationError
from sqlalchemy import Select, func, select
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import HTTPException, UnsupportedMediaType

from .access import PREFIX, by_token, current_actor, public
from .db import db, transaction
from .errors import Rejected, rejection_of
from .json_values import Body, PageQuery, Shown, text

Made = TypeVar("Made")
VERSION = "1"
WRITES = ("POST", "PUT", "PATCH", "DELETE")


class Refusal(Shown):
    """What is said when nothing was done: the words, and the field they belong beside when there is one."""

    message: str
    field: str | None = None
    errors: list[dict[str, str]] = []


class Deed(Body):
    """Base of a body that changes something; `reason` is owed when it changes a closed period afterwards."""

    reason: text(2000, least=0) = ""  # type: ignore[valid-type]


def door(package: str, part: str = "") -> APIBlueprint:
    """The JSON blueprint of a package, or of a part of it: `door("vehicles")` stands under /api/vehicles."""
    name = f"{package}_{part}_api" if part else f"{package}_api"
    opened = APIBlueprint(name, package, url_prefix=f"{PREFIX}{package}", tag=package)
    opened.before_request(_check_letter)
    return opened


def act(verb: Callable[..., Made], body: Deed | None = None, **given: Any) -> Made:
    """Do the verb with what was handed in, what is given, and `by=`, in one transaction."""
    typed = {name: getattr(body, name) for name in type(body).model_fields} if body else {}
    reason = typed.pop("reason", None)
    try:
        with transaction(reason):
            return verb(**typed, **given, by=current_actor())
    except IntegrityError as error:
        raise rejection_of(error) from error


def paged(statement: Select[Any], query: PageQuery) -> dict[str, Any]:
    """One page of a list, and how many there are in all."""
    total = db.session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0
    rows = statement.limit(query.per_page).offset((query.page - 1) * query.per_page)
    return {"total": total, "page": query.page, "rows": list(db.session.scalars(rows))}


class Letters(DefaultJSONProvider):
    """JSON as it comes in. What nests deeper than can be read is no JSON, and says so with 400."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        try:
            return super().loads(s, **kwargs)
        except RecursionError:
            raise ValueError("nested too deep") from None


def init_api(app: APIFlask) -> None:
    """Answers under /api/ are JSON, errors too; the document of what there is."""
    app.json = Letters(app)
    app.config.update(OPENAPI_VERSION="3.1.0", AUTO_VALIDATION_ERROR_RESPONSE=False, AUTO_404_RESPONSE=False)
    app.config.update(AUTO_SERVERS=False, VALIDATION_ERROR_STATUS_CODE=422)
    app.spec_callback = cast(Any, _complete)
    app.register_error_handler(HTTPError, _misshapen)
    openapi._spec = {"hide": True}  # type: ignore[attr-defined]
    app.add_url_rule(f"{PREFIX}openapi.json", "openapi", openapi)


@public
def openapi() -> Response:
    """The OpenAPI document. It tells of nobody's records."""
    return jsonify(cast(APIFlask, current_app).spec)


def explain(error: HTTPException) -> tuple[Response, int]:
    """An error under /api/ in JSON; the code says the rest."""
    code = error.code or 500
    words = {
        400: _("This request cannot be read."),
        401: _("Sign in first, or send a valid token."),
        403: _("You may not do this."),
        404: _("There is no such record."),
        410: _("The file is recorded but missing on this machine."),
        413: _("The file is larger than 16 MB. Split it and hand it in in parts."),
        415: _("Send JSON, with Content-Type: application/json."),
    }
    said = words.get(code, _("Something went wrong. It has been noted.") if code >= 500 else words[400])
    answer = jsonify(Refusal(message=said).model_dump())
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            answer.headers[name] = value
    if code == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer, code


def refuse(refusal: Rejected) -> tuple[Response, int]:
    """The rule's own words, and the field it means."""
    return jsonify(Refusal(message=str(refusal.message), field=refusal.field).model_dump()), 422


def _misshapen(error: HTTPError) -> tuple[Response, int]:
    """A body or an address of the wrong shape: every fault with its field, the first one in front."""
    cause = error.__cause__
    if not isinstance(cause, ValidationError):
        abort(error.status_code)
    faults = [
        {"field": ".".join(map(str, each["loc"])), "message": _said(each["type"], each["msg"])}
        for each in cause.errors(include_url=False, include_input=False)
    ]
    said = Refusal(message=faults[0]["message"], field=faults[0]["field"] or None, errors=faults)
    return jsonify(said.model_dump()), 422


def _said(kind: str, message: str) -> str:
    words: dict[str, str] = {
        "missing": _("This may not be empty."),
        "extra_forbidden": _("There is no such field."),
        "enum": _("Choose one of the list."),
        "literal_error": _("Choose one of the list."),
        "bool_type": _("Write true or false."),
        "bool_parsing": _("Write true or false."),
        "model_type": _("This request cannot be read."),
    }
    return words.get(kind, message)


def _check_letter() -> None:
    """Before any endpoint of a door: a browser's write carries the page's token, and what is sent is JSON."""
    if request.method not in WRITES:
        return
    by_session = current_actor().user_id is not None and not by_token()
    if by_session and current_app.config["WTF_CSRF_ENABLED"]:
        current_app.extensions["csrf"].protect()
    if request.content_length and request.mimetype not in ("application/json", "multipart/form-data"):
        raise UnsupportedMediaType


def _complete(document: dict[str, Any]) -> dict[str, Any]:
    """What the generator leaves out: what may be refused, that a body is required, and how one signs in."""
    document["info"].update(title="One Ledger", version=VERSION)
    schemes = {
        "token": {"type": "http", "scheme": "bearer"},
        "session": {"type": "apiKey", "in": "cookie", "name": current_app.config["SESSION_COOKIE_NAME"]},
    }
    components = document.setdefault("components", {})
    components["securitySchemes"] = schemes
    components.setdefault("schemas", {})["Refusal"] = Refusal.model_json_schema()
    refusal = {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}}
    for path in document["paths"].values():
        for method, operation in path.items():
            if method == "parameters":
                continue
            operation["security"] = [{"token": []}, {"session": []}]
            codes = {400: "Unreadable", 401: "Not signed in", 403: "Not allowed", 404: "Not there", 422: "Refused"}
            if "requestBody" in operation:
                operation["requestBody"]["required"] = True
                codes[415] = "Not JSON"
            for code, words in codes.items():
                operation["responses"][str(code)] = {"description": words, "content": refusal}
    return document
