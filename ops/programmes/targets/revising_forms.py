"""Forms for making and revising targets."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from ...core.forms import DayField, Form, QuantityField, option
from ..money import UNITS


def _text(label: Any, most: int = 200, hint: Any = "") -> StringField:
    return StringField(label, [DataRequired(_l("Fill this in.")), Length(max=most)], description=hint)


class HeadForm(Form):
    """Everything above the indicators."""

    name = _text(_l("Programme"))
    unit_line = _text(_l("Unit"), hint=_l("Code and name as the form prints them"))
    amount_unit = SelectField(_l("Unit of the amounts"), choices=[option(unit, unit) for unit in UNITS], default="万元")
    total = _text(_l("Budget"), 30)
    fiscal = StringField(_l("Of it fiscal funds"), [Length(max=30)])
    other = StringField(_l("Other funds"), [Length(max=30)])
    fund_use = TextAreaField(_l("Purpose of the funds"), [DataRequired(_l("Fill this in.")), Length(max=1000)])
    plan = TextAreaField(
        _l("Funding plan"),
        [DataRequired(_l("Fill this in.")), Length(max=500)],
        description=_l("A point to a line: the day, a space, the cumulative percentage"),
    )
    goals = TextAreaField(
        _l("Goals"), [DataRequired(_l("Fill this in.")), Length(max=2000)], description=_l("A goal to a line")
    )


class Because(Form):
    """The day and the reason of a version."""

    in_force_on = DayField(_l("In force from"))
    because = _text(_l("Reason of the revision"))


class ProgrammeForm(HeadForm):
    year = QuantityField(_l("Budget year"), least=2000, most=2099)
    code = _text(_l("Project code"), 60)


class HeadRevisionForm(HeadForm, Because):
    pass


class IndicatorForm(Because):
    duty = SelectField(_l("Duty"))
    level1 = _text(_l("Level 1"), 60)
    level2 = _text(_l("Level 2"), 60)
    level3 = _text(_l("Level 3"))
    description = StringField(_l("Description"), [Length(max=500)])
    value_text = _text(_l("Target"), 200, _l("With sign, number and unit, or the last day: ≥95%, ≤12, 2023-12-31"))
    basis = StringField(_l("Basis of the target"), [Length(max=100)])
    weight = QuantityField(_l("Weight"), places=2, most=100)
