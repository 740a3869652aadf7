"""Forms of programmes: payments, budget changes, and what people decide about indicators."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from ..core.forms import DayField, Form, QuantityField, option
from .models import BINDS_LABELS, PAYEE_LABELS, SOURCE_LABELS, PayeeKind, Source


def options(labels: Any) -> list[Any]:
    return [option(str(key), label) for key, label in labels.items()]


class PaymentForm(Form):
    paid_on = DayField(_l("Paid on"))
    amount = QuantityField(_l("Amount"), places=2, unit=_l("yuan"))
    source = RadioField(_l("Source of funds"), choices=options(SOURCE_LABELS), default=str(Source.FISCAL))
    payee_kind = RadioField(_l("Paid to"), choices=options(PAYEE_LABELS), default=str(PayeeKind.FIRM))
    payee = StringField(
        _l("Payee"),
        [DataRequired(_l("Say who was paid.")), Length(max=100)],
        description=_l("A person by number, not by name"),
    )
    voucher = StringField(_l("Voucher number"), [DataRequired(_l("Enter the voucher number.")), Length(max=50)])
    note = StringField(_l("Note"), [Length(max=200)])


class ReversalForm(Form):
    reason_given = StringField(_l("Reason"), [DataRequired(_l("Say why.")), Length(max=200)])


class BudgetChangeForm(Form):
    decided_on = DayField(_l("Decided on"))
    source = RadioField(_l("Source of funds"), choices=options(SOURCE_LABELS), default=str(Source.FISCAL))
    amount = QuantityField(
        _l("Change"),
        places=2,
        least=-(10**12),
        unit=_l("yuan"),
        description=_l("With a minus sign when the budget is cut"),
    )
    document = StringField(_l("Document"), [DataRequired(_l("Name the document that decides it.")), Length(max=200)])
    reason_given = StringField(_l("Reason"), [DataRequired(_l("Say why.")), Length(max=200)])


class BindingForm(Form):
    """Choices of `figure` and `witness` are set by the view: what fits the target."""

    binds = RadioField(_l("The actual is"), choices=options(BINDS_LABELS))
    figure = SelectField(
        _l("Figure of the ledger"),
        render_kw={"data-searchable": ""},
        description=_l("Only figures of the kind that the target asks for"),
    )
    formula = TextAreaField(
        _l("Formula"),
        [Length(max=500)],
        description=_l(
            "Figures in square brackets, by name or label, a part behind a bar; + − × ÷ % ( ). "
            "For a target in percent the formula gives the share: [a] ÷ [b]."
        ),
    )
    witness = SelectField(
        _l("Shows that someone looked"),
        render_kw={"data-searchable": ""},
        description=_l("Only for a target of no event: without such records nothing is counted as zero"),
    )


class DefinitionForm(Form):
    text = TextAreaField(
        _l("What it counts"),
        [DataRequired(_l("Say what the indicator counts.")), Length(max=1000)],
    )
