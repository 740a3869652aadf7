"""Forms of a car's life."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import DataRequired, Length

from ...core.forms import ChoiceOf, DayField, Form, QuantityField, option
from .file_models import PAPER_LABELS, PLATFORM_LABELS
from .forms import TransferForm
from .life_models import METHOD_LABELS
from .models import CATEGORY_LABELS


class MarkingForm(Form):
    day = DayField(_l("Day"))
    exempt = BooleanField(
        _l("Exempt from the marking"), description=_l("State security, investigation and other confidential duties")
    )
    words = StringField(
        _l("Words on the car, or why it is exempt"), [DataRequired(_l("Say what stands on it, or why not.")),
                                                       Length(max=200)],
    )  # fmt: skip


class CategoryForm(Form):
    category = SelectField(_l("New category"), choices=[option(*each) for each in CATEGORY_LABELS.items()])
    day = DayField(_l("From this day on"))
    paper_no = StringField(_l("Paper of the approval"), [DataRequired(_l("Enter the paper.")), Length(max=100)])


class PaperForm(Form):
    kind = SelectField(_l("Kind of paper"), choices=[option(*each) for each in PAPER_LABELS.items()])
    number = StringField(_l("Number of the paper"), [Length(max=60)])
    day = DayField(_l("Day"))
    scan = FileField(_l("Scan or photograph"), [FileRequired(_l("Choose a file."))])


class DisposalForm(Form):
    day = DayField(_l("Disposed of on"))
    method = SelectField(_l("How it was disposed of"), choices=[option(*each) for each in METHOD_LABELS.items()])
    income = QuantityField(
        _l("Income from the disposal"), places=2, unit=_l("yuan"), description=_l("Non-tax revenue (article 22)")
    )
    paper_no = StringField(_l("Paper of the approval"), [DataRequired(_l("Enter the paper.")), Length(max=100)])
    scan = FileField(_l("Scan or photograph"))


class HoldingTransferForm(TransferForm):
    owner_unit_id = ChoiceOf(_l("Owner unit"), required=False, render_kw={"data-searchable": ""})
    using_unit_id = ChoiceOf(_l("Using unit"), required=False, render_kw={"data-searchable": ""})
    platform = SelectField(
        _l("Managed by"), default="", choices=[option("", ""), *(option(*each) for each in PLATFORM_LABELS.items())],
        description=_l("Empty: it stays as it is"),
    )  # fmt: skip
