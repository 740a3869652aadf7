"""What would become of each row of a file of payments: it lands, is there already, waits for a person, or goes back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from ...core import clock
from ...core.db import db
from ...core.errors import Rejected
from ...core.sheets import Line, Sheet, in_one, told
from .. import rules
from ..models import Payee, Payment, Programme, TableKind
from ..targets.codes import check_character, code_fits, has_code_shape
from .models import HeldPayment
from .payment_sheet import PaymentRow, factor, parse

Fact = tuple[object, ...]
CALLED = {"paid_on": "day"}


class Verdict(StrEnum):
    NEW = "new"
    ALREADY = "already"
    HELD = "held"
    FAULT = "fault"


VERDICTS = {
    Verdict.NEW: ("progress", _l("will be recorded")),
    Verdict.ALREADY: ("closed", _l("recorded already")),
    Verdict.HELD: ("waiting", _l("held: no such project code")),
    Verdict.FAULT: ("late", _l("goes back")),
}


@dataclass(frozen=True)
class Judged:
    """A row with its verdict, the programme it belongs to, and what is said about it: a reason or a warning."""

    line: Line
    verdict: Verdict
    row: PaymentRow | None = None
    programme: Programme | None = None
    words: str = ""


def judge(sheet: Sheet) -> list[Judged]:
    """Every row in order; a voucher that stands in the file twice is judged by its first row."""
    known, yuan = Known(), factor(sheet)
    return [known.judged(line, yuan, sheet) for line in sheet.lines]


def in_order_of_need(rows: Iterable[Judged]) -> list[Judged]:
    """What a person has to look at first: what goes back, what is held, what has a warning; then the file's order."""
    needs = (Verdict.FAULT, Verdict.HELD, Verdict.NEW, Verdict.ALREADY)
    return sorted(rows, key=lambda each: (needs.index(each.verdict), not each.words, each.line.number))


class Known:
    """What the ledger knows: programmes by code, vouchers with what they paid, payments that are held."""

    def __init__(self) -> None:
        self.today = clock.today()
        self.programmes: dict[str, list[Programme]] = {}
        for each in db.session.scalars(
            select(Programme).where(Programme.kind == TableKind.PROJECT).order_by(Programme.year.desc())
        ):
            self.programmes.setdefault(each.code, []).append(each)
        paid = select(
            Payment.programme_id, Payment.voucher, Payment.paid_on, Payment.amount, Payment.source, Payee.name
        )
        self.paid: dict[tuple[int, str], Fact] = {
            (programme, voucher): (day, amount, str(source), payee)
            for programme, voucher, day, amount, source, payee in db.session.execute(paid.join(Payee))
        }
        held = select(HeldPayment)
        self.held: dict[tuple[str, str], Fact] = {
            (each.code, each.voucher): (each.paid_on, each.amount, each.source, each.payee)
            for each in db.session.scalars(held)
        }

    def judged(self, line: Line, yuan: int, sheet: Sheet) -> Judged:
        try:
            return self._judged(line, parse(line, yuan))
        except Rejected as refusal:
            return Judged(line, Verdict.FAULT, words=in_one(told(refusal, sheet, CALLED)))

    def _judged(self, line: Line, row: PaymentRow) -> Judged:
        fact: Fact = (row.paid_on, row.amount, str(row.source), row.payee)
        warning = code_warning(row.code)
        if (there := self.held.get((row.code, row.voucher))) is not None:
            _check_same(row, there, fact)
            return Judged(line, Verdict.ALREADY, row, words=str(_l("It was taken in before and waits for a person.")))
        programme = self._programme(row)
        if programme is None:
            self.held[row.code, row.voucher] = fact
            return Judged(line, Verdict.HELD, row, words=warning)
        if (there := self.paid.get((programme.id, row.voucher))) is not None:
            _check_same(row, there, fact)
            return Judged(line, Verdict.ALREADY, row, programme)
        rules.check_payment(row.paid_on, row.amount, programme.year, self.today)
        self.paid[programme.id, row.voucher] = fact
        return Judged(line, Verdict.NEW, row, programme, warning)

    def _programme(self, row: PaymentRow) -> Programme | None:
        """Of the year of the payment; else the newest of that code, whose rules then say why it does not fit."""
        same = self.programmes.get(row.code, [])
        return next((each for each in same if each.year == row.paid_on.year), same[0] if same else None)


def _check_same(row: PaymentRow, there: Fact, given: Fact) -> None:
    """The same voucher with another day, amount, source or payee is no repetition: a person has to look."""
    if there != given:
        day, amount, _source, payee = there
        said = {"voucher": row.voucher, "day": str(day), "amount": f"{amount:,}", "payee": payee}
        raise Rejected(
            _l("Voucher %(voucher)s stands for %(amount)s yuan to %(payee)s on %(day)s already.", **said), "voucher"
        )


def code_warning(code: str) -> str:
    """The check character is a derived rule (performance notes §3.3): it warns, it never refuses."""
    if code_fits(code):
        return ""
    if not has_code_shape(code):
        return str(_l("“%(code)s” has not the shape of a project code.", code=code))
    wanted = check_character(code)
    if wanted is None:
        return str(_l("The project code holds a letter that such codes do not have."))
    return str(_l("The last character of the project code should be %(wanted)s: a slip is likely.", wanted=wanted))


def likely(code: str, programmes: Iterable[Programme]) -> Sequence[Programme]:
    """The programmes whose code differs from this one in a single place."""
    return [each for each in programmes if _one_slip(code, each.code)]


def _one_slip(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1
