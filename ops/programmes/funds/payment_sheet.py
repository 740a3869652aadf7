"""A row of the finance system's list of payments (支付明细), as a value. Heads and words are those of such lists."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import partial

from flask_babel import lazy_gettext as _l

from ...core.errors import Rejected
from ...core.sheets import Cells, Line, Sheet, SheetColumn, read_sheet
from ..models import PayeeKind, Source
from ..targets.numerals import plain

TITLES = 6  # rows that may stand above the head
COLUMNS = (
    SheetColumn("code", _l("Project code"), ("项目编码", "项目代码", "预算项目编码", "code")),
    SheetColumn("voucher", _l("Voucher number"), ("凭证号", "支付凭证号", "凭证编号", "支付申请编号", "voucher")),
    SheetColumn("day", _l("Paid on"), ("支付日期", "付款日期", "实际支付日期", "支付时间", "paid on")),
    SheetColumn("amount", _l("Amount"), ("支付金额", "金额", "实际支付金额", "付款金额", "amount")),
    SheetColumn("payee", _l("Payee"), ("收款人", "收款人名称", "收款人全称", "收款单位", "payee")),
    SheetColumn("kind", _l("Paid to"), ("收款人类别", "收款方类别", "paid to"), required=False),
    SheetColumn("source", _l("Source of funds"), ("资金来源", "资金性质", "source of funds"), required=False),
    SheetColumn("name", _l("Programme"), ("项目名称", "预算项目", "programme"), required=False),
    SheetColumn("note", _l("Note"), ("摘要", "用途", "资金用途", "note"), required=False),
)
SOURCES = (
    (Source.CARRIED_OVER, ("结转", "结余")),
    (Source.OTHER, ("其他", "单位资金", "自有", "事业收入")),
    (Source.FISCAL, ("财政", "公共预算", "拨款", "政府性基金", "本级")),
)
KINDS = (
    (PayeeKind.PERSON, ("个人", "人员", "职工")),
    (PayeeKind.FIRM, ("企业", "公司", "商户", "个体")),  # before 单位: 企业单位 is a firm
    (PayeeKind.UNIT, ("机关", "事业", "行政", "单位")),
)
DAY = re.compile(r"(20[0-9]{2})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?|(20[0-9]{2})([0-9]{2})([0-9]{2})")
TOTALS = ("合计", "总计", "小计")


@dataclass(frozen=True)
class PaymentRow:
    """One payment as the file tells it; the amount in yuan."""

    code: str
    name: str
    voucher: str
    paid_on: date
    amount: Decimal
    source: Source
    payee_kind: PayeeKind
    payee: str
    note: str


def read(content: bytes) -> Sheet:
    """The file's rows without its lines of totals. Raises Rejected beside `file`."""
    sheet = read_sheet(content, COLUMNS, "file", TITLES)
    return Sheet(sheet.head, [line for line in sheet.lines if not _is_total(line)], sheet.head_line, sheet.places)


def factor(sheet: Sheet) -> int:
    """How many yuan the file's amounts are: 10,000 when the head of the amounts says 万元."""
    heads = [head for head in sheet.head if any(word in head for word in COLUMNS[3].heads)]
    return 10_000 if any("万元" in head for head in heads) else 1


def parse(line: Line, yuan: int) -> PaymentRow:
    """The row as a value. Raises Misfit with every cell that cannot be read."""
    cells = Cells(line)
    code = cells.read("code", partial(_said, COLUMNS[0]), "").replace(" ", "").upper()
    voucher = cells.read("voucher", partial(_said, COLUMNS[1]), "")
    kind = cells.read("kind", _kind, PayeeKind.FIRM)
    payee = cells.read("payee", partial(_payee, kind), "")
    day = cells.read("day", _day, date.min)
    amount = cells.read("amount", partial(_amount, yuan), Decimal(0))
    source = cells.read("source", _source, Source.FISCAL)
    cells.check()
    return PaymentRow(
        code, line["name"][:200], voucher[:50], day, amount, source, kind, payee[:100], line["note"][:200]
    )


def _said(column: SheetColumn, text: str) -> str:
    if not plain(text).strip():
        raise Rejected(_l("“%(column)s” is empty.", column=column.label))
    return plain(text) if column is COLUMNS[0] else text


def _payee(kind: PayeeKind, text: str) -> str:
    if kind is PayeeKind.PERSON and text and not any(sign.isdigit() for sign in text):
        raise Rejected(_l("A person is recorded by number, not by name: write the number as the payee."))
    return _said(COLUMNS[4], text)


def _is_total(line: Line) -> bool:
    return not line["code"] and any(plain(cell).replace(" ", "").startswith(TOTALS) for cell in line.cells)


def _day(text: str) -> date:
    found = DAY.fullmatch(plain(re.split(r"[ T]", text.strip())[0]))
    try:
        return date(*(int(part) for part in found.groups() if part)) if found else date(0, 0, 0)
    except ValueError:
        raise Rejected(_l("“%(text)s” is no day. Write it like 2023-05-09.", text=text)) from None


def _amount(yuan: int, text: str) -> Decimal:
    try:
        number = Decimal(plain(text).replace(",", "").replace("，", "").replace("¥", "").removesuffix("元").strip())
    except InvalidOperation:
        raise Rejected(_l("“%(text)s” is no amount.", text=text)) from None
    if not number.is_finite() or number.adjusted() > 12:
        raise Rejected(_l("“%(text)s” is no amount.", text=text))
    if number < 0:
        raise Rejected(_l("A sum paid back is no payment: reverse the payment it belongs to."))
    return _to_the_cent(number * yuan, text)


def _to_the_cent(yuan: Decimal, text: str) -> Decimal:
    """A workbook keeps 1234.1 as 1234.0999999999999: what is nearer to a cent than a millionth is that cent."""
    cents = yuan.quantize(Decimal("0.01"), ROUND_HALF_UP)
    if abs(yuan - cents) > Decimal("0.000001"):
        raise Rejected(_l("“%(text)s” has parts of a cent.", text=text))
    return cents


def _source(text: str) -> Source:
    if not text:
        return Source.FISCAL
    for source, words in SOURCES:
        if any(word in text for word in words):
            return source
    raise Rejected(_l("The source of funds “%(text)s” is not known.", text=text))


def _kind(text: str) -> PayeeKind:
    if not text:
        return PayeeKind.FIRM
    for kind, words in KINDS:
        if any(word in text for word in words):
            return kind
    raise Rejected(_l("“%(text)s” is no kind of payee.", text=text))
