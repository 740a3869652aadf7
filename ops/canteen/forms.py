"""Forms of the canteens."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, RadioField, StringField, TextAreaField, TimeField
from wtforms.validators import InputRequired, Length, Optional

from ..core.forms import ChoiceOf, DayField, Form, MomentField, QuantityField, option
from .rules import MOST_AMOUNT

WELL, FOUND = "well", "found"


class TimeOfDayField(TimeField):
    """A time of day to the minute."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_l("Write the time like 11:30.")) from None


class RecordForm(Form):
    """The counter's form: made for wet hands, a card reader types into it and presses enter."""

    canteen_id = ChoiceOf(_l("Canteen"))
    who = StringField(
        _l("Card, number or name"),
        [InputRequired(_l("Swipe the card, or type number or name.")), Length(max=60)],
        render_kw={"autofocus": True, "autocomplete": "off", "enterkeyhint": "go", "data-select-typed": ""},
    )
    again = BooleanField(_l("One more for this sitting"), description=_l("He pays for a guest as well."))


class BackEntryForm(Form):
    canteen_id = ChoiceOf(_l("Canteen"))
    who = StringField(_l("Card, number or name"), [InputRequired(_l("Say who ate.")), Length(max=60)])
    at = MomentField(_l("Time of the meal"))
    amount = QuantityField(_l("Amount"), places=2, most=MOST_AMOUNT, unit=_l("yuan"))
    reason_given = StringField(_l("Reason"), [InputRequired(_l("Say why.")), Length(max=200)])
    again = BooleanField(_l("One more for this sitting"), description=_l("He pays for a guest as well."))


class CorrectionForm(Form):
    canteen_id = ChoiceOf(_l("Canteen"))
    who = StringField(_l("Card, number or name"), [InputRequired(_l("Say who ate.")), Length(max=60)])
    at = MomentField(_l("Time of the meal"))
    amount = QuantityField(_l("Amount"), places=2, most=MOST_AMOUNT, unit=_l("yuan"))
    reason_given = StringField(_l("Reason"), [InputRequired(_l("Say why.")), Length(max=200)])


class ReversalForm(Form):
    reason_given = StringField(_l("Reason"), [InputRequired(_l("Say why.")), Length(max=200)])


class IntakeForm(Form):
    file = FileField(_l("File"), [FileRequired(_l("Choose a file."))], description=_l("CSV or XLSX, at most 16 MB"))


class DinerForm(Form):
    number = StringField(_l("Diner number"), [InputRequired(_l("Give a number.")), Length(max=40)])
    name = StringField(_l("Full name"), [InputRequired(_l("Give a name.")), Length(max=60)])
    unit_id = ChoiceOf(_l("Unit"), render_kw={"data-searchable": ""})
    card = StringField(_l("Card number"), [Optional(), Length(max=40)])


class GrantForm(Form):
    canteen_id = ChoiceOf(_l("Canteen"))
    from_on = DayField(_l("First day"))
    to_on = DayField(_l("Last day"), description=_l("The last day included; as a rule the end of the budget year."))


class StopForm(Form):
    last_on = DayField(_l("Last day"), description=_l("The last day on which the subsidy holds."))
    reason_given = StringField(_l("Reason"), [InputRequired(_l("Say why.")), Length(max=200)])


class CheckForm(Form):
    """The day's check. What to look at stands in the hint; a blank is never all well."""

    canteen_id = ChoiceOf(_l("Canteen"))
    day = DayField(_l("Day"))
    outcome = RadioField(
        _l("Outcome"),
        choices=[option(WELL, _l("All well (zero-risk report)")), option(FOUND, _l("Something was found"))],
        validators=[InputRequired(_l("Choose one."))],
        description=_l(
            "Premises, purchases, storage, processing, tableware, samples, staff health, waste, labels and records."
        ),
    )
    findings = TextAreaField(_l("Findings"), [Optional(), Length(max=2000)])
    measures = TextAreaField(_l("Measures taken"), [Optional(), Length(max=2000)])

    def typed(self) -> dict[str, Any]:
        """`outcome` as the service knows it: all well, or not."""
        typed = super().typed()
        well = typed.pop("outcome") == WELL
        return {**typed, "well": well}


class IncidentForm(Form):
    canteen_id = ChoiceOf(_l("Canteen"))
    day = DayField(_l("Day"))
    people = QuantityField(_l("People affected"), most=100_000, required=False)
    findings = TextAreaField(_l("What happened"), [InputRequired(_l("Say what happened.")), Length(max=2000)])
    measures = TextAreaField(_l("Measures taken"), [Optional(), Length(max=2000)])


class PlanForm(Form):
    year = QuantityField(_l("Year"), least=2020, most=2099)


class SittingForm(Form):
    starts = TimeOfDayField(_l("Starts at"), validators=[InputRequired(_l("Enter a time."))])
    ends = TimeOfDayField(_l("Until before"), validators=[InputRequired(_l("Enter a time."))])
    price = QuantityField(_l("Price"), places=2, most=MOST_AMOUNT, unit=_l("yuan"))
    source = StringField(_l("Source"), [InputRequired(_l("Say whose rule it is.")), Length(max=200)])


class TerminalForm(Form):
    code = StringField(_l("Terminal"), [InputRequired(_l("Give the terminal's number.")), Length(max=40)])
    canteen_id = ChoiceOf(_l("Canteen"))
