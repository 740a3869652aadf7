"""What people decide when a year is evaluated: settings, weights, grades, causes, signatures.

Rows are only ever added: the newest counts, the earlier stay.
"""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ...core.db import Base, Fixed
from ...core.files import Attachment


class Judgement(Base):
    """定性评分: the grade of a target in words or of a late one, and points within the grade's band."""

    __tablename__ = "judgement"

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"), index=True)
    grade: Mapped[str]
    points: Mapped[Decimal] = mapped_column(Fixed(2))
    at: Mapped[datetime]
    by: Mapped[str]


class DeviationReason(Base):
    """偏差原因分析及改进措施 of one row; row 0 is the execution of the budget."""

    __tablename__ = "deviation_reason"

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    row: Mapped[int]
    cause: Mapped[str] = mapped_column(Text)
    measure: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by: Mapped[str]


class ScoringVersion(Base):
    """计分规则: a version of one scoring setting, in force from `valid_from`. `value` is JSON, null when off."""

    __tablename__ = "scoring_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(index=True)
    value: Mapped[str] = mapped_column(Text)
    valid_from: Mapped[date]
    document: Mapped[str]
    clause: Mapped[str]
    source: Mapped[str]
    confirmed: Mapped[bool]
    at: Mapped[datetime]
    by: Mapped[str]


class WeightRevision(Base):
    """分值调整: new weights of a programme's indicators, all at once, with the reason."""

    __tablename__ = "weight_revision"

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    because: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by: Mapped[str]
    weights: Mapped[list["IndicatorWeight"]] = relationship(
        order_by="IndicatorWeight.indicator_id", lazy="selectin", cascade="all, delete-orphan"
    )


class IndicatorWeight(Base):
    """分值: of one indicator, as a revision set it."""

    __tablename__ = "indicator_weight"

    revision_id: Mapped[int] = mapped_column(ForeignKey("weight_revision.id"), primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"), primary_key=True)
    weight: Mapped[Decimal] = mapped_column(Fixed(2))


class FormSignature(Base):
    """签审: one step signed by one person, for exactly the content whose hash stands here."""

    __tablename__ = "form_signature"
    __table_args__ = (Index("ix_form_signature_programme_id_step", "programme_id", "step"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    step: Mapped[str]
    content_hash: Mapped[str]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
    by: Mapped[str]
    withdrawal: Mapped["SignatureWithdrawal | None"] = relationship(lazy="selectin")


class SignatureWithdrawal(Base):
    """撤回签审: the signature no longer counts."""

    __tablename__ = "signature_withdrawal"

    signature_id: Mapped[int] = mapped_column(ForeignKey("form_signature.id"), primary_key=True)
    because: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by: Mapped[str]


class KeptReport(Base):
    """留存的自评表: a file of the form as it was signed or closed, byte for byte."""

    __tablename__ = "kept_report"
    __table_args__ = (UniqueConstraint("programme_id", "occasion", "attachment_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    occasion: Mapped[str]
    content_hash: Mapped[str]
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"))
    at: Mapped[datetime]
    by: Mapped[str]
    attachment: Mapped[Attachment] = relationship(lazy="joined")
