"""Places out of the district, from a day on."""

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ...core.db import Base
from ..sourced import Sourced


class FarPlace(Sourced, Base):
    """区外地点: a destination with this name in it lies out of the district, some `km` one way where that is known.

    Of one name the latest that has begun holds; `outside` False takes the name off the list again.
    """

    __tablename__ = "far_place"
    __table_args__ = (
        UniqueConstraint("name", "valid_from", name="uq_far_place_name_valid_from"),
        CheckConstraint("km > 0", name="km_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    km: Mapped[int | None]
    outside: Mapped[bool]
