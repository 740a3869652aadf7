"""The verb of packs: keep one with its closing."""

from flask_babel import lazy_gettext as _l

from ...core import audit, clock, files
from ...core.access import Actor
from ...core.db import db, hold
from ...core.errors import Rejected
from ...indicators.models import Closing
from ..models import Programme
from .models import KeptPack


def keep(programme: Programme, closed: Closing | None, content: bytes, manifest_sha256: str, by: Actor) -> KeptPack:
    """Keep the pack as it is now, once for each closing of the programme's year."""
    if closed is None:
        raise Rejected(_l("The year is not closed: a pack is kept after the closing."))
    hold(Programme, programme.id)
    if db.session.get(KeptPack, (closed.id, programme.id)):
        raise Rejected(_l("The pack of this closing is kept already."))
    attachment = files.keep_bytes(content, f"{programme.code}-{programme.year}-{closed.number}.zip", by)
    db.session.flush()
    row = KeptPack(closing_id=closed.id, programme_id=programme.id, attachment_id=attachment.id)
    row.manifest_sha256, row.at, row.by = manifest_sha256, clock.now(), by.name
    db.session.add(row)
    audit.record("programmes.pack.kept", row, by, manifest=manifest_sha256, bytes=len(content))
    return row
