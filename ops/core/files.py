"""Kept files: proofs and scans, named by what is in them, never overwritten."""

import hashlib
import os
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.datastructures import FileStorage

from . import clock
from .access import Actor
from .db import Base, db
from .errors import Rejected

LARGEST = 20 * 1024 * 1024
KINDS = {
    ".pdf": "application/pdf", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".txt": "text/plain",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".csv": "text/csv",
    ".xls": "application/vnd.ms-excel",
}  # fmt: skip


class Attachment(Base):
    """附件: a file as it was handed in. `sha256` is its content; the same content is stored once."""

    __tablename__ = "attachment"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    kept_at: Mapped[datetime]
    kept_by: Mapped[str]

    @property
    def path(self) -> Path:
        return _folder() / self.sha256


def keep(upload: FileStorage, field: str, by: Actor) -> Attachment:
    """Store an uploaded file. Refuses kinds that are not documents or pictures, and more than 20 MB."""
    name = Path(upload.filename or "").name
    suffix = Path(name).suffix.lower()
    if suffix not in KINDS:
        raise Rejected(_l("Attach a file of one of these kinds: %(kinds)s.", kinds=" ".join(KINDS)), field)
    content = upload.stream.read(LARGEST + 1)
    if not content or len(content) > LARGEST:
        raise Rejected(_l("The file is empty or larger than 20 MB."), field)
    return keep_bytes(content, name, by)


def keep_bytes(content: bytes, name: str, by: Actor) -> Attachment:
    digest = hashlib.sha256(content).hexdigest()
    _folder().mkdir(parents=True, exist_ok=True)
    if not (_folder() / digest).exists():
        _write_whole(_folder() / digest, content)
    media_type = KINDS.get(Path(name).suffix.lower(), "application/octet-stream")
    kept = Attachment(
        sha256=digest, name=name, media_type=media_type, size=len(content), kept_at=clock.now(), kept_by=by.name
    )
    db.session.add(kept)
    return kept


def _write_whole(path: Path, content: bytes) -> None:
    """The name stands for the content: it appears only when all of it is written."""
    with NamedTemporaryFile(dir=path.parent, delete=False) as draft:
        draft.write(content)
    os.replace(draft.name, path)


def _folder() -> Path:
    instance: Path = current_app.extensions["ledger"].settings.instance
    return instance / "files"
