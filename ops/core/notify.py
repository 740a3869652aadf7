"""Notices to people: a row for each who is told, in the words of his language, never sent twice for the same key.

Services and jobs send in the transaction of their deed; the bell of the shell counts what is unread.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_babel import gettext
from sqlalchemy import (
    JSON,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    UniqueConstraint,
    func,
    literal,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as insert_on_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_on_sqlite
from sqlalchemy.orm import Mapped, mapped_column

from . import clock
from .access import Actor
from .db import Base, db

LONGEST_KEY = 200
# who holds a role is people's business, one floor above: here it is two tables by their names
_beside = MetaData()
USERS = Table("user", _beside, Column("id", Integer), Column("unit_id", Integer), Column("disabled_at", DateTime))
ROLES = Table("user_role", _beside, Column("user_id", Integer), Column("role", String))


class Notice(Base):
    """通知: what a user is told. `words` is the English message with its `facts`; a page says it in its language.

    `link`: the page to go to, a path of ours. `key`: what it is about; the same user is told once for a key.
    """

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("user_id", "key", name="uq_notice_user_id_key"),
        Index("ix_notice_user_id_read_at", "user_id", "read_at"),
    )
    tracked = False  # a message about a record; the record's own change stands in the trail

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    key: Mapped[str]
    words: Mapped[str]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    link: Mapped[str]
    made_at: Mapped[datetime]
    read_at: Mapped[datetime | None]

    @property
    def text(self) -> str:
        return _said(self.words, self.facts)


def send_to_role(role: str, words: Any, link: str, key: str, unit_id: int | None = None) -> int:
    """Tell everybody who holds the role now, or those of one unit. Returns how many had not been told yet."""
    holders = select(ROLES.c.user_id).join(USERS, USERS.c.id == ROLES.c.user_id)
    holders = holders.where(ROLES.c.role == str(role), USERS.c.disabled_at.is_(None)).order_by(ROLES.c.user_id)
    if unit_id is not None:
        holders = holders.where(USERS.c.unit_id == unit_id)
    told = _told(words, link, key)
    values = [literal(value, Notice.__table__.c[name].type) for name, value in told.items()]
    return _add(_insert(Notice).from_select(["user_id", *told], holders.add_columns(*values)))


def send(user_ids: Iterable[int], words: Any, link: str, key: str) -> int:
    """Tell these users. `words`: a lazy message, `_l("…", …)`, whose values may be lazy too."""
    told = _told(words, link, key)
    rows = [{"user_id": user_id, **told} for user_id in sorted(set(user_ids))]
    return _add(_insert(Notice).values(rows)) if rows else 0


def _told(words: Any, link: str, key: str) -> dict[str, Any]:
    message, facts = _kept(words)
    return {"key": key[:LONGEST_KEY], "words": message, "facts": facts, "link": link, "made_at": clock.now()}


def _insert(model: Any) -> Any:
    made: Any = insert_on_postgresql if db.engine.dialect.name == "postgresql" else insert_on_sqlite
    return made(model)


def _add(notices: Any) -> int:
    added = notices.on_conflict_do_nothing(index_elements=["user_id", "key"])
    return len(db.session.scalars(added.returning(Notice.id)).all())


def notices_of(actor: Actor) -> Select[Any]:
    return select(Notice).where(Notice.user_id == actor.user_id)


def unread(actor: Actor) -> int:
    """How many notices the actor has not read: one look into an index."""
    waiting = select(func.count()).select_from(Notice)
    waiting = waiting.where(Notice.user_id == actor.user_id, Notice.read_at.is_(None))
    return db.session.scalar(waiting) or 0


def mark_read(actor: Actor, notice_id: int | None = None) -> None:
    """One notice, or all; what was read keeps the time it was read at first. Others' notices stay as they are."""
    mine = update(Notice).where(Notice.user_id == actor.user_id, Notice.read_at.is_(None))
    if notice_id is not None:
        mine = mine.where(Notice.id == notice_id)
    db.session.execute(mine.values(read_at=clock.now()))


def _kept(words: Any) -> tuple[str, dict[str, Any]]:
    """The English message and its values, from what lazy_gettext made; plain text stays as it is."""
    if not hasattr(words, "_kwargs"):
        return str(words), {}
    return str(words._args[0]), {name: _fact(value) for name, value in words._kwargs.items()}


def _fact(value: Any) -> Any:
    if hasattr(value, "_kwargs"):
        message, facts = _kept(value)
        return {"words": message, "facts": facts}
    return value if isinstance(value, int | str) else str(value)


def _said(words: str, facts: dict[str, Any]) -> str:
    known = {
        name: _said(value["words"], value["facts"]) if isinstance(value, dict) else value
        for name, value in facts.items()
    }
    return str(gettext(words, **known))
