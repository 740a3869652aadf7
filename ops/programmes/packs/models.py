"""Packs that were kept after a closing."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ...core.db import Base
from ...core.files import Attachment


class KeptPack(Base):
    """存档证据包: the pack of a programme as it was after a closing; `manifest_sha256` is what an auditor compares."""

    __tablename__ = "kept_pack"

    closing_id: Mapped[int] = mapped_column(ForeignKey("closing.id"), primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), primary_key=True)
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"))
    manifest_sha256: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
    attachment: Mapped[Attachment] = relationship(lazy="joined")
