"""What became of an expense that a driver noted on his phone."""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from ...core.db import Base
from ..driving.models import ExpenseKind
from .models import CostKind

COST_OF = {
    ExpenseKind.TOLL: CostKind.TOLLS,
    ExpenseKind.PARKING: CostKind.PARKING,
    ExpenseKind.FUEL: CostKind.ENERGY,
    ExpenseKind.OTHER: CostKind.OTHER,
}
EXPENSE_STATES = {
    "open": ("waiting", _l("to be taken over")),
    "taken": ("done", _l("in the ledger")),
    "refused": ("closed", _l("not taken over")),
}


class ExpenseTaking(Base):
    """途中费用入账: taken over into the ledger as `cost_id`; without one it was not, and `reason` says why.

    An expense whose cost was reversed is open again; the latest row stands.
    """

    __tablename__ = "expense_taking"
    __table_args__ = (CheckConstraint("cost_id IS NOT NULL OR reason <> ''", name="cost_or_reason"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    expense_id: Mapped[int] = mapped_column(ForeignKey("trip_expense.id"), index=True)
    cost_id: Mapped[int | None] = mapped_column(ForeignKey("vehicle_cost.id"), unique=True)
    reason: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
