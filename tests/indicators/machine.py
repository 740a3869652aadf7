"""A machine that does random daily work and compares every figure with a recount in plain Python."""

from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import func, select

from ops.core import audit
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.core.period import Period, month, quarter, year
from ops.indicators import closing, digests, evidence, readings, rollup, verification
from ops.indicators.catalogue import metrics
from ops.indicators.metric import ALL, Metric
from ops.indicators.models import Adjustment, ClosedFigure, Closing
from tests.indicators.recount import TRUTHS, Sums, recount
from tests.indicators.work import BY, FIRST, LAST, STEPS, Deed

REASON = "补录"
MONTHS = [month(2022, 12), *(month(2023, number) for number in (1, 2, 3, 4))]
CLOSABLE = [*MONTHS, quarter(2022, 4), quarter(2023, 1), year(2022), year(2023), Period(FIRST, FIRST)]
periods = st.sampled_from(CLOSABLE) | st.tuples(st.dates(FIRST, LAST), st.dates(FIRST, LAST)).map(
    lambda ends: Period(min(ends), max(ends))
)
scopes = st.integers(0, 3)


class DailyWork(RuleBasedStateMachine):
    """`book` opens and closes a fresh database; set by the test that runs the machine."""

    book: ClassVar[Any]

    def __init__(self) -> None:
        super().__init__()
        self.book.open()
        self.frozen: dict[int, list[tuple[Any, ...]]] = {}

    @rule(step=st.sampled_from(STEPS), data=st.data(), gives_reason=st.booleans())
    def work(self, step: Any, data: Any, gives_reason: bool) -> None:
        """Without a reason first: a closed period has to ask for one, and then nothing may have been written."""
        deed = step().plan(data.draw)
        if deed is not None and self.owes_a_reason(deed) and gives_reason:
            before = count(Adjustment)
            assert self.refused(deed, REASON) is None
            made = db.session.scalars(select(Adjustment).order_by(Adjustment.id).offset(before)).all()
            assert made
            assert {(row.reason, row.by) for row in made} == {(REASON, BY.name)}

    def owes_a_reason(self, deed: Deed) -> bool:
        before, adjusted = fingerprint(), count(Adjustment)
        refusal = self.refused(deed, None)
        if refusal is None:
            assert count(Adjustment) == adjusted
            return False
        assert fingerprint() == before
        return refusal.field == "reason"

    def refused(self, deed: Deed, reason: str | None) -> Rejected | None:
        try:
            with transaction(reason):
                deed()
        except Rejected as refusal:
            return refusal
        return None

    @precondition(lambda self: len(self.frozen) < 4)
    @rule(period=st.sampled_from(CLOSABLE))
    def close(self, period: Period) -> None:
        if closing.closing_of(period):
            return
        with transaction():
            made = closing.close(period, BY)
        self.frozen[made.id] = reported_rows(made.id)
        for row in self.frozen[made.id]:
            _closing, name, scope, part, whole, records, digest = row
            metric = metrics()[name]
            assert (part, whole, records) == truth(metric, period, scope)
            assert digest == digests.counted_now(metric, period)[scope]

    @rule(name=st.sampled_from(sorted(TRUTHS)), period=periods, scope=scopes)
    def read(self, name: str, period: Period, scope: int) -> None:
        check(metrics()[name], period, scope)

    @rule()
    def refresh_at_night(self) -> None:
        rollup.refresh()

    @invariant()
    def reported_figures_never_move(self) -> None:
        for key, rows in self.frozen.items():
            assert reported_rows(key) == rows

    def teardown(self) -> None:
        try:
            for metric in (metrics()[name] for name in TRUTHS):
                for scope in (ALL, 1, 2, 3) if metric.scopes else (ALL,):
                    check(metric, year(2023), scope)
                    check(metric, MONTHS[2], scope)
            for made in db.session.scalars(select(Closing)):
                check_closing(made)
            rollup.refresh()
            assert list(verification.drifts()) == []
            assert list(audit.verify()) == []
        finally:
            self.book.close()


def truth(metric: Metric, period: Period, scope: int) -> Sums:
    """A metric that no step of the machine feeds has no rows, and must say so."""
    return recount(metric.kind, TRUTHS.get(metric.name, list)(), period, scope)


def check(metric: Metric, period: Period, scope: int) -> None:
    """The figure is the recount, to the last digit, and so is what its evidence adds up to."""
    figure, expected = readings.read(metric.name, period, scope), truth(metric, period, scope)
    assert (figure.part, figure.whole, figure.records) == expected
    assert (figure.value is None) == (expected[2] == 0)
    foot = evidence.foot(metric, period, scope)
    assert (foot.part, foot.whole, foot.records) == expected
    assert len(evidence.page(metric, period, scope, 1, per_page=1000)) == foot.rows


def check_closing(made: Closing) -> None:
    """As reported plus the adjustments is what is known now, in every scope."""
    for name in TRUTHS:
        for scope in (ALL, 1, 2, 3):
            assert closing.known_now(made, name, scope) == truth(metrics()[name], made.period, scope)


def reported_rows(closing_id: int) -> list[tuple[Any, ...]]:
    table = ClosedFigure.__table__
    rows = select(table).where(table.c.closing_id == closing_id).order_by(table.c.metric, table.c.scope)
    return [tuple(row) for row in db.session.execute(rows)]


def count(model: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def fingerprint() -> list[int]:
    """How many rows every table holds, and where the trail ends."""
    tables = [*{mapper.local_table for mapper in audit.Base.registry.mappers}]
    counts = [count(table) for table in sorted(tables, key=lambda table: table.name)]
    return [*counts, hash(db.session.get_one(audit.AuditHead, 1, populate_existing=True).entry_hash)]
