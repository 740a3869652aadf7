"""Who drives a trip: one driver, or two on a long way."""

from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

if TYPE_CHECKING:
    from .models import Driver

HAS_SECOND = text("second_driver_id IS NOT NULL")
TWO_DRIVERS = (
    CheckConstraint("second_driver_id <> driver_id", name="two_drivers"),
    Index(
        "ix_dispatch_second_driver_starts", "second_driver_id", "starts_at",
        sqlite_where=HAS_SECOND, postgresql_where=HAS_SECOND,
    ),
)  # fmt: skip
AS_BEFORE = 0
"""The second driver of a trip that is changed: whoever it was; None is nobody."""


class Crewed:
    """The second driver (第二驾驶员), who is held all the time like the first; whoever sits at the wheel."""

    driver: Mapped["Driver"]

    @declared_attr
    def second_driver_id(cls) -> Mapped[int | None]:  # noqa: N805  a column of the class
        return mapped_column(ForeignKey("driver.id"))

    @declared_attr
    def second_driver(cls) -> Mapped["Driver | None"]:  # noqa: N805  a relationship of the class
        """Read at once for all trips of a list that have one; for none of them nothing is asked."""
        return relationship("Driver", foreign_keys=f"{cls.__name__}.second_driver_id", lazy="selectin")  # type: ignore[attr-defined]

    @property
    def drivers(self) -> "list[Driver]":
        return [self.driver, *filter(None, [self.second_driver])]

    @property
    def driver_names(self) -> str:
        return "/".join(each.name for each in self.drivers)
