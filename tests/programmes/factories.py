"""Programmes that tests need: the six real ones, with payments, bindings and figures entered by hand."""

import itertools
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from werkzeug.datastructures import FileStorage

from ops.core.access import system
from ops.core.db import transaction
from ops.indicators import service as figures
from ops.programmes import queries, service
from ops.programmes.models import Indicator, Payment, Programme
from ops.programmes.sources.obstacles import misfits
from ops.programmes.targets import importing
from tests.programmes.reference import SOURCE, document_text

BY = system("test")
vouchers = itertools.count(1)


def stored_programmes() -> list[Programme]:
    """The six programmes of 2023, as published."""
    with transaction():
        importing.store(document_text().encode(), SOURCE, BY)
    return list(queries.programmes(2023))


def stored_programme(seq: int = 1) -> Programme:
    return stored_programmes()[seq - 1]


def define_names(year: int = 2023) -> None:
    """Say what every oddly named indicator counts, so that the year can be closed."""
    for programme in queries.programmes(year):
        for indicator in programme.indicators:
            if indicator.row in misfits(programme):
                service.define(indicator, "按登记簿计（测试）。", BY)


def bound_programme(seq: int = 1) -> Programme:
    """Bound as suggested."""
    programme = stored_programme(seq)
    with transaction():
        service.bind_as_suggested(programme, BY)
    return programme


def make_payment(programme: Programme, amount: str = "1000", **values: Any) -> Payment:
    usual = {
        "paid_on": date(2023, 5, 9),
        "source": "fiscal",
        "payee_kind": "firm",
        "payee": "供应单位01",
        "voucher": f"V{next(vouchers)}",
        "note": "",
    }
    with transaction():
        return service.pay(programme, amount=Decimal(amount), by=BY, **{**usual, **values})


def enter_figure(indicator: Indicator, value: str | None, unit: str = "", words: str | None = None) -> None:
    proof = FileStorage(BytesIO("测试附件".encode()), filename="proof.txt")
    number = None if value is None else Decimal(value)
    with transaction():
        figures.enter(indicator.key, indicator.programme.period, number, words, unit, "测试", proof, BY)


def typed_payment(**values: str) -> dict[str, str]:
    """What one types into the payment form."""
    usual = {"paid_on": "2023-05-09", "amount": "1000.50", "source": "fiscal", "payee_kind": "firm"}
    return {**usual, "payee": "供应单位01", "voucher": f"V{next(vouchers)}", "note": "", **values}
