"""Forms of the self-evaluation: grade, cause and measure, weights, a scoring setting, a signature."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from ...core.forms import DayField, Form, QuantityField, option
from ..forms import options
from .scoring_values import Grade
from .setting_specs import Spec

GRADE_LABELS = {
    Grade.ACHIEVED: _l("Achieved"),
    Grade.PARTLY: _l("Partly achieved, with some effect"),
    Grade.NOT_ACHIEVED: _l("Not achieved, with little effect"),
}


class JudgementForm(Form):
    grade = RadioField(_l("Grade"), choices=options(GRADE_LABELS), validators=[InputRequired(_l("Choose one."))])
    points = QuantityField(_l("Points"), places=2, most=100)


class DeviationForm(Form):
    cause = TextAreaField(_l("Cause"), [DataRequired(_l("Say why.")), Length(max=1000)])
    measure = TextAreaField(_l("Measure"), [DataRequired(_l("Say what is done about it.")), Length(max=1000)])


class SignForm(Form):
    """One button: the step, and the hash of the content that the page showed."""

    step = HiddenField()
    content_hash = HiddenField()


class WithdrawalForm(Form):
    because = StringField(_l("Reason"), [DataRequired(_l("Say why.")), Length(max=200)])


class SettingForm(Form):
    """A version of a setting; the fields of its value are added by `setting_form`."""

    valid_from = DayField(_l("In force from"))
    document = StringField(_l("Document"), [DataRequired(_l("Name the document.")), Length(max=200)])
    clause = StringField(_l("Clause"), [DataRequired(_l("Say what the clause says.")), Length(max=300)])
    source = StringField(_l("Source"), [Length(max=300)], description=_l("Where the document was seen"))
    confirmed = BooleanField(_l("The finance office has confirmed it"))
    spec: Spec

    @property
    def asked(self) -> list[Field]:
        return [self[each.key] for each in self.spec.asked]

    def typed(self) -> dict[str, Any]:
        """The value as texts by key, None when switched off; the rest as it is."""
        rest = ("valid_from", "document", "clause", "source", "confirmed")
        off = self.spec.optional and not self["on"].data
        given = None if off else {each.key: _text(self[each.key].data) for each in self.spec.asked}
        return {"given": given, **{name: self[name].data for name in rest}}


def setting_form(spec: Spec, given: Mapping[str, str] | None, **usual: Any) -> SettingForm:
    """The form of one setting, filled with what is in force."""
    fields: dict[str, Any] = {"on": BooleanField(_l("In use"))} if spec.optional else {}
    for each in spec.asked:
        if each.choices:
            chosen = each.choices
            label: Any = each.label
            fields[each.key] = RadioField(label, choices=[option(value, words) for value, words in chosen])
        else:
            fields[each.key] = QuantityField(
                each.label, places=2, most=1000, unit=each.unit, required=not spec.optional
            )
    made = type("OneSettingForm", (SettingForm,), {**fields, "spec": spec})
    numbers = {each.key: Decimal(given[each.key]) for each in spec.asked if given and not each.choices}
    choices = {each.key: given.get(each.key, "") for each in spec.asked if given and each.choices}
    form: SettingForm = made(**usual, on=given is not None, **numbers, **choices)
    return form


def _text(value: object) -> str:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value or "")


def weight_form(indicators: Sequence[tuple[int, str, Decimal]]) -> Form:
    """A weight for each (id, name, weight); typed as {"weights": {id: weight}, "because": …}."""
    fields: dict[str, Any] = {
        f"weight{number}": QuantityField(name, places=2, most=100)
        for number, (_id, name, _w) in enumerate(indicators, 1)
    }
    fields["because"] = StringField(_l("Reason"), [DataRequired(_l("Say why.")), Length(max=200)])

    def typed(self: Form) -> dict[str, Any]:
        weights = {key: self[f"weight{number}"].data for number, (key, _name, _w) in enumerate(indicators, 1)}
        return {"weights": weights, "because": self["because"].data}

    made = type("WeightForm", (Form,), {**fields, "typed": typed})
    form: Form = made(**{f"weight{number}": weight for number, (_id, _name, weight) in enumerate(indicators, 1)})
    return form
