"""Forms of figures: closing a period, entering a manual figure."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from ..core.errors import Rejected
from ..core.forms import Form, QuantityField
from ..core.period import parse


class PeriodField(StringField):
    """A period by its key: 2022, 2022Q3, 2022-07."""

    data: Any

    def process_formdata(self, valuelist: list[Any]) -> None:
        if not valuelist or not str(valuelist[0]).strip():
            self.data = None
            return
        try:
            self.data = parse(str(valuelist[0]).strip())
        except Rejected as refusal:
            self.data = None
            raise ValueError(refusal.message) from None

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else str(self.data or "")


class ClosingForm(Form):
    period = PeriodField(
        _l("Period"),
        [InputRequired(_l("Enter a period."))],
        description=_l("A year, quarter or month: 2022, 2022Q3 or 2022-07"),
    )


class ReopenForm(Form):
    reason_given = TextAreaField(_l("Why it is opened again"), [InputRequired(_l("Say why."))])


class ManualFigureForm(Form):
    """`reason_given` is where the figure comes from; the base form's `reason` is for closed periods."""

    value = QuantityField(_l("Number"), places=4, least=-(10**12), required=False)
    words = StringField(_l("Result in words"), [Length(max=500)], description=_l("For a qualitative target only"))
    unit = StringField(_l("Unit"), [Length(max=20)])
    reason_given = TextAreaField(_l("Where it comes from"), [InputRequired(_l("Say where the figure comes from."))])
    proof = FileField(_l("Proof"), description=_l("A scan, a table or a signed paper; at most 20 MB"))
