"""The database: base of all models, exact numbers, the one thing that commits, and holding a row."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import cache
from operator import add, mul, sub, truediv
from typing import Any, ClassVar, TypeVar, cast

from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, Integer, MetaData, Select, bindparam, event, inspect, select, type_coerce
from sqlalchemy.orm import ColumnProperty, DeclarativeBase, ORMExecuteState, Session, lazyload
from sqlalchemy.types import TypeDecorator

from . import engines
from .config import Settings


class Base(DeclarativeBase):
    """Base of every model. `tracked = False` is for derived rows (readings, runs) that the audit trail leaves out.

    `unspoken`: columns that it leaves out, for not everybody who reads the trail may read them.
    """

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    tracked: ClassVar[bool] = True
    unspoken: ClassVar[tuple[str, ...]] = ()


db = SQLAlchemy(model_class=Base, disable_autonaming=True)


@event.listens_for(Base, "attribute_instrument", propagate=True)
def _know_what_was(_model: type[Any], _key: str, attribute: Any) -> None:
    """A change loads the value before it: the trail tells it, and the day that a record leaves becomes stale too."""
    if isinstance(attribute.property, ColumnProperty):
        attribute.impl.active_history = True


@event.listens_for(Session, "before_flush")
def _read_before_deleting(session: Session, _context: object, _rows: object) -> None:
    """A row that is gone tells nothing any more: load what is to be deleted while it is there."""
    for row in session.deleted:
        if inspect(row).expired_attributes:
            session.refresh(row)


@event.listens_for(Session, "after_flush")
def _note_written(session: Session, _context: object) -> None:
    session.info["written"] = True


@event.listens_for(Session, "do_orm_execute")
def _note_bulk(state: ORMExecuteState) -> None:
    """`wrote`: what is tracked was changed, for which a deed is to be named."""
    if state.is_insert or state.is_update or state.is_delete:
        state.session.info["written"] = True
        if state.bind_mapper and state.bind_mapper.class_.tracked:
            state.session.info["wrote"] = True


CommitHook = Callable[[Session], None]
Model = TypeVar("Model", bound=Base)


def removed(session: Session, context: Any) -> list[Any]:
    """The rows that a flush has deleted, those included that their owner let go of (delete-orphan)."""
    orphans = [
        state.obj() for state, (is_deleted, listed_only) in context.states.items() if is_deleted and not listed_only
    ]
    return [row for row in {*session.deleted, *orphans} if row is not None]


class Fixed(TypeDecorator[Decimal]):
    """An exact decimal with `scale` places, stored as a whole number.

    SQLite has no decimals, and both databases must add alike.
    """

    impl = BigInteger
    cache_ok = True

    class comparator_factory(TypeDecorator.Comparator[Decimal]):  # noqa: N801  SQLAlchemy's name for it
        """Sums and multiples stay exact decimals; what would lose the point silently is refused."""

        def operate(self, op: Any, *others: Any, **kwargs: Any) -> Any:
            scales = {getattr(other.type, "scale", None) for other in others if hasattr(other, "type")}
            if op is truediv or (op is mul and scales - {None}):
                raise TypeError("a fixed decimal is multiplied by whole numbers only: divide and multiply it in Python")
            if op in (add, sub) and scales - {cast("Fixed", self.type).scale}:
                raise TypeError("only fixed decimals of the same scale can be added: give the columns the same scale")
            made = super().operate(op, *others, **kwargs)
            return type_coerce(made, self.type) if op in (add, sub, mul) else made

    def __init__(self, scale: int) -> None:
        super().__init__()
        self.scale = scale

    def process_bind_param(self, value: Decimal | int | None, dialect: Any) -> int | None:
        if value is None:
            return None
        if isinstance(value, float):
            raise TypeError("a float is not exact: give a Decimal")
        scaled = Decimal(value).scaleb(self.scale)
        if scaled != scaled.to_integral_value():
            raise ValueError(f"{value} has more than {self.scale} decimal places")
        return int(scaled)

    def process_result_value(self, value: Any, dialect: Any) -> Decimal | None:
        return None if value is None else Decimal(int(value)).scaleb(-self.scale)

    def coerce_compared_value(self, op: Any, value: Any) -> Any:
        """A bound number beside the column is scaled as it is; a factor counts how often."""
        return Integer() if op is mul else self


@contextmanager
def transaction(reason: str | None = None) -> Iterator[Session]:
    """The only thing that commits. Inside another transaction it joins it.

    `reason`: why a record of a closed period is being changed (adjustments, design 6.7).
    Whatever was only read before is let go, so that the work sees the newest state.
    """
    session = db.session()
    if session.info.get("open"):
        yield session
        return
    with engines.turn_to_write(db.engine):
        _let_go(session)
        session.info.clear()
        session.info.update(open=True, reason=(reason or "").strip() or None)
        token = engines.writing.set(True)
        try:
            yield session
            session.flush()
            for hook in current_app.extensions["ledger"].commit_hooks:
                hook(session)
            session.commit()
        finally:
            session.info.clear()
            engines.writing.reset(token)
            session.rollback()


def _let_go(session: Session) -> None:
    """What was read is read anew."""
    if _may_go_on(session):
        session.expire_all()
    else:
        session.rollback()


def _may_go_on(session: Session) -> bool:
    """PostgreSQL shows each statement the newest state: where only reads went before, it need not begin again."""
    touched = session.new or session.dirty or session.deleted or session.info.keys() & {"written", "one_state"}
    if touched or not session.is_active or not session.in_transaction():
        return False
    return engines.may_go_on(session.connection())


@contextmanager
def savepoint() -> Iterator[None]:
    """A part of a transaction that may fail alone: what it wrote is undone, and what was noted of it (deeds, touched
    days) is forgotten; the rest of the transaction goes on.
    """
    session = db.session()
    session.flush()
    noted = {key: value.copy() if hasattr(value, "copy") else value for key, value in session.info.items()}
    try:
        with session.begin_nested():
            yield
    except BaseException:
        session.info.clear()
        session.info.update(noted)
        raise


@contextmanager
def snapshot() -> Iterator[Session]:
    """Reads that belong together see one state of the database, however long they take. Nothing is written in it."""
    session = db.session()
    session.rollback()
    if db.engine.dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    session.info["one_state"] = True
    try:
        yield session
    finally:
        session.info.pop("one_state", None)
        session.rollback()


def hold(model: type[Model], *ids: int) -> list[Model]:
    """Take the rows one depends on before checking; in a fixed order, so that two holders never wait for each other.

    PostgreSQL locks the rows (without their keys, so that rows which refer to them may still be added);
    on SQLite the transaction already is the only writer.
    """
    return list(db.session.scalars(_to_hold(model), {"ids": ids}))


@cache
def _to_hold(model: type[Model]) -> Select[Model]:
    key = model.__mapper__.primary_key[0]
    # what hangs on the row is read after it is held, and only when it is asked for
    rows = select(model).where(key.in_(bindparam("ids", expanding=True))).order_by(key).options(lazyload("*"))
    return rows.with_for_update(of=model, key_share=True).execution_options(populate_existing=True)


def hold_row(row: Base) -> None:
    """Hold a row that was read before this transaction: its key is known without reading it again."""
    hold(type(row), *(inspect(row).identity or ()))


def init_db(app: Flask, settings: Settings) -> None:
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {
        "query_cache_size": 2000,  # more statements than the usual 500 are in daily use
        "pool_size": 20,
        "max_overflow": 10,
    }
    db.init_app(app)
    with app.app_context():
        engines.prepare(db.engine)
