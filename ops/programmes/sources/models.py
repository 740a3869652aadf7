"""What people write down about where figures come from. Rows are only ever added: the newest counts."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from ...core.db import Base


class QualityNote(Base):
    """数据质量说明: the five questions about an indicator's figure, as a person answered them."""

    __tablename__ = "quality_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"), index=True)
    verified: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    accuracy: Mapped[str] = mapped_column(Text)
    limits: Mapped[str] = mapped_column(Text)
    compensated: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by: Mapped[str]
