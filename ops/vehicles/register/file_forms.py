"""The form of a car's file."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import Length

from ...core.forms import ChoiceOf, DayField, Form, QuantityField, option
from .file_models import (
    ACQUIRED_LABELS,
    BODY_LABELS,
    CASE_LABELS,
    ENERGY_LABELS,
    PLATFORM_LABELS,
    QUOTA_LABELS,
    CeilingCase,
)


class CarFileForm(Form):
    vin = StringField(_l("Vehicle identification number"), [Length(max=20)])
    engine_no = StringField(_l("Engine number"), [Length(max=30)])
    brand = StringField(_l("Brand"), [Length(max=40)])
    body = SelectField(_l("Kind of car"), choices=[option(*each) for each in BODY_LABELS.items()])
    energy = SelectField(_l("Energy"), choices=[option(*each) for each in ENERGY_LABELS.items()])
    displacement = QuantityField(_l("Displacement"), places=3, most=20, required=False, unit=_l("litres"))
    colour = StringField(_l("Colour"), [Length(max=20)])
    price = QuantityField(_l("Price without purchase tax"), places=2, required=False, unit=_l("yuan"))
    bought_on = DayField(_l("Bought on"), required=False)
    first_registered_on = DayField(_l("First registered on"), required=False,
                                   description=_l("The inspections follow from this day."))  # fmt: skip
    acquired = SelectField(_l("How it was acquired"), choices=[option(*each) for each in ACQUIRED_LABELS.items()])
    quota = SelectField(_l("Quota"), choices=[option(*each) for each in QUOTA_LABELS.items()], default="not_set")
    ceiling_case = SelectField(
        _l("Case of the standard"), choices=[option(*each) for each in CASE_LABELS.items()], default=CeilingCase.USUAL,
        description=_l("Article 7 allows more in two cases; each needs its reason."),
    )  # fmt: skip
    special = StringField(_l("Special case of the standard, because"), [Length(max=200)])
    origin = StringField(_l("Made in"), [Length(max=60)])
    seller = StringField(_l("Seller"), [Length(max=100)])
    contract_no = StringField(_l("Number of the purchase contract"), [Length(max=60)])
    invoice_no = StringField(_l("Number of the purchase invoice"), [Length(max=60)])
    warranty_until = DayField(_l("Under warranty until"), required=False)
    condition = StringField(_l("Technical condition"), [Length(max=100)])
    remark = StringField(_l("Remark"), [Length(max=200)])
    old_cycle = BooleanField(
        _l("Inspected by the old cycle"),
        description=_l("Casualty accident, punished modification, or former commercial use"),
    )
    owner_unit_id = ChoiceOf(_l("Owner unit"), required=False, render_kw={"data-searchable": ""})
    using_unit_id = ChoiceOf(_l("Using unit"), required=False, render_kw={"data-searchable": ""})
    platform = SelectField(_l("Managed by"), choices=[option(*each) for each in PLATFORM_LABELS.items()])
