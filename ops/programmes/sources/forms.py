"""Forms of sources."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from ...core.forms import Form


def _answer(label: Any, hint: Any) -> TextAreaField:
    return TextAreaField(label, [DataRequired(_l("Answer in a sentence.")), Length(max=1000)], description=hint)


class QualityForm(Form):
    verified = _answer(_l("How is the figure verified?"), _l("Who compares it with what, and when"))
    source = _answer(_l("What is its source?"), _l("The records, the register or the survey it is counted from"))
    accuracy = _answer(_l("What accuracy is needed?"), _l("How far off may it be before a decision would change"))
    limits = _answer(_l("What are its limits?"), _l("What is not counted, counted late or estimated"))
    compensated = _answer(_l("How are the limits compensated?"), _l("What is done so that the figure can be relied on"))
