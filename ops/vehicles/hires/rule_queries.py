"""Reads of what hiring goes by."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from ...core.db import db
from .rule_models import HireClassRule, HireReasonClass, HireSetting, HireSettingName


def reasons() -> Sequence[HireReasonClass]:
    return db.session.scalars(select(HireReasonClass).order_by(HireReasonClass.id)).all()


def reasons_in_force(day: date) -> list[HireReasonClass]:
    return [each for each in reasons() if each.valid_from <= day and (each.to_on is None or day < each.to_on)]


def reason(code: str, day: date) -> HireReasonClass | None:
    return next((each for each in reasons_in_force(day) if each.code == code), None)


def reason_labels() -> dict[str, object]:
    """Every kind there was and is, by its code."""
    return {each.code: each.label for each in reasons()}


def class_rules() -> Sequence[HireClassRule]:
    order = (HireClassRule.seats, HireClassRule.valid_from)
    return db.session.scalars(select(HireClassRule).order_by(*order)).all()


def classes(day: date) -> dict[str, HireClassRule]:
    """The latest rule of each class that had begun by that day."""
    rows = select(HireClassRule).where(HireClassRule.valid_from <= day).order_by(HireClassRule.valid_from)
    return {each.vehicle_class: each for each in db.session.scalars(rows)}


def settings() -> Sequence[HireSetting]:
    return db.session.scalars(select(HireSetting).order_by(HireSetting.name, HireSetting.valid_from.desc())).all()


def setting(name: HireSettingName, day: date) -> Decimal:
    """The value in force on the day; nothing where nobody set one."""
    rows = select(HireSetting.value).where(HireSetting.name == name, HireSetting.valid_from <= day)
    return db.session.scalar(rows.order_by(HireSetting.valid_from.desc()).limit(1)) or Decimal(0)
