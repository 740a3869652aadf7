"""What a rule raises, and what the database's own refusals mean in words."""

from collections.abc import Mapping

from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError


class Rejected(Exception):
    """A rule said no. `message` is shown beside `field` on a page and as it stands in JSON (422).

    The only exception that a rule or a service raises for its user.
    """

    def __init__(self, message: object, field: str | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        self.field = field


def rejection_of(error: IntegrityError) -> Rejected:
    """The words of a feature for a constraint of its own (`Feature.refusals`); else a plain sentence."""
    refusals: Mapping[str, object] = current_app.extensions["ledger"].refusals
    text = str(error.orig)
    for name, message in refusals.items():
        if name in text:
            return Rejected(message)
    return Rejected(_l("This was recorded already, or something it depends on has changed. Look again and retry."))
