"""Forms of invoices and budgets."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import SelectMultipleField, StringField
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from ...core.forms import ChoiceOf, DayField, Form, QuantityField


class InvoiceForm(Form):
    number = StringField(_l("Number of the invoice"), [DataRequired(_l("Enter the number.")), Length(max=40)])
    day = DayField(_l("Day of the invoice"))
    amount = QuantityField(_l("Amount"), places=2, most=10_000_000, unit=_l("yuan"))
    trip_ids = SelectMultipleField(
        _l("Vehicle-trips that it covers"), [InputRequired(_l("Choose at least one."))], coerce=int,
        widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(),
    )  # fmt: skip
    words = StringField(
        _l("Why the amount differs"), [Length(max=200)],
        description=_l("Only when it differs, or when a hire comes to more than was estimated."),
    )  # fmt: skip
    scan = FileField(_l("Scan of the invoice"))


class BudgetForm(Form):
    unit_id = ChoiceOf(
        _l("Unit"), required=False, render_kw={"data-searchable": ""}, description=_l("Empty: the centre itself")
    )
    year = QuantityField(_l("Year"), least=2000, most=2099)
    amount = QuantityField(_l("Amount"), places=2, most=100_000_000, unit=_l("yuan"))
    source = StringField(_l("Source"), [DataRequired(_l("Say where it comes from.")), Length(max=200)])
