"""Kept files: proofs and scans, named by what is in them, never overwritten."""

import hashlib
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import Gone

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


class FileGone(Gone):
    """The file is recorded and is not on this machine: a page that says which one (410), never a fault of ours."""

    def __init__(self, attachment: "Attachment") -> None:
        super().__init__()
        self.attachment = attachment


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
        """Where its content lies. Raises FileGone where it does not, and logs it."""
        if not self._place.is_file():
            said = (self.id, self.name, self.size, self.sha256)
            current_app.logger.error("kept file %s %r (%s bytes, sha256 %s) is missing", *said)
            raise FileGone(self)
        return self._place

    @property
    def _place(self) -> Path:
        return _folder() / self.sha256

    @property
    def fault(self) -> str | None:
        """What is wrong with its content on this machine, in a word."""
        if not self._place.is_file():
            return "missing"
        with self._place.open("rb") as content:
            same = hashlib.file_digest(content, "sha256").hexdigest() == self.sha256
        return None if same else "altered"


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


def faults() -> Iterator[str]:
    """Every file that is recorded and is missing or altered on this machine, in words; none when all are whole."""
    for each in db.session.scalars(select(Attachment).order_by(Attachment.id).execution_options(yield_per=1000)):
        if fault := each.fault:
            yield f"kept file {each.id} {each.name} ({each.size} bytes, sha256 {each.sha256}) is {fault}"


def _write_whole(path: Path, content: bytes) -> None:
    """The name stands for the content: it appears only when all of it is written."""
    with NamedTemporaryFile(dir=path.parent, delete=False) as draft:
        draft.write(content)
    os.replace(draft.name, path)


def _folder() -> Path:
    instance: Path = current_app.extensions["ledger"].settings.instance
    return instance / "files"
