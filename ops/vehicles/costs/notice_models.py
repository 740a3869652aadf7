"""The monthly notice as it was made public."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ...core.db import Base, Fixed
from ...core.files import Attachment


class UseNotice(Base):
    """用车公示: a month as it was published, with the very list; published anew, the latest row stands."""

    __tablename__ = "use_notice"

    id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[date] = mapped_column(index=True)
    trips: Mapped[int]
    kilometres: Mapped[int]
    cost: Mapped[Decimal] = mapped_column(Fixed(2))
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"))
    at: Mapped[datetime]
    by: Mapped[str]
    attachment: Mapped[Attachment] = relationship(lazy="joined")
