"""Reads of lists that were handed in."""

from collections.abc import Sequence

from sqlalchemy import select

from ...core.db import db
from .models import CarIntake, CarIntakeFault


def latest() -> Sequence[CarIntake]:
    return db.session.scalars(select(CarIntake).order_by(CarIntake.id.desc()).limit(10)).all()


def faults(intake_id: int) -> Sequence[CarIntakeFault]:
    found = select(CarIntakeFault).where(CarIntakeFault.intake_id == intake_id)
    return db.session.scalars(found.order_by(CarIntakeFault.line, CarIntakeFault.id)).all()
