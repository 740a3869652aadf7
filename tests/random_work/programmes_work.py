"""Finance's work: payments out of every source to every kind of payee, reversals, changes of the budget."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st
from sqlalchemy import select

from ops.core.db import db
from ops.programmes import queries, service
from ops.programmes.models import BudgetChange, PayeeKind, Payment, Programme, Source
from ops.programmes.targets import importing
from tests.programmes.reference import SOURCE, document_text
from tests.random_work.steps import BY, DAYS, Deed, Draw, ids, money, one_of, some

days = st.sampled_from([day for day in DAYS if day.year == 2023])
sources = st.sampled_from(Source)


def arrange() -> None:
    """The six programmes of 2023, as published."""
    importing.store(document_text().encode(), SOURCE, BY)


def pay(draw: Draw) -> Deed | None:
    """Now and then with a voucher that is taken, or in the year before."""
    programme = db.session.get_one(Programme, one_of(Programme, draw))
    day, amount = draw(days | st.just(date(2022, 12, 31))), money(draw)
    source, kind, payee = draw(sources), draw(st.sampled_from(PayeeKind)), draw(st.sampled_from(["甲01", "乙02"]))
    voucher = f"V{draw(st.integers(max(1, len(ids(Payment)) - 1), len(ids(Payment)) + 1))}"
    return lambda: service.pay(programme, day, amount, source, kind, payee, voucher, "", BY)


def reverse(draw: Draw) -> Deed | None:
    payment = some(Payment, draw)
    return payment and (lambda: service.reverse(payment, "误付", BY))


def change_budget(draw: Draw) -> Deed | None:
    programme = db.session.get_one(Programme, one_of(Programme, draw))
    day, source, amount = draw(days), draw(sources), draw(st.decimals(-99999, 99999, places=2))
    return lambda: service.change_budget(programme, day, source, amount, "调整文件", BY)


def check_besides() -> None:
    """The budget of the year is what the document says, and every change."""
    changes = db.session.scalars(select(BudgetChange)).all()
    for programme in db.session.scalars(select(Programme)):
        own = [row.amount for row in changes if row.programme_id == programme.id]
        assert queries.full_budget(programme) == (programme.initial() or Decimal(0)) + sum(own)


STEPS = (pay, pay, pay, pay, reverse, reverse, change_budget)
