"""Notices to people: a row for each who is told, in the words of his language, never sent twice for the same key.

Services and jobs send in the transaction of their deed; the bell of the shell counts what is unread.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
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
    bindparam,
    func,
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
TOLD = ("key", "words", "facts", "link", "made_at")
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
    asked = {f"told_{name}": value for name, value in _told(words, link, key).items()}
    asked |= {"role": str(role)} | ({} if unit_id is None else {"unit_id": unit_id})
    # past the session, which would only be slower: many a deed tells somebody
    return len(db.session.connection().execute(_to_holders(db.engine.dialect.name, unit_id is not None), asked).all())


@cache
def _to_holders(dialect: str, of_unit: bool) -> Any:
    """Put together once for each kind of question."""
    holders = select(ROLES.c.user_id).join(USERS, USERS.c.id == ROLES.c.user_id)
    holders = holders.where(ROLES.c.role == bindparam("role"), USERS.c.disabled_at.is_(None)).order_by(ROLES.c.user_id)
    if of_unit:
        holders = holders.where(USERS.c.unit_id == bindparam("unit_id"))
    values = [bindparam(f"told_{name}", type_=Notice.__table__.c[name].type) for name in TOLD]
    return _once(_insert(dialect).from_select(["user_id", *TOLD], holders.add_columns(*values)))


def send(user_ids: Iterable[int], words: Any, link: str, key: str) -> int:
    """Tell these users. `words`: a lazy message, `_l("…", …)`, whose values may be lazy too."""
    told = _told(words, link, key)
    rows = [{"user_id": user_id, **told} for user_id in sorted(set(user_ids))]
    if not rows:
        return 0
    return len(db.session.scalars(_once(_insert(db.engine.dialect.name).values(rows))).all())


def _told(words: Any, link: str, key: str) -> dict[str, Any]:
    message, facts = _kept(words)
    return dict(zip(TOLD, (key[:LONGEST_KEY], message, facts, link, clock.now()), strict=True))


def _insert(dialect: str) -> Any:
    made: Any = insert_on_postgresql if dialect == "postgresql" else insert_on_sqlite
    return made(Notice)


def _once(notices: Any) -> Any:
    """Who was told of it already is not told again; gives the ids of those who are."""
    return notices.on_conflict_do_nothing(index_elements=["user_id", "key"]).returning(Notice.id)


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
