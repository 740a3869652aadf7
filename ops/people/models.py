"""Units, their people and the users of the system."""

from datetime import date, datetime
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from flask_login import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..core.db import Base
from .ranks import Rank
from .roles import Role


class UnitKind(StrEnum):
    """单位性质."""

    ORGAN = "organ"
    INSTITUTION = "institution"
    ENTERPRISE = "enterprise"


UNIT_KIND_LABELS = {
    UnitKind.ORGAN: _l("Party or government body"),
    UnitKind.INSTITUTION: _l("Public institution"),
    UnitKind.ENTERPRISE: _l("Enterprise"),
}


class Unit(Base):
    """单位: a government body, institution or enterprise that the centre serves."""

    __tablename__ = "unit"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    demo: Mapped[bool] = mapped_column(default=False)


class Headcount(Base):
    """编制与实有: approved posts and people in post of a unit, by rank, from a date on until the next row."""

    __tablename__ = "headcount"
    __table_args__ = (
        UniqueConstraint("unit_id", "rank", "from_on"),
        CheckConstraint("approved >= 0 AND in_post >= 0", name="not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    rank: Mapped[str]
    from_on: Mapped[date]
    approved: Mapped[int]
    in_post: Mapped[int]


class Staff(Base):
    """工作人员: someone of a unit who may be given a seat; called by name and number."""

    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    rank: Mapped[str] = mapped_column(default=Rank.STAFF)
    joined_on: Mapped[date]
    left_on: Mapped[date | None]
    unit: Mapped[Unit] = relationship()


class Section(Base):
    """科室: one of the centre's own nine sections, with its duties as published."""

    __tablename__ = "section"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    duties: Mapped[str]


class User(Base, UserMixin):  # type: ignore[misc]
    """用户: someone who signs in. No password hash means that he cannot."""

    __tablename__ = "user"
    unspoken = ("password_hash",)

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str | None]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    section_id: Mapped[int | None] = mapped_column(ForeignKey("section.id"))
    disabled_at: Mapped[datetime | None]
    demo: Mapped[bool] = mapped_column(default=False)
    roles: Mapped[list["UserRole"]] = relationship(cascade="all, delete-orphan", lazy="selectin")

    @property
    def is_active(self) -> bool:
        return self.disabled_at is None


class UserRole(Base):
    """用户角色."""

    __tablename__ = "user_role"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)

    @property
    def kind(self) -> Role:
        return Role(self.role)


class SignInAttempt(Base):
    """登录尝试: kept to slow down guessing; one row per failure, forgotten after success."""

    __tablename__ = "sign_in_attempt"
    tracked = False

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(index=True)
    address: Mapped[str]
    at: Mapped[datetime]


class ApiToken(Base):
    """访问令牌: with it a machine acts as its user at the JSON door. Only the hash of the secret is kept."""

    __tablename__ = "api_token"
    unspoken = ("secret_hash",)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    name: Mapped[str]
    secret_hash: Mapped[str] = mapped_column(unique=True)
    expires_on: Mapped[date | None]
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[str | None]
