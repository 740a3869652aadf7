"""Pages of the tokens with which machines come in."""

from typing import Any, cast

from flask import Blueprint
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from ..core import clock
from ..core.access import requires
from ..core.db import db
from ..core.forms import Deed, choices
from ..core.listing import Column, listing
from ..core.page import done, page, refused
from ..people import tokens as service
from ..people.models import ApiToken, User
from . import queries
from .forms import TokenForm
from .permissions import Permission

bp = Blueprint("tokens", __name__, url_prefix="/tokens")


@bp.get("")
@requires(Permission.TOKEN_WRITE)
def tokens() -> tuple[str, int]:
    columns = (
        Column("name", _l("What it is for"), ApiToken.name),
        Column("user", _l("Acts as"), User.name),
        Column("made", _l("Made"), ApiToken.made_at),
        Column("expires", _l("Opens no longer from"), ApiToken.expires_on),
        Column("state", _l("State"), ApiToken.revoked_at),
    )
    table = listing(
        cast(Any, service.tokens()), columns, sort="made", descending=True, search=(ApiToken.name, User.name),
        caption=_l("Tokens"),
        empty_text=_l("Machines that read or write by the JSON door each get a token of their own."),
    )  # fmt: skip
    return page("admin/tokens/tokens.html", listing=table, today=clock.today())


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.TOKEN_WRITE)
def new_token() -> Response | tuple[str, int]:
    """The secret stands on the page that answers, and nowhere else ever."""
    form = TokenForm()
    form.user_id.choices = choices(queries.users_by_name())
    if made := form.attempt(service.make_token):
        token, secret = made
        return page("admin/tokens/made_token.html", token=token, secret=secret, status=201)
    return page("admin/tokens/new_token.html", form=form)


@bp.post("/<int:id>/revocation")
@requires(Permission.TOKEN_WRITE)
def revocation(id: int) -> Response:
    form = Deed()
    token = db.get_or_404(ApiToken, id)
    if form.attempt(service.revoke_token, token=token):
        return done(_("%(name)s opens nothing any more.", name=token.name), "admin.tokens.tokens")
    return refused(form, "admin.tokens.tokens")
