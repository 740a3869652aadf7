"""Forms of the dial."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import SelectField, StringField
from wtforms.validators import DataRequired, Length, Optional

from ...core.forms import Form, MomentField, QuantityField, choices, option
from .models import DIAL_REASONS, SOURCE_LABELS, DialReplacement, OdometerReading, Source

TYPED_BY_HAND = (Source.MANUAL, Source.INSPECTION, Source.MAINTENANCE, Source.POSITION)


class Words(StringField):
    """What somebody typed, stripped; nothing is an empty text."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = str(valuelist[0]).strip() if valuelist else ""


def dial_reason_field() -> SelectField:
    """Shown when it is asked for: why a reading is right that does not fit those beside it."""
    return SelectField(_l("Why the dial differs"), [Optional()], choices=choices(DIAL_REASONS.items()))


class ReadingForm(Form):
    at = MomentField(_l("Time"))
    value = QuantityField(_l("Odometer"), most=2_000_000, unit=_l("km"))
    source = SelectField(
        _l("Occasion of the reading"), choices=[option(each, SOURCE_LABELS[each]) for each in TYPED_BY_HAND]
    )
    note_given = Words(_l("Note"), [Length(max=200)])
    dial_reason = dial_reason_field()


class CorrectionForm(Form):
    value = QuantityField(_l("Right value"), most=2_000_000, unit=_l("km"))
    dial_reason = dial_reason_field()
    reason_given = Words(_l("Reason"), [DataRequired(_l("Say why.")), Length(max=200)])


class ReversalForm(Form):
    reason_given = Words(_l("Reason"), [DataRequired(_l("Say why.")), Length(max=200)])


def reversal_form(owed: Sequence[OdometerReading], proposed: Mapping[int, int], again: DialReplacement | None) -> Form:
    """Why the replacement is reversed, and for each reading of the new dial what the dial that stayed showed; also when
    it was replaced again.
    """
    fields: dict[str, Any] = {f"reading_{each.id}": _right_value(each) for each in owed}
    if again:
        read = {"at": f"{again.at:%Y-%m-%d %H:%M}", "km": f"{again.old_last:,}"}
        label = _l("%(at)s replaced again: dial showed last %(km)s km", **read)
        fields[f"reading_{-again.id}"] = QuantityField(label, most=2_000_000, unit=_l("km"))
    fields["typed"] = _typed_values
    form: Form = type("DialReversalForm", (ReversalForm,), fields)(
        data={f"reading_{key}": value for key, value in proposed.items()}
    )
    return form


def _right_value(each: OdometerReading) -> QuantityField:
    read = {"at": f"{each.at:%Y-%m-%d %H:%M}", "what": SOURCE_LABELS[Source(each.source)], "km": f"{each.value:,}"}
    label = _l("%(at)s %(what)s: new dial %(km)s km", **read)
    hint = "" if each.dispatch_id else _l("Empty: this reading is reversed.")
    must = each.dispatch_id is not None
    return QuantityField(label, most=2_000_000, unit=_l("km"), required=must, description=hint)


def _typed_values(form: Form) -> dict[str, Any]:
    typed = Form.typed(form)
    values = {int(name.removeprefix("reading_")): value for name, value in typed.items() if name != "reason_given"}
    return {"reason_given": typed["reason_given"], "values": values}


class ReplacementForm(Form):
    at = MomentField(_l("Time of the replacement"), description=_l("From then on readings are of the new dial."))
    old_last = QuantityField(_l("Old dial showed last"), most=2_000_000, unit=_l("km"))
    dial_reason = dial_reason_field()
    new_first = QuantityField(_l("New dial began at"), most=2_000_000, unit=_l("km"))
    paper = Words(_l("Workshop's paper"), [DataRequired(_l("Name the paper.")), Length(max=200)])
    proof = FileField(_l("Proof"), description=_l("A scan, a table or a signed paper; at most 20 MB"))


class ReplacementCorrectionForm(Form):
    at = MomentField(_l("Time of the replacement"), description=_l("From then on readings are of the new dial."))
    old_last = QuantityField(_l("Old dial showed last"), most=2_000_000, unit=_l("km"))
    dial_reason = dial_reason_field()
    new_first = QuantityField(_l("New dial began at"), most=2_000_000, unit=_l("km"))
    paper = Words(_l("Workshop's paper"), [DataRequired(_l("Name the paper.")), Length(max=200)])
    reason_given = Words(_l("Reason"), [DataRequired(_l("Say why.")), Length(max=200)])
