"""A machine that does random daily work and compares every figure with a recount in plain Python."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import Engine, Row, TextClause, func, inspect, select, text
from sqlalchemy.exc import IntegrityError

from ops.core import audit, clock
from ops.core.db import Base, db, transaction
from ops.core.errors import Rejected
from ops.core.period import Period, month, quarter, year
from ops.indicators import closing, evidence, readings, rollup, verification
from ops.indicators.catalogue import metrics
from ops.indicators.metric import ALL, Kind, Metric
from ops.indicators.models import Adjustment, ClosedFigure, Closing
from ops.indicators.readings import Figure
from tests.random_work.steps import BY, FIRST, LAST, Deed, Step
from tests.recounts.counted import Counted, recount, recount_of
from tests.recounts.hashes import hashes_of

REASON = "补录"
MONTHS = [month(2022, 12), *(month(2023, number) for number in (1, 2, 3, 4))]
CLOSABLE = [*MONTHS, quarter(2022, 4), quarter(2023, 1), year(2022), year(2023), Period(FIRST, FIRST)]
EVER = Period(year(2000).first, clock.today())
EVENINGS = ["refresh", "refresh", "refresh", "read", "close"]
periods = st.sampled_from(CLOSABLE) | st.tuples(st.dates(FIRST, LAST), st.dates(FIRST, LAST)).map(
    lambda ends: Period(min(ends), max(ends))
)


class DailyWork(RuleBasedStateMachine):
    """The work of one feature. `book` opens and closes a fresh database; all set by the test that runs the machine."""

    book: ClassVar[Any]
    arrangements: ClassVar[Sequence[Callable[[], None]]]
    steps: ClassVar[Sequence[Step]]
    checks_besides: ClassVar[Sequence[Callable[[], None]]] = ()
    closable: ClassVar[Sequence[Period]] = CLOSABLE
    periods: ClassVar[st.SearchStrategy[Period]] = periods
    most_deeds: ClassVar[int] = 8

    def __init__(self) -> None:
        super().__init__()
        self.book.open()
        with transaction():
            for arrange in self.arrangements:
                arrange()
        self.frozen: dict[int, list[tuple[Any, ...]]] = {}

    @rule(data=st.data(), gives_reason=st.booleans(), evening=st.sampled_from(EVENINGS))
    def day(self, data: Any, gives_reason: bool, evening: str) -> None:
        """Some deeds; then perhaps somebody looks at a figure, the night's job runs, or a period is closed.

        One rule and not several: Hypothesis switches rules off at random, and a day without work finds nothing.
        """
        for step in data.draw(st.lists(st.sampled_from(self.steps), min_size=4, max_size=self.most_deeds)):
            self.do(step(data.draw), gives_reason)
            if evening == "refresh":
                rollup.refresh()  # after each deed: what the next one fails to mark stays wrong
        if evening == "refresh":
            assert list(verification.drifts()) == []
        elif evening == "read":
            metric = metrics()[data.draw(st.sampled_from(sorted(metrics())))]
            check(metric, by_hand(metric.name), data.draw(self.periods), data.draw(st.sampled_from(scopes(metric))))
        elif evening == "close" and len(self.frozen) < 2:
            self.close(data.draw(st.sampled_from(self.closable)))

    def do(self, deed: Deed | None, gives_reason: bool) -> None:
        """Without a reason first: a closed period has to ask for one, and then nothing may have been written."""
        if deed is not None and self.owes_a_reason(deed) and gives_reason:
            before = count(Adjustment)
            assert refused(deed, REASON) is None
            made = db.session.scalars(select(Adjustment).order_by(Adjustment.id).offset(before)).all()
            doer = db.session.scalars(select(audit.AuditEntry.actor_name).order_by(audit.AuditEntry.id.desc())).first()
            assert {(row.reason, row.by) for row in made} == {(REASON, doer)}

    def owes_a_reason(self, deed: Deed) -> bool:
        before, adjusted = fingerprint(), count(Adjustment)
        refusal = refused(deed, None)
        if refusal is None:
            assert count(Adjustment) == adjusted
            return False
        assert fingerprint() == before
        return refusal.field == "reason"

    def close(self, period: Period) -> None:
        if closing.closing_of(period):
            return
        with transaction():
            made = closing.close(period, BY)
        self.frozen[made.id] = reported_rows(made.id)
        records = {name: by_hand(name) for name in metrics()}
        hashes = {name: hashes_of(metric, period) for name, metric in metrics().items()}
        for _closing, name, scope, part, whole, number, digest in self.frozen[made.id]:
            assert (part, whole, number) == recount(metrics()[name].kind, records[name], period, scope), name
            assert digest == hashes[name][scope]

    @invariant()
    def reported_figures_never_move(self) -> None:
        for key, rows in self.frozen.items():
            assert reported_rows(key) == rows

    def compared(self, metric: Metric) -> list[tuple[Period, int]]:
        """(period, scope) of the figures that are compared in the end."""
        return [(EVER, ALL), (MONTHS[2], ALL), (year(2023), scopes(metric)[-1])]

    def read_only(self, _metric: Metric) -> list[tuple[Period, int]]:
        """(period, scope) of further figures, whose evidence is not looked at."""
        return []

    def teardown(self) -> None:
        try:
            for metric in metrics().values():
                records = by_hand(metric.name)
                for period, scope in self.compared(metric):
                    check(metric, records, period, scope)
                for period, scope in self.read_only(metric):
                    check_figure(metric, records, period, scope)
                check_closings(metric, records)
            for check_besides in self.checks_besides:
                check_besides()
            rollup.refresh()
            assert list(verification.drifts()) == []
            assert list(audit.verify()) == []
        finally:
            self.book.close()


def by_hand(name: str) -> list[Counted]:
    count_by_hand = recount_of(name)
    assert count_by_hand, f"{name} has no recount: write it in tests/recounts (see its __init__.py)"
    return list(count_by_hand())


def scopes(metric: Metric) -> list[int]:
    return [ALL, *sorted(metric.scopes())[:2]] if metric.scopes else [ALL]


def check_figure(metric: Metric, records: Iterable[Counted], period: Period, scope: int) -> Figure:
    """The figure is the recount, to the last digit."""
    figure, expected = readings.read(metric.name, period, scope), recount(metric.kind, records, period, scope)
    assert (figure.part, figure.whole, figure.records) == expected, (metric.name, period.key, scope)
    nothing = expected[1] == 0 if metric.kind is Kind.RATIO else expected[2] == 0
    assert (figure.value is None) == nothing, (metric.name, period.key, scope)
    return figure


def check(metric: Metric, records: Iterable[Counted], period: Period, scope: int) -> None:
    """And so is what its evidence adds up to."""
    figure = check_figure(metric, records, period, scope)
    expected = (figure.part, figure.whole, figure.records)
    foot = evidence.foot(metric, period, scope)
    assert (foot.part, foot.whole, foot.records) == expected, (metric.name, period.key, scope)
    listed = evidence.page_of(figure, 1, per_page=100_000)
    assert len(listed) == foot.rows
    if metric.kind is Kind.DISTINCT:
        assert len(listed) == figure.part
    elif metric.kind is not Kind.LATEST:
        assert sum(row.part for row in listed) == figure.part


def check_closings(metric: Metric, records: Sequence[Counted]) -> None:
    """As reported plus the adjustments is what is known now, in every scope."""
    for made in db.session.scalars(select(Closing)):
        for scope in scopes(metric):
            expected = recount(metric.kind, records, made.period, scope)
            assert closing.known_now(made, metric.name, scope) == expected, (metric.name, made.period.key, scope)


def refused(deed: Deed, reason: str | None) -> Rejected | None:
    try:
        with transaction(reason):
            deed()
    except Rejected as refusal:
        return refusal
    except IntegrityError as refusal:  # the database's own fence; a page says it in words
        return Rejected(str(refusal.orig))
    return None


def reported_rows(closing_id: int) -> list[tuple[Any, ...]]:
    table = ClosedFigure.__table__
    rows = select(table).where(table.c.closing_id == closing_id).order_by(table.c.metric, table.c.scope)
    return [tuple(row) for row in db.session.execute(rows)]


def count(model: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def fingerprint() -> Row[Any]:
    """How many rows every table holds, and where the trail ends: in one statement."""
    return db.session.execute(_counts(db.engine)).one()


@cache
def _counts(engine: Engine) -> TextClause:
    """As text: a question of a hundred tables, asked after every deed, takes longer to build than to answer."""
    there = set(inspect(engine).get_table_names())
    tables = sorted(mapper.local_table.name for mapper in Base.registry.mappers)  # type: ignore[attr-defined]
    counts = [f'(SELECT count(*) FROM "{name}") AS of_{name}' for name in tables if name in there]
    return text(f"SELECT {', '.join(counts)}, (SELECT entry_hash FROM {audit.AuditHead.__tablename__}) AS head")
