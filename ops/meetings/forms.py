"""Forms of venues and meetings."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from ..core.forms import ChoiceOf, Form, MomentField, QuantityField, option
from .checklist import GRADES, PHASES, SCORES
from .models import LAYOUTS, LEVELS


def _trimmed(text: str | None) -> str:
    return (text or "").strip()


def _options(words: Mapping[Any, object]) -> list[Any]:
    return [option(value, label) for value, label in words.items()]


URGENT_HINT = _l("For bookings later than the notice that is asked for.")


class BookingForm(Form):
    title = StringField(
        _l("Title of the meeting"), [DataRequired(_l("Give the meeting a title.")), Length(max=100)], filters=[_trimmed]
    )
    unit_id = ChoiceOf(_l("Host"), render_kw={"data-searchable": ""})
    level = SelectField(_l("Level"), choices=_options(LEVELS), default="department")
    people = QuantityField(_l("People"), least=1, most=5000)
    begins_at = MomentField(_l("Begins at"))
    finishes_at = MomentField(_l("Ends at"))
    venue_id = ChoiceOf(_l("Venue"), render_kw={"data-searchable": ""})
    layout = SelectField(_l("Layout"), choices=_options(LAYOUTS), default="classroom")
    contact = StringField(
        _l("Contact"), [DataRequired(_l("Say who can be asked.")), Length(max=100)], filters=[_trimmed]
    )
    needs = TextAreaField(
        _l("Other needs"),
        [Length(max=1000)],
        filters=[_trimmed],
        description=_l("Name cards, banner, screen, video link. Nothing classified."),
    )
    urgent = BooleanField(_l("Urgent"), description=URGENT_HINT)
    urgent_reason = StringField(_l("Why it is urgent"), [Length(max=200)], filters=[_trimmed])


class MoveForm(Form):
    begins_at = MomentField(_l("Begins at"))
    finishes_at = MomentField(_l("Ends at"))
    venue_id = ChoiceOf(_l("Venue"), render_kw={"data-searchable": ""})
    reason_given = StringField(_l("Reason"), [DataRequired(_l("Say why.")), Length(max=200)], filters=[_trimmed])
    urgent = BooleanField(_l("Urgent"), description=URGENT_HINT)
    urgent_reason = StringField(_l("Why it is urgent"), [Length(max=200)], filters=[_trimmed])


class ExtendForm(Form):
    finishes_at = MomentField(_l("Ends at"))
    reason_given = StringField(_l("Reason"), [DataRequired(_l("Say why.")), Length(max=200)], filters=[_trimmed])


class WhyForm(Form):
    """For deeds that take something back."""

    reason_given = StringField(_l("Reason"), [DataRequired(_l("Say why.")), Length(max=200)], filters=[_trimmed])


class HeldForm(Form):
    began_at = MomentField(_l("Began at"))
    ended_at = MomentField(_l("Ended at"))
    people = QuantityField(_l("People who came"), least=1, most=5000)
    reason_given = StringField(
        _l("Why it was held before the checklist was complete"), [Length(max=200)], filters=[_trimmed],
        description=_l("Only if lines of the checklist before the meeting are open."),
    )  # fmt: skip


class ErrorForm(Form):
    phase = SelectField(_l("Phase"), choices=_options(PHASES))
    grade = SelectField(_l("Grade of the error"), choices=_options(GRADES))
    what = StringField(
        _l("What went wrong"), [DataRequired(_l("Say what went wrong.")), Length(max=500)], filters=[_trimmed]
    )
    remedy = StringField(
        _l("What was done about it"), [DataRequired(_l("Say what was done.")), Length(max=500)], filters=[_trimmed]
    )


class RatingForm(Form):
    score = SelectField(_l("How satisfied are you"), choices=_options(SCORES), coerce=int, default=5)
    remark = StringField(_l("Comment"), [Length(max=500)], filters=[_trimmed])


class VenueForm(Form):
    name = StringField(_l("Name"), [DataRequired(_l("Give the venue a name.")), Length(max=60)], filters=[_trimmed])
    place = StringField(
        _l("Building or room"), [DataRequired(_l("Say where it is.")), Length(max=100)], filters=[_trimmed]
    )
    seats = QuantityField(_l("Seats"), least=1, most=5000)
    from_on = DateField(_l("In use from"), [DataRequired(_l("Enter a date."))])


class CloseVenueForm(Form):
    to_on = DateField(_l("Out of use from"), [DataRequired(_l("Enter a date."))])
