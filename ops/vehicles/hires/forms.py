"""Forms of a hire: asking, recording from paper, ordering, and each step after."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from ...core.forms import ChoiceOf, DayField, Form, MomentField, QuantityField, option
from ..forms import StepForm
from .models import MONEY_LABELS, MoneyFrom
from .vendor_models import CLASS_LABELS, HiredClass

YES, NO = "yes", "no"
CLASSES = [option(str(key), label) for key, label in CLASS_LABELS.items()]


class ActivityForm(Form):
    """What every hire says of its activity."""

    unit_id = ChoiceOf(_l("Unit"), render_kw={"data-searchable": ""})
    activity = StringField(_l("Activity"), [DataRequired(_l("Say what the vehicles are for.")), Length(max=200)])
    reason_class = SelectField(_l("Kind of activity"))


class HireForm(ActivityForm):
    paper = FileField(_l("Paper of the activity"), description=_l("The notice of the meeting, or the letter"))
    starts_at = MomentField(_l("Leaves at"))
    ends_at = MomentField(_l("Back by"))
    people = QuantityField(_l("People"), least=1, most=2000, unit=_l("people"))
    route = StringField(_l("Route"), [DataRequired(_l("Say which way it goes.")), Length(max=200)])
    out_of_district = BooleanField(_l("Leaves the district"))
    planned_km = QuantityField(_l("Planned kilometres"), most=5000, unit=_l("km"), required=False)
    contact = StringField(_l("Who travels"), [Length(max=60)])
    phone = StringField(_l("Telephone"), [Length(max=40)])
    own_cars_why = TextAreaField(
        _l("Why own cars do not do"), [Length(max=300)], description=_l("Own cars come first, then hired ones.")
    )
    sedan = QuantityField(CLASS_LABELS[HiredClass.SEDAN], most=50, unit=_l("vehicles"), required=False)
    van = QuantityField(CLASS_LABELS[HiredClass.VAN], most=50, unit=_l("vehicles"), required=False)
    minibus = QuantityField(CLASS_LABELS[HiredClass.MINIBUS], most=50, unit=_l("vehicles"), required=False)
    coach = QuantityField(CLASS_LABELS[HiredClass.COACH], most=50, unit=_l("vehicles"), required=False)
    class_reason = StringField(
        _l("Why more than the class check allows"), [Length(max=200)], description=_l("Only when it says so.")
    )
    estimate = QuantityField(_l("Estimated cost"), places=2, most=1_000_000, unit=_l("yuan"))
    money_from = SelectField(
        _l("Paid from"), choices=[option(str(key), label) for key, label in MONEY_LABELS.items()],
        default=str(MoneyFrom.UNIT),
    )  # fmt: skip
    oral_by = StringField(_l("Approved by mouth by"), [Length(max=60)], description=_l("Only in an emergency"))
    oral_at = MomentField(_l("Approved by mouth at"), validators=[Optional()])
    in_district = BooleanField(_l("A place within the district is meant"))
    afterwards = StringField(_l("Recorded afterwards, because"), [Length(max=200)], default="")
    again = BooleanField(_l("Send it all the same"))


class OrderForm(StepForm):
    """Vehicles of one class from one vendor."""

    vendor_id = ChoiceOf(_l("Hire company"), render_kw={"data-searchable": ""})
    vehicle_class = SelectField(_l("Class of vehicle"), choices=CLASSES)
    how_many = QuantityField(_l("Vehicle-trips"), least=1, most=50, default=1, unit=_l("vehicle-trips"))
    plates = StringField(_l("Plates"), [Optional(), Length(max=500)], description=_l("With blanks between them"))
    price = QuantityField(
        _l("Price of each"), places=2, most=100_000, unit=_l("yuan"), required=False,
        description=_l("Only where no contract says it."),
    )  # fmt: skip
    off_list_reason = StringField(
        _l("Why a vendor without contract"), [Length(max=200)], description=_l("Only where no contract says it.")
    )


class RecordForm(ActivityForm):
    """An activity that was approved on paper, with its first vehicles; others are added on its page."""

    day = DayField(_l("Day"))
    paper_no = StringField(_l("Number of the approval"), [Optional(), Length(max=60)])
    vendor_id = ChoiceOf(_l("Hire company"), render_kw={"data-searchable": ""})
    vehicle_class = SelectField(_l("Class of vehicle"), choices=CLASSES)
    how_many = QuantityField(_l("Vehicle-trips"), least=1, most=50, default=1, unit=_l("vehicle-trips"))
    price = QuantityField(_l("Price of each"), places=2, most=100_000, unit=_l("yuan"))
    plates = StringField(_l("Plates"), [Optional(), Length(max=500)], description=_l("With blanks between them"))


class HirePaperForm(Form):
    called = StringField(_l("Name of the paper"), [DataRequired(_l("Say what paper it is.")), Length(max=100)])
    scan = FileField(_l("Scan or photograph"), [FileRequired(_l("Choose a file."))])


class HireReasonForm(Form):
    """An act that says why."""

    reason_given = StringField(_l("Reason"), [DataRequired(_l("Say why.")), Length(max=200)])


class DrivenForm(Form):
    left_at = MomentField(_l("Left at"))
    back_at = MomentField(_l("Back at"))
    kilometres = QuantityField(_l("Kilometres"), most=5000, unit=_l("km"))
    plate = StringField(_l("Plate"), [Length(max=20)])
    driver = StringField(_l("Driver"), [Length(max=60)])
    extra = QuantityField(_l("Tolls and parking"), places=2, most=10_000, unit=_l("yuan"), default=0)
    overrun = QuantityField(
        _l("Overrun"), places=2, most=100_000, unit=_l("yuan"), required=False,
        description=_l("Only where no contract says it."),
    )  # fmt: skip
    words = StringField(_l("Note"), [Length(max=200)], description=_l("Needed when a record is corrected."))


class SubmissionForm(StepForm):
    words = TextAreaField(_l("Words"), [Length(max=300)], description=_l("Needed when you answer an objection."))


class HireAnswerForm(StepForm):
    verdict = RadioField(
        _l("Answer of the unit"), [InputRequired(_l("Choose one."))],
        choices=[option(YES, _l("The unit agrees")), option(NO, _l("The unit objects"))],
    )  # fmt: skip
    words = TextAreaField(_l("Words"), [Length(max=300)], description=_l("Needed when you object."))


class PaidForm(StepForm):
    words = StringField(_l("Payment"), [DataRequired(_l("Name the payment.")), Length(max=100)])


class HireRatingForm(Form):
    stars = RadioField(
        _l("Rating"), [InputRequired(_l("Choose one to five stars."))],
        choices=[option(str(number), "★" * number) for number in range(5, 0, -1)],
    )  # fmt: skip
    words = TextAreaField(_l("Words"), [Length(max=300)])
