"""Taking in a list of payments: good rows land once, unknown codes wait for a person, the others go back."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import func, select

from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.core.files import keep_bytes
from ops.core.period import year
from ops.indicators import closing
from ops.indicators.readings import read
from ops.people.roles import Role
from ops.programmes.funds import queries, service
from ops.programmes.funds.handing_back import REASON, misfits
from ops.programmes.funds.models import HeldPayment, PaymentFile
from ops.programmes.models import Payment
from tests.app_fixtures import SignIn
from tests.programmes.factories import define_names, make_payment, stored_programme, stored_programmes
from tests.programmes.funds.payment_lists import CODE, SLIP, cells, line, workbook

YEAR = year(2023)


def take_in(content: bytes, by: Actor, name: str = "支付明细.xlsx") -> PaymentFile:
    with transaction():
        kept = keep_bytes(content, name, by)
        db.session.flush()
        return service.take_in(kept, by)


def counts(file: PaymentFile) -> tuple[int, int, int, int]:
    return file.added, file.already, file.held, file.faulty


def test_good_rows_land_and_the_same_file_again_changes_nothing(app: Flask, by: Actor) -> None:
    programme = stored_programme()
    content = workbook(line("V-1", 1000.5), line("V-2", 0.01), line("V-3", 5, SLIP), line("", 7))
    assert counts(take_in(content, by)) == (2, 0, 1, 1)
    assert read("programmes.paid", YEAR, programme.id).value == Decimal("1000.51")
    assert counts(take_in(content, by)) == (0, 3, 0, 1)
    assert read("programmes.paid", YEAR).value == Decimal("1000.51")
    assert queries.waiting() == 1


def test_a_voucher_with_another_amount_goes_back(app: Flask, by: Actor) -> None:
    programme = stored_programme()
    make_payment(programme, "10", voucher="V-1")
    file = take_in(workbook(line("V-1", 10), line("V-1", 11), line("V-2", 3), line("V-2", 4)), by)
    assert counts(file) == (1, 1, 0, 2)
    assert [fault.line for fault in queries.faults(file)] == [4, 6]
    assert read("programmes.paid", YEAR).value == 13


def test_a_payment_of_another_year_or_of_tomorrow_goes_back(app: Flask, by: Actor) -> None:
    stored_programme()
    file = take_in(
        workbook(line("V-1", 1, day=date(2022, 5, 9)), line("V-2", 1, day=date(2099, 1, 1)), line("V-3", 0)), by
    )
    assert counts(file) == (0, 0, 0, 3)


def test_the_workbook_comes_back_as_it_was_with_the_reasons_beside_its_rows(app: Flask, by: Actor) -> None:
    stored_programme()
    content = workbook(line("V-1"), line("V-2", "无"), line("V-3"))
    file = take_in(content, by)
    returned, name = misfits(file)
    assert name.endswith(".xlsx")
    before, after = cells(content), cells(returned)
    assert [row[: len(before[1])] for row in after] == before
    assert after[1][-1] == REASON
    assert [bool(row[-1]) for row in after[2:]] == [False, True, False]
    mended = workbook(*[row[:8] for row in after[2:3]], line("V-2", 9), *[row[:8] for row in after[4:]])
    assert counts(take_in(mended, by)) == (1, 2, 0, 0)


def test_the_returned_workbook_handed_in_unmended_changes_nothing(app: Flask, by: Actor) -> None:
    stored_programme()
    returned, _name = misfits(take_in(workbook(line("V-1"), line("V-2", "无")), by))
    again = take_in(returned, by)
    assert counts(again) == (0, 1, 0, 1)
    assert cells(misfits(again)[0])[1].count(REASON) == 1


def test_a_csv_comes_back_as_its_faulty_rows(app: Flask, by: Actor) -> None:
    stored_programme()
    text = f"项目编码,凭证号,支付日期,金额,收款人\n{CODE},V-1,2023-05-09,1,供应单位01\n{CODE},V-2,,1,供应单位01\n"
    returned, name = misfits(take_in(text.encode("gb18030"), by, "明细.csv"))
    assert name.endswith(".csv")
    lines = returned.decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "V-2" in lines[1]


def test_a_held_payment_counts_once_a_person_assigns_it(app: Flask, by: Actor) -> None:
    programme = stored_programme()
    take_in(workbook(line("V-3", 500, SLIP)), by)
    [held] = db.session.scalars(select(HeldPayment)).all()
    assert read("programmes.paid", YEAR).value is None
    with transaction():
        service.assign(held, programme.id, by)
    assert read("programmes.paid", YEAR, programme.id).value == 500
    assert queries.waiting() == 0
    with pytest.raises(Rejected), transaction():
        service.set_aside(held, "误", by)


def test_assigning_to_a_programme_that_has_the_voucher_says_so_and_writes_nothing(app: Flask, by: Actor) -> None:
    programme = stored_programme()
    make_payment(programme, "10", voucher="V-3")
    take_in(workbook(line("V-3", 500, SLIP)), by)
    [held] = db.session.scalars(select(HeldPayment)).all()
    with pytest.raises(Rejected) as refusal, transaction():
        service.assign(held, programme.id, by)
    assert refusal.value.field == "programme_id"
    assert (queries.waiting(), read("programmes.paid", YEAR).value) == (1, 10)


def test_a_closed_year_wants_a_reason_and_makes_an_adjustment(app: Flask, sign_in: SignIn, by: Actor) -> None:
    stored_programmes()
    with transaction():
        define_names()
    with transaction():
        closing.close(YEAR, by)
    client = sign_in(Role.FINANCE)
    upload = {"file": (BytesIO(workbook(line("V-1", 100))), "支付明细.xlsx")}
    address = client.post("/programmes/payment-files/new", data=upload).headers["Location"]
    assert client.post(address).status_code == 422
    assert db.session.scalar(select(func.count()).select_from(Payment)) == 0
    assert client.post(address, data={"reason": "财政补登"}).status_code == 303
    assert read("programmes.paid", YEAR).value == 100


def test_finance_reads_looks_takes_in_assigns_and_downloads(app: Flask, sign_in: SignIn) -> None:
    stored_programmes()
    client = sign_in(Role.FINANCE)
    upload = {"file": (BytesIO(workbook(line("V-1"), line("V-2", 3, SLIP), line("", 7))), "支付明细.xlsx")}
    address = client.post("/programmes/payment-files/new", data=upload).headers["Location"]
    shown = client.get(address).text
    assert "待认领：无此项目编码" in shown
    assert "末位应为" in shown
    made = client.post(address).headers["Location"]
    assert "下载退回明细" in client.get(made).text
    assert cells(client.get(made + "/misfits").data)[-1][-1]
    assert "待认领的支付（1）" in client.get("/programmes/payment-files").text
    held = client.get("/programmes/held-payments?state=open").text
    assert SLIP in held
    page = client.get("/programmes/held-payments/1").text
    assert "仅差一位" in page
    assert client.post("/programmes/held-payments/1", data={"programme_id": ""}).status_code == 422
    assert client.post("/programmes/held-payments/1", data={"programme_id": "99"}).status_code == 422
    assert client.post("/programmes/held-payments/1/setting-aside", data={"reason_given": ""}).status_code == 422
    assert client.post("/programmes/held-payments/1", data={"programme_id": "1"}).status_code == 303
    assert "已认领" in client.get("/programmes/held-payments/1").text


@pytest.mark.parametrize(
    "content", [b"", b"no table at all", b"PK\x03\x04broken", workbook(["a"], head=["x"], titles=[])]
)
def test_a_file_that_is_no_list_is_refused_beside_its_field(app: Flask, sign_in: SignIn, content: bytes) -> None:
    upload = {"file": (BytesIO(content), "支付明细.xlsx")}
    answer = sign_in(Role.FINANCE).post("/programmes/payment-files/new", data=upload)
    assert answer.status_code == 422
    assert "error-summary" in answer.text


@pytest.mark.parametrize(
    "address", ["/programmes/payment-files", "/programmes/payment-files/new", "/programmes/held-payments"]
)
def test_others_may_not_take_in_payments_and_strangers_sign_in(app: Flask, sign_in: SignIn, address: str) -> None:
    assert sign_in(Role.LEADER).get(address).status_code == 403
    assert app.test_client().get(address).status_code == 302
    assert sign_in(Role.FINANCE).get(address).status_code == 200


def test_what_there_is_not_is_not_found(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.FINANCE)
    for tail in ("payment-files/9", "payment-files/9/misfits", "payment-files/previews/9", "held-payments/9"):
        assert client.get(f"/programmes/{tail}").status_code == 404


@pytest.mark.parametrize(("amount", "offered"), [("无", False), (9, True)])
def test_where_every_row_goes_back_nothing_is_offered(
    app: Flask, sign_in: SignIn, amount: object, offered: bool
) -> None:
    stored_programme()
    file = (BytesIO(workbook(line("V-1", "无"), line("V-2", amount))), "支付明细.xlsx")
    client = sign_in(Role.FINANCE)
    answer = client.post("/programmes/payment-files/new", data={"file": file})
    assert answer.status_code == 303
    shown = client.get(answer.location).text
    assert ("导入明细" in shown, "无需导入" in shown) == (offered, not offered)
