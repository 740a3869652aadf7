"""Forms of repairs and violations."""

from decimal import Decimal, InvalidOperation
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from ...core.forms import ChoiceOf, DayField, Form, MomentField, QuantityField, choices
from ..odometer.forms import Words, dial_reason_field
from .forms import SEARCHABLE, SHORT, amount_field, proof_field
from .repair_models import PAYER_LABELS


class RepairForm(Form):
    vehicle_id = ChoiceOf(_l("Car"), render_kw=SEARCHABLE)
    day = DayField(_l("Day"))
    problem = Words(_l("What is to be done"), [DataRequired(_l("Say what is to be done.")), Length(max=200)])
    workshop = Words(
        _l("Workshop"), [DataRequired(_l("Name the workshop.")), *SHORT], description=_l("One of the appointed ones")
    )
    odometer_value = QuantityField(_l("Odometer"), most=2_000_000, unit=_l("km"), required=False)
    dial_reason = dial_reason_field()


class QuoteForm(Form):
    """One item on a line, its price behind it; read line by line."""

    items = TextAreaField(
        _l("Items"), [DataRequired(_l("Enter at least one item with its price.")), Length(max=4000)],
        description=_l("One item on a line with its price in yuan behind it, like “oil filter 45.50”"),
        render_kw={"rows": 6},
    )  # fmt: skip
    why = Words(_l("Why another quote"), [Length(max=200)], description=_l("Needed from the second quote on"))

    def validate_items(self, field: Any) -> None:
        """Raises for a line without a price."""
        try:
            self.lines = [_item(line) for line in (field.data or "").splitlines() if line.strip()]
        except (InvalidOperation, ValueError):
            raise ValidationError(_l("Every line needs an item and, behind a blank, its price like 45.50.")) from None

    def typed(self) -> dict[str, Any]:
        return {"lines": self.lines, "why": self.why.data or ""}


def _item(line: str) -> tuple[str, Decimal]:
    item, price = line.strip().rsplit(None, 1)
    amount = Decimal(price.replace(",", ""))
    if not amount.is_finite() or amount.adjusted() > 8 or amount != round(amount, 2):
        raise ValueError(line)
    return item[:100], amount


class ApprovalForm(Form):
    amount = HiddenField()
    decision = Words(_l("Paper of the collective decision"), SHORT)
    note = Words(_l("Note"), [Length(max=200)])

    def typed(self) -> dict[str, Any]:
        return {**super().typed(), "amount": Decimal(self.amount.data or 0)}

    def validate_amount(self, field: Any) -> None:
        try:
            Decimal(field.data or "")
        except InvalidOperation:
            raise ValidationError(_l("The page was out of date. Look again.")) from None


class FinishForm(Form):
    note = Words(_l("What was found when it came back"), [Length(max=200)])


class InvoiceForm(Form):
    day = DayField(_l("Day of the spending"))
    amount = amount_field(_l("Amount"))
    paper_no = Words(_l("Number of the invoice"), [DataRequired(_l("Enter the number.")), *SHORT])
    proof = proof_field()


class ViolationForm(Form):
    vehicle_id = ChoiceOf(_l("Car"), render_kw=SEARCHABLE)
    driver_id = ChoiceOf(_l("Driver"), required=False, render_kw=SEARCHABLE)
    at = MomentField(_l("Time"))
    place = Words(_l("Place"), [DataRequired(_l("Say where.")), *SHORT])
    what = Words(_l("Violation"), [DataRequired(_l("Say what it was.")), Length(max=200)])
    points = QuantityField(_l("Penalty points"), most=12)
    fine = QuantityField(_l("Fine"), places=2, most=100_000, unit=_l("yuan"))


class FineForm(Form):
    paid_on = DayField(_l("Paid on"))
    payer = SelectField(
        _l("Paid by"), [InputRequired(_l("Choose one."))], choices=choices(PAYER_LABELS.items()),
        description=_l("A fine is never paid from public money."),
    )  # fmt: skip
    paper_no = Words(_l("Number of the receipt"), SHORT)
