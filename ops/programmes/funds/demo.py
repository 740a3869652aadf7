"""Demo 2023: a list from the finance system with a row that is there, one of an unknown code, and one to mend."""

from sqlalchemy import select

from ...core.db import db
from ...core.demo import DemoYear
from ...core.files import keep_bytes
from .. import queries
from ..models import Payment, Programme
from . import service
from .models import PaymentFile

YEAR = 2023
HEAD = "项目编码,项目名称,凭证号,支付日期,支付金额（元）,资金来源,收款人,摘要"


def make(demo: DemoYear) -> None:
    if demo.year != YEAR or db.session.scalar(select(PaymentFile.id).limit(1)):
        return
    programme = queries.programmes(YEAR)[0]
    there = db.session.scalars(queries.payments(programme).order_by(Payment.id)).first()
    if there is not None:
        service.take_in(keep_bytes(_list(programme, there).encode(), "支付明细（演示）.csv", demo.by), demo.by)


def _list(programme: Programme, there: Payment) -> str:
    """The second code differs from the programme's in one digit; the third row names no voucher."""
    slip = programme.code[:13] + "4" + programme.code[14:]
    note = f"{programme.fund_use}（演示）"
    rows = [
        (programme.code, there.voucher, there.paid_on, there.amount, there.payee.name),
        (slip, "演示2023-待认领-001", "2023-12-20", "8600.00", "供应单位03（演示）"),
        (programme.code, "", "2023-12-21", "1200.00", "供应单位05（演示）"),
    ]
    lines = [
        f"{code},{programme.name},{voucher},{day},{yuan},财政拨款,{payee},{note}"
        for code, voucher, day, yuan, payee in rows
    ]
    return "\n".join([HEAD, *lines])
