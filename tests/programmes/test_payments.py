"""Payments: recorded, reversed, counted."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.core.period import month, year
from ops.indicators import closing, evidence
from ops.indicators.catalogue import metrics
from ops.indicators.readings import read
from ops.people.roles import Role
from ops.programmes import queries, service
from ops.programmes.models import Payment
from ops.programmes.money import in_yuan, wan
from tests.app_fixtures import SignIn
from tests.programmes.factories import define_names, make_payment, stored_programme, typed_payment

YEAR = year(2023)
D = Decimal


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(Payment)) or 0


def test_payments_count_on_their_day_for_their_programme(app: Flask) -> None:
    programme = stored_programme()
    make_payment(programme, "1000.50", paid_on=date(2023, 5, 9))
    make_payment(programme, "0.01", paid_on=date(2023, 6, 1))
    assert read("programmes.paid", YEAR, programme.id).value == D("1000.51")
    assert read("programmes.paid", month(2023, 5), programme.id).value == D("1000.5")
    assert read("programmes.paid", YEAR, programme.id + 1).value is None
    assert read("programmes.last_payment", YEAR, programme.id).day == date(2023, 6, 1)


def test_a_reversed_payment_no_longer_counts(app: Flask, by: Actor) -> None:
    programme = stored_programme()
    make_payment(programme, "10", paid_on=date(2023, 5, 9))
    later = make_payment(programme, "20", paid_on=date(2023, 7, 3))
    assert read("programmes.paid", YEAR).value == 30
    with transaction():
        service.reverse(later, "重复登记", by)
    assert read("programmes.paid", YEAR).value == 10
    assert read("programmes.last_payment", YEAR).day == date(2023, 5, 9)
    with pytest.raises(Rejected), transaction():
        service.reverse(later, "再次", by)


def test_the_evidence_adds_up_to_what_was_paid(app: Flask, by: Actor) -> None:
    programme = stored_programme()
    for cents in ("0.10", "0.20", "1234567.89"):
        make_payment(programme, cents)
    with transaction():
        service.reverse(make_payment(programme, "5"), "误记", by)
    metric = metrics()["programmes.paid"]
    foot = evidence.foot(metric, YEAR, programme.id)
    assert (foot.part, foot.rows) == (D("1234568.19"), 3)
    assert foot.part == read("programmes.paid", YEAR, programme.id).value
    assert sum(row.part for row in evidence.page(metric, YEAR, programme.id, 1)) == foot.part


def test_persons_are_counted_once_and_firms_not_at_all(app: Flask) -> None:
    programme = stored_programme(3)
    for payee in ("人员01", "人员02", "人员01"):
        make_payment(programme, payee_kind="person", payee=payee)
    make_payment(programme, payee_kind="firm", payee="供应单位01")
    assert read("programmes.persons_paid", YEAR, programme.id).value == 2


def test_sources_add_up_to_all_that_was_paid(app: Flask) -> None:
    programme = stored_programme()
    for source, amount in (("fiscal", "1"), ("carried_over", "2"), ("other", "4")):
        make_payment(programme, amount, source=source)
    assert read("programmes.paid", YEAR).value == 7
    assert read("programmes.paid_carried_over", YEAR).value == 2
    assert read("programmes.paid_other", YEAR).value == 4


def test_finance_records_a_payment_and_sees_it(app: Flask, sign_in: SignIn) -> None:
    programme, client = stored_programme(), sign_in(Role.FINANCE)
    assert client.get(f"/programmes/{programme.id}/payments/new").status_code == 200
    answer = client.post(f"/programmes/{programme.id}/payments/new", data=typed_payment(voucher="记001"))
    assert answer.status_code == 303
    text = client.get(answer.location).get_data(as_text=True)
    assert "记001" in text
    assert "1,000.50" in text
    assert client.get("/programmes/payments/1").status_code == 200
    assert client.get("/figures/programmes.paid/evidence?period=2023").status_code == 200


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"amount": "0"}, "金额应大于零"),
        ({"amount": "1.234"}, "1.234"),
        ({"amount": "一百"}, "一百"),
        ({"paid_on": "2022-12-31"}, "该项目属于2023年"),
        ({"paid_on": "不知道"}, "日期请按"),
        ({"payee": ""}, "请填写收款方"),
        ({"payee": "  "}, "请填写收款方"),
        ({"voucher": ""}, "请填写凭证号"),
        ({"source": "gift"}, "供应单位01"),
    ],
)
def test_a_wrong_payment_is_refused_and_what_was_typed_stays(
    app: Flask, sign_in: SignIn, wrong: dict[str, str], words: str
) -> None:
    programme, client = stored_programme(), sign_in(Role.FINANCE)
    page = client.post(f"/programmes/{programme.id}/payments/new", data=typed_payment(note="五月", **wrong))
    text = page.get_data(as_text=True)
    assert page.status_code == 422
    assert words in text
    assert "五月" in text
    assert count() == 0


def test_a_voucher_is_used_once_in_a_programme(app: Flask, sign_in: SignIn) -> None:
    programme, client = stored_programme(), sign_in(Role.FINANCE)
    make_payment(programme, voucher="记001")
    page = client.post(f"/programmes/{programme.id}/payments/new", data=typed_payment(voucher=" 记001 "))
    assert page.status_code == 422
    assert "凭证记001已于2023-05-09登记" in page.get_data(as_text=True)
    other = queries.programmes(2023)[1]
    assert client.post(f"/programmes/{other.id}/payments/new", data=typed_payment(voucher="记001")).status_code == 303


def test_a_payment_is_reversed_with_a_reason(app: Flask, sign_in: SignIn) -> None:
    payment, client = make_payment(stored_programme()), sign_in(Role.FINANCE)
    address = f"/programmes/payments/{payment.id}/reversal"
    assert client.get(address).status_code == 200
    assert client.post(address, data={"reason_given": ""}).status_code == 422
    assert client.post(address, data={"reason_given": "重复登记"}).status_code == 303
    assert "重复登记" in client.get(f"/programmes/payments/{payment.id}").get_data(as_text=True)
    assert client.post(address, data={"reason_given": "再次"}).status_code == 422


def test_a_closed_year_asks_why_and_shows_the_adjustment(app: Flask, sign_in: SignIn, by: Actor) -> None:
    programme, client = stored_programme(), sign_in(Role.FINANCE)
    make_payment(programme, "100")
    with transaction():
        define_names()
        closed = closing.close(YEAR, by)
    typed = typed_payment(amount="5")
    assert client.post(f"/programmes/{programme.id}/payments/new", data=typed).status_code == 422
    assert count() == 1
    explained = {**typed, "reason": "补记"}
    assert client.post(f"/programmes/{programme.id}/payments/new", data=explained).status_code == 303
    reported = closing.reported(closed, "programmes.paid", programme.id)
    assert reported is not None
    assert reported.value == 100
    assert closing.known_now(closed, "programmes.paid", programme.id)[0] == 105


def test_a_budget_change_counts_in_the_full_year_budget(app: Flask, sign_in: SignIn) -> None:
    programme, client = stored_programme(), sign_in(Role.FINANCE)
    address = f"/programmes/{programme.id}/budget-changes/new"
    typed = {
        "decided_on": "2023-09-01",
        "source": "fiscal",
        "amount": "-100000.00",
        "document": "区财政调整通知",
        "reason_given": "压减支出",
    }
    assert client.get(address).status_code == 200
    assert client.post(address, data=typed).status_code == 303
    assert queries.full_budget(programme) == 1_400_000
    assert client.post(address, data={**typed, "amount": "-1400000"}).status_code == 422
    assert client.post(address, data={**typed, "amount": "0"}).status_code == 422
    assert queries.full_budget(programme) == 1_400_000


def test_only_finance_pays_and_watchers_look(app: Flask, sign_in: SignIn) -> None:
    programme = stored_programme()
    for role in (Role.PERFORMANCE, Role.LEADER, Role.AUDITOR):
        client = sign_in(role)
        assert client.get(f"/programmes/{programme.id}/payments").status_code == 200
        assert client.post(f"/programmes/{programme.id}/payments/new", data=typed_payment()).status_code == 403
    assert sign_in(Role.DRIVER).get(f"/programmes/{programme.id}/payments").status_code == 403
    assert sign_in(Role.FINANCE).get("/programmes/99/payments/new").status_code == 404
    assert sign_in(Role.FINANCE).get("/programmes/payments/99").status_code == 404
    assert count() == 0


@pytest.mark.pure
@given(st.integers(-(10**15), 10**15))
def test_ten_thousands_are_exact_to_the_last_cent(cents: int) -> None:
    yuan = D(cents) / 100
    assert in_yuan(D(wan(yuan)), "万元") == yuan
    assert len(wan(yuan).partition(".")[2]) >= 2
