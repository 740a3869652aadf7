"""A feature made for tests: it has every kind of metric, scopes and exact decimals; its tables are in no migration."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, case, select, union_all
from sqlalchemy.orm import Mapped, mapped_column

from ops.core.db import Base, Fixed, db
from ops.core.feature import Feature
from ops.indicators.metric import Kind, Metric, Watch, counting
from ops.vehicles.permissions import Permission

CANTEENS = {1: "一食堂", 2: "二食堂", 3: "三食堂"}


class Serving(Base):
    """A meal that somebody has eaten."""

    __tablename__ = "sample_serving"

    id: Mapped[int] = mapped_column(primary_key=True)
    canteen: Mapped[int]
    day: Mapped[date]
    diner: Mapped[int]
    price: Mapped[Decimal] = mapped_column(Fixed(2))
    satisfied: Mapped[bool]


class Stall(Base):
    """Something that stands from a day on, until another."""

    __tablename__ = "sample_stall"

    id: Mapped[int] = mapped_column(primary_key=True)
    canteen: Mapped[int]
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]


class Inspection(Base):
    __tablename__ = "sample_inspection"

    id: Mapped[int] = mapped_column(primary_key=True)
    canteen: Mapped[int]
    day: Mapped[date]


TABLES = [model.__table__ for model in (Serving, Stall, Inspection)]
for table in TABLES:
    Base.metadata.remove(table)  # no migration makes them, and none is to miss them


def create_tables() -> None:
    for table in TABLES:
        table.create(db.engine)


def canteens() -> Mapping[int, str]:
    return CANTEENS


def _servings(**what: Any) -> Select[Any]:
    return counting(record_id=Serving.id, day=Serving.day, scope=Serving.canteen, label="餐", **what)


def meals() -> Select[Any]:
    return _servings()


def takings() -> Select[Any]:
    return _servings(part=Serving.price)


def diners() -> Select[Any]:
    return _servings(member=Serving.diner)


def satisfaction() -> Select[Any]:
    return _servings(part=case((Serving.satisfied, 1), else_=0))


def stalls() -> Select[Any]:
    opens = counting(record_id=Stall.id, day=Stall.opened_on, scope=Stall.canteen, label="窗口")
    closes = counting(record_id=Stall.id, day=Stall.closed_on, scope=Stall.canteen, label="窗口", part=-1)
    rows = union_all(opens, closes.where(Stall.closed_on.is_not(None))).subquery()
    return select(*rows.c)


def inspected() -> Select[Any]:
    return counting(record_id=Inspection.id, day=Inspection.day, scope=Inspection.canteen, label="检查")


def _metric(noun: str, kind: Kind, select_: Any, watch: Watch, places: int = 0) -> Metric:
    return Metric(
        name=f"sample.{noun}",
        label=noun,
        definition=noun,
        kind=kind,
        unit="",
        select=select_,
        watches=(watch,),
        needs=Permission.FIGURE_READ,
        scopes=canteens,
        places=places,
    )


SERVED = Watch(Serving, ("day",))
METRICS = (
    _metric("meals", Kind.COUNT, meals, SERVED),
    _metric("takings", Kind.AMOUNT, takings, SERVED, places=2),
    _metric("diners", Kind.DISTINCT, diners, SERVED),
    _metric("satisfaction", Kind.RATIO, satisfaction, SERVED),
    _metric("stalls", Kind.LEVEL, stalls, Watch(Stall, ("opened_on", "closed_on"))),
    _metric("inspected", Kind.LATEST, inspected, Watch(Inspection, ("day",))),
)
FEATURE = Feature(name="sample", label="sample", publishes=METRICS)
