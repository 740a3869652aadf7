"""Which dispatch came from which row of another ledger."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from ...core.db import Base


class DispatchOrigin(Base):
    """派车来源: the number that the dispatch has in the other ledger; the same number comes in once."""

    __tablename__ = "dispatch_origin"

    number: Mapped[str] = mapped_column(primary_key=True)
    dispatch_id: Mapped[int] = mapped_column(ForeignKey("dispatch.id"), unique=True)
    at: Mapped[datetime]
    by: Mapped[str]
