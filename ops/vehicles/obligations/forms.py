"""Forms of what is owed."""

from datetime import date

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, SelectField, StringField, TextAreaField, TimeField
from wtforms.validators import DataRequired, Length, Optional

from ...core.forms import ChoiceOf, DayField, Form, QuantityField, choices
from ..odometer.forms import dial_reason_field
from ..odometer.rules import MOST_ON_A_DIAL
from .models import INSURANCE, OBLIGATION_LABELS, OF_CARS, Obligation, ObligationKind
from .rules import NextLicence

TERMED = (ObligationKind.COMPULSORY, ObligationKind.COMMERCIAL, ObligationKind.MAINTENANCE)


class OweForm(Form):
    vehicle_id = ChoiceOf(_l("Car"), render_kw={"data-searchable": ""})
    kind = SelectField(_l("What is owed"), choices=choices((kind, OBLIGATION_LABELS[kind]) for kind in OF_CARS),
                       validators=[DataRequired(_l("Choose one."))])  # fmt: skip
    due_on = DayField(_l("Due on"))
    due_km = QuantityField(_l("Or when the dial shows"), most=MOST_ON_A_DIAL, required=False, unit=_l("km"))


class DoneForm(Form):
    done_on = DayField(_l("Done on"))
    result = StringField(_l("Result"), [DataRequired(_l("Say how it went.")), Length(max=200)])
    valid_until = DayField(_l("New paper valid until"), required=False)
    for_life = BooleanField(_l("The new licence is valid for life"))
    dial = QuantityField(_l("Odometer"), most=MOST_ON_A_DIAL, required=False, unit=_l("km"))
    dial_reason = dial_reason_field()
    read_at = TimeField(_l("Read at"), [Optional()], description=_l("Empty: now, when it was done today"))
    cost = QuantityField(_l("Cost"), places=2, required=False, unit=_l("yuan"))
    scan = FileField(_l("Scan of the paper"))


def done_form(obligation: Obligation, proposed: NextLicence | None, today: date) -> DoneForm:
    """The fields that there are for what is owed; a licence with what the rule gives it next."""
    until = proposed.until if proposed else None
    form = DoneForm(done_on=today, valid_until=until, for_life=proposed is not None and until is None)
    if obligation.kind != ObligationKind.LICENCE:
        del form.for_life
    if obligation.vehicle_id is None:
        del form.dial, form.read_at, form.dial_reason
    if obligation.vehicle_id is None or obligation.kind in INSURANCE:
        del form.cost
    return form


class WhyForm(Form):
    reason_given = TextAreaField(_l("Why"), [DataRequired(_l("Say why.")), Length(max=300)])


class LeaveForm(Form):
    first_on = DayField(_l("First day"))
    last_on = DayField(_l("Last day"))
    allowed_by = StringField(_l("Who allows it"), [DataRequired(_l("Enter the name.")), Length(max=60)])
    reason_given = TextAreaField(_l("Why"), [DataRequired(_l("Say why.")), Length(max=300)])


class TermForm(Form):
    kind = SelectField(_l("What is owed"), choices=choices((kind, OBLIGATION_LABELS[kind]) for kind in TERMED),
                       validators=[DataRequired(_l("Choose one."))])  # fmt: skip
    months = QuantityField(_l("Every so many months"), least=1, most=240)
    km = QuantityField(_l("Or every so many kilometres"), least=1, most=1_000_000, required=False, unit=_l("km"))
    km_ahead = QuantityField(
        _l("Remind so many kilometres ahead"), least=1, most=100_000, required=False, unit=_l("km")
    )
    valid_from = DayField(_l("Valid from"))
    document = StringField(_l("Document"), [DataRequired(_l("Name the document.")), Length(max=200)])
    clause = StringField(_l("Clause"), [Length(max=300)])
    source = StringField(_l("Source"), [DataRequired(_l("Say where it comes from.")), Length(max=200)])


class DriverFileForm(Form):
    licence_class = StringField(_l("Licence class"), [DataRequired(_l("Enter the class, like A1.")), Length(max=4)])
    first_licensed_on = DayField(_l("First licensed on"))
    licence_until = DayField(_l("Licence valid until"), required=False, description=_l("Empty: valid for life"))
    born_on = DayField(_l("Born on"), required=False)
    phone = StringField(_l("Telephone"), [Length(max=20)])
