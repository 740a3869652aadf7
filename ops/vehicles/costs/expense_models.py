"""What became of the expenses that drivers noted on the way."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from ...core.db import Base


class ExpenseVerdict(Base):
    """途中费用审核: entered in the ledger as a cost, or not accepted and why; once."""

    __tablename__ = "expense_verdict"
    __table_args__ = (CheckConstraint("(cost_id IS NULL) = (reason IS NOT NULL)", name="cost_or_reason"),)

    expense_id: Mapped[int] = mapped_column(ForeignKey("trip_expense.id"), primary_key=True)
    cost_id: Mapped[int | None] = mapped_column(ForeignKey("vehicle_cost.id"), unique=True)
    reason: Mapped[str | None]
    at: Mapped[datetime]
    by: Mapped[str]
