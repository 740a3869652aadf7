"""Forms of a trip. Those that change its state carry the mark of what they were opened on."""

from secrets import token_urlsafe
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, StringField
from wtforms.validators import DataRequired, Length, Optional, Regexp, ValidationError

from ..core.errors import Rejected
from ..core.forms import ChoiceOf, Form, MomentField, QuantityField, choices
from .odometer.models import DIAL_REASONS
from .rules import MOST_PEOPLE, check_request

NO_PHONE = _l("Write a phone number.")
PHONE = r"^[0-9+() \-]{5,20}$"


class RequestForm(Form):
    unit_id = ChoiceOf(_l("Unit"), render_kw={"data-searchable": ""})
    purpose = StringField(_l("Purpose"), [DataRequired(_l("Say what the car is for.")), Length(max=200)])
    destination = StringField(_l("Destination"), [DataRequired(_l("Say where it goes.")), Length(max=200)])
    route = StringField(_l("Route"), [Length(max=200)], default="", description=_l("From where, and by which places."))
    one_way_km = QuantityField(
        _l("Kilometres one way"), least=1, most=5000, required=False, unit=_l("km"),
        description=_l("Only for a way out of the district: from a certain length on a second driver is needed."),
    )  # fmt: skip
    starts_at = MomentField(_l("Leaves at"))
    ends_at = MomentField(_l("Back by"))
    people = QuantityField(_l("People"), least=1, most=MOST_PEOPLE)
    contact = StringField(_l("Who travels"), [DataRequired(_l("Name one of those who travel.")), Length(max=60)])
    phone = StringField(
        _l("Phone"),
        [
            DataRequired(_l("Give a number that the driver can call.")),
            Regexp(PHONE, message=_l("Write a phone number.")),
        ],
        render_kw={"inputmode": "tel"},
    )
    out_of_district = BooleanField(_l("It goes out of the district"))
    in_district = BooleanField(_l("A place within the district is meant"))
    sealed_car = BooleanField(
        _l("A car that is sealed over the holiday is needed"),
        description=_l("Where every car that fits is sealed then, this is known without the tick."),
    )
    hired = BooleanField(_l("Own cars do not do: a hired vehicle is needed"))
    oral_by = StringField(_l("Approved by mouth by"), [Length(max=60)], default="")
    oral_at = MomentField(_l("Approved by mouth at"), validators=[Optional()])

    afterwards = StringField(_l("Recorded afterwards, because"), [Length(max=200)], default="")
    paper_by = StringField(_l("Approved on paper by"), [Length(max=60)], default="")
    paper_at = MomentField(
        _l("Approved on paper at"), validators=[Optional()],
        description=_l("As the paper says, before the trip began; its verdict then stands for every approval."),
    )  # fmt: skip
    again = BooleanField(_l("Send it all the same"))
    sent_key = HiddenField(validators=[Length(max=60)], default=lambda: token_urlsafe(16))

    def without_paper(self) -> None:
        """For whoever does not take approvals over from paper."""
        del self.paper_by, self.paper_at

    def validate_ends_at(self, ends_at: MomentField) -> None:
        """Told together with what else is wrong."""
        if self.starts_at.data and ends_at.data:
            try:
                check_request(self.starts_at.data, ends_at.data)
            except Rejected as refusal:
                raise ValidationError(str(refusal.message)) from None


class StepForm(Form):
    """Base of a state change: `seen` is the mark of the trip when the page was opened, where the page gives one."""

    seen = HiddenField()

    def typed(self) -> dict[str, Any]:
        return {name: value for name, value in super().typed().items() if name != "seen" or value}


class LimitedForm(StepForm):
    """Base of what gives car and driver time: who allows what passes a limit for drivers, or has something lapsed."""

    limits_reason = StringField(
        _l("Beyond the limits for drivers: who allows it, and why"), [Length(max=200)], default=""
    )
    leave_by = StringField(_l("Something has lapsed: who allows the trip"), [Length(max=60)], default="")
    leave_reason = StringField(_l("Something has lapsed: why it is allowed"), [Length(max=300)], default="")


class DispatchForm(LimitedForm):
    vehicle_id = ChoiceOf(_l("Car"), render_kw={"data-searchable": ""})
    driver_id = ChoiceOf(_l("Driver"), render_kw={"data-searchable": ""})
    second_driver_id = ChoiceOf(
        _l("Second driver"), required=False, render_kw={"data-searchable": ""},
        description=_l("Only on a long way. Both are held, and bound by every limit of time, for the whole trip."),
    )  # fmt: skip

    def offer(self, cars: list[Any], drivers: list[Any]) -> None:
        """What is to choose from, as `choices` makes it; either seat is for any driver."""
        self.vehicle_id.choices = cars
        self.driver_id.choices = self.second_driver_id.choices = drivers


class ReassignForm(DispatchForm):
    reason_given = StringField(_l("Reason"), [DataRequired(_l("Say why.")), Length(max=200)])


class MoveForm(DispatchForm):
    starts_at = MomentField(_l("Leaves at"))
    ends_at = MomentField(_l("Back by"))
    reason_given = StringField(_l("Reason"), [DataRequired(_l("Say why.")), Length(max=200)])


class AllowedForm(LimitedForm):
    """Base of what changes the time of a trip: who allowed by mouth what was not asked for before."""

    oral_by = StringField(_l("Approved by mouth by"), [Length(max=60)], default="")
    oral_at = MomentField(_l("Approved by mouth at"), validators=[Optional()])


class ExtendForm(AllowedForm):
    due_at = MomentField(_l("Back by"))
    reason_given = StringField(_l("Reason"), [DataRequired(_l("Say why.")), Length(max=200)])


class DialForm(StepForm):
    """Start or end of a trip: when, and what the dial shows."""

    at = MomentField(_l("Time"))
    odometer = QuantityField(_l("Odometer"), most=2_000_000, unit=_l("km"))
    dial_reason = SelectField(_l("Why the dial differs"), [Optional()], choices=choices(DIAL_REASONS.items()))


class DepartureForm(DialForm):
    early_reason = StringField(_l("Left earlier than planned, because"), [Length(max=200)], default="")


class CancelForm(Form):
    reason_given = StringField(_l("Reason"), [DataRequired(_l("Say why.")), Length(max=200)])


class CallOffForm(CancelForm, StepForm):
    """Taking back a request or a dispatch."""
