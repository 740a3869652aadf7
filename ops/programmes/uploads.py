"""Files that are looked at before they are taken over: each is seen by its uploader alone, and only for its purpose."""

from enum import StrEnum

from flask import abort

from ..core import clock
from ..core.access import Actor
from ..core.db import db
from ..core.files import Attachment
from .models import HandedIn


class Purpose(StrEnum):
    TARGETS = "targets"
    PAYMENTS = "payments"
    ANSWERS = "answers"


def hand_in(kept: Attachment, purpose: Purpose, by: Actor) -> None:
    db.session.flush()
    row = HandedIn(attachment_id=kept.id, purpose=purpose, user_id=by.user_id, at=clock.now(), by=by.name)
    db.session.add(row)


def handed_in_or_404(id: int, purpose: Purpose, actor: Actor) -> Attachment:
    row = db.session.get(HandedIn, id)
    if row is None or row.purpose != purpose or row.user_id != actor.user_id:
        abort(404)
    return db.get_or_404(Attachment, id)
