"""Lists of payments as a finance system would export them."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook

CODE = "13020923P00006310001U"
SLIP = "13020923P00006410001U"
HEAD = ("项目编码", "项目名称", "凭证号", "支付日期", "支付金额（元）", "资金来源", "收款人", "摘要")


def line(voucher: object = "V-1", amount: object = 1000.5, code: str = CODE, **other: Any) -> list[Any]:
    usual = {"day": date(2023, 5, 9), "source": "一般公共预算", "payee": "供应单位01", "note": "餐费补贴", **other}
    return [code, "2023城区机关食堂补贴", voucher, usual["day"], amount, usual["source"], usual["payee"], usual["note"]]


def workbook(*rows: Sequence[Any], head: Sequence[str] = HEAD, titles: Sequence[str] = ("支付明细表",)) -> bytes:
    book = Workbook()
    sheet = book.active
    for title in titles:
        sheet.append([title])
    sheet.append(list(head))
    for row in rows:
        sheet.append(list(row))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def cells(content: bytes) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in load_workbook(BytesIO(content)).worksheets[0].rows]
