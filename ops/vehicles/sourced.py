"""The columns of a rule that is kept as dated data: from when, by which paper, and who entered it."""

from datetime import date, datetime

from sqlalchemy.orm import Mapped


class Sourced:
    """来源: `source` where it was read; `confirmed`: the house's own paper says so, else it is from elsewhere."""

    valid_from: Mapped[date]
    source: Mapped[str]
    confirmed: Mapped[bool]
    set_at: Mapped[datetime]
    set_by: Mapped[str]


class Cited(Sourced):
    """With the document and its clause, 文件和条款."""

    document: Mapped[str]
    clause: Mapped[str]
