"""The form of a rule's later version: its own values, then where they come from."""

from functools import cache
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from ...core.forms import DayField, Form, QuantityField
from .models import FACTS

HIGHEST = 10_000_000


class Origin(Form):
    """Where a version comes from, and from when on it holds."""

    valid_from = DayField(
        _l("Valid from"), description=_l("A version that begins on the same day as another one takes its place.")
    )
    document = StringField(_l("Document"), [DataRequired(_l("Name the document.")), Length(max=200)])
    clause = StringField(_l("Clause"), [DataRequired(_l("Name the clause.")), Length(max=300)])
    source = StringField(_l("Source"), [DataRequired(_l("Say where it comes from.")), Length(max=300)])
    confirmed = BooleanField(_l("Confirmed by the document itself"))
    ends = BooleanField(_l("From this day on the rule holds no longer"))


@cache
def version_form(names: tuple[str, ...]) -> type[Origin]:
    """A form with these values of the rule before the rest."""
    fields: dict[str, Any] = {name: _field(name) for name in names}
    return type("VersionForm", (Origin,), fields)


def _field(name: str) -> Any:
    fact = FACTS[name]
    if fact.places is None:
        return TextAreaField(fact.label, [DataRequired(_l("Enter the wording.")), Length(max=500)])
    return QuantityField(fact.label, places=fact.places, most=HIGHEST, unit=fact.unit)
