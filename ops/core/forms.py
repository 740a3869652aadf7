"""Forms: shape checks, then one verb in one transaction; a refusal stands beside its field, nothing typed is lost."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy.exc import IntegrityError
from wtforms import DateField, DateTimeLocalField, DecimalField, Field, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are older
from wtforms.meta import DefaultMeta
from wtforms.validators import InputRequired, NumberRange, Optional, StopValidation, ValidationError

from .access import current_actor
from .db import transaction
from .errors import Rejected, rejection_of
from .language import chosen_language

Made = TypeVar("Made")
UNSENT = ("csrf_token", "reason")
LONGEST_NUMBER = 18  # digits before the point that the database keeps


class Form(FlaskForm):
    """Base of all forms. `reason` is shown only when a closed period asks for it."""

    reason = TextAreaField(_l("Reason for the adjustment"))

    class Meta(FlaskForm.Meta):
        """The words of WTForms itself, whose catalogues it keeps; its extension reads one anew in every request."""

        @property
        def locales(self) -> tuple[str]:
            return (chosen_language(),)

        def get_translations(self, form: Any) -> Any:
            return DefaultMeta.get_translations(self, form)

    def attempt(self, verb: Callable[..., Made], **given: Any) -> Made | None:
        """Validate, then do the verb with what was typed, what is given, and `by=`. None when refused."""
        if not self.validate_on_submit():
            return None
        try:
            with transaction(self.reason.data):
                return verb(**self.typed(), **given, by=current_actor())
        except Rejected as refusal:
            self.refuse(refusal)
        except IntegrityError as error:
            self.refuse(rejection_of(error))
        return None

    def typed(self) -> dict[str, Any]:
        return {name: field.data for name, field in self._fields.items() if name not in UNSENT}

    def refuse(self, refusal: Rejected) -> None:
        if refusal.field in self._fields:
            field = self._fields[refusal.field]
            field.errors = [*field.errors, refusal.message]
        else:
            self.form_errors.append(refusal.message)


class Deed(Form):
    """A form of one button: an act that needs no more than to be meant."""


def option(value: str, label: Any, **attributes: object) -> Any:
    """One choice of a select or of a list of boxes; `attributes` are those of its HTML (disabled=True)."""
    return SelectChoice(value, label, attributes)


def choices(rows: Any, blank: str = "") -> list[Any]:
    """Select choices from (id, label) rows, led by an empty one."""
    return [option("", blank), *(option(str(key), label) for key, label in rows)]


def chosen(value: str) -> int | None:
    """The id behind a select of `choices`."""
    return int(value) if value else None


class ChoiceOf(SelectField):
    """A select over ids; required unless told otherwise. Set `.choices = choices(rows)` before validating."""

    def __init__(self, label: Any, *, required: bool = True, **kwargs: Any) -> None:
        checks = [InputRequired(_l("Choose one."))] if required else [Optional()]
        super().__init__(label, validators=checks, coerce=chosen, **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_l("Choose one of the list.")) from None

    def pre_validate(self, form: Any) -> None:
        _stop_at_unreadable(self)
        if self.choices is None:
            return  # listed only where the page is shown: the service holds the row and says so when there is none
        if self.data is not None and self.data not in (chosen(value) for value, *_rest in self.iter_choices()):
            raise ValidationError(_l("Choose one of the list."))


def _stop_at_unreadable(field: Field) -> None:
    """What could not be read has been said; no bound or choice is checked on top of it."""
    if field.process_errors:
        raise StopValidation


class MomentField(DateTimeLocalField):
    """Date and time, to the minute, of the site's wall clock."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        kwargs.setdefault("validators", [InputRequired(_l("Enter date and time."))])
        super().__init__(label, format=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"], **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        if not valuelist or not str(valuelist[0]).strip():
            self.data = None
            return
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_l("Write date and time like 2023-05-09 08:30.")) from None
        if isinstance(self.data, datetime) and not 2000 <= self.data.year <= 2099:
            raise ValueError(_l("The year must lie between 2000 and 2099."))

    def pre_validate(self, form: Any) -> None:
        _stop_at_unreadable(self)


class DayField(DateField):
    """A day of the site's calendar; optional when told so."""

    def __init__(self, label: Any, *, required: bool = True, **kwargs: Any) -> None:
        check = InputRequired(_l("Enter a day.")) if required else Optional()
        super().__init__(label, [check], **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        if not valuelist or not str(valuelist[0]).strip():
            self.data = None
            return
        try:
            self.data = date.fromisoformat(str(valuelist[0]).strip())
        except ValueError:
            self.data = None
            raise ValueError(_l("Write the day like 2023-05-09.")) from None
        if not 2000 <= self.data.year <= 2099:
            raise ValueError(_l("The year must lie between 2000 and 2099."))

    def pre_validate(self, form: Any) -> None:
        _stop_at_unreadable(self)


class QuantityField(DecimalField):
    """An exact number with at most `places` decimals, within the bounds; `unit` is shown behind it."""

    def __init__(
        self,
        label: Any,
        *,
        places: int = 0,
        least: int = 0,
        most: int = 10**12,
        unit: object = "",
        required: bool = True,
        **kwargs: Any,
    ) -> None:
        check = InputRequired(_l("Enter a number.")) if required else Optional()
        self.out_of_bounds = _l("Enter a number from %(least)s to %(most)s.", least=least, most=most)
        super().__init__(label, [check, NumberRange(least, most, self.out_of_bounds)], None, **kwargs)
        self.decimals, self.unit = places, unit

    def process_formdata(self, valuelist: list[Any]) -> None:
        if not valuelist or not str(valuelist[0]).strip():
            self.data = None
            return
        try:
            self.data = Decimal(str(valuelist[0]).strip().replace(",", "").replace("，", ""))
        except ArithmeticError:
            self.data = None
            raise ValueError(_l("Write it as a number, like 12 or 3.50.")) from None
        if not self.data.is_finite():
            raise ValueError(_l("Write it as a number, like 12 or 3.50."))
        if self.data.adjusted() > LONGEST_NUMBER:
            raise ValueError(self.out_of_bounds)
        if self.data != round(self.data, self.decimals):
            if not self.decimals:
                raise ValueError(_l("Write it as a whole number."))
            raise ValueError(_l("At most %(places)s decimal places.", places=self.decimals))

    def pre_validate(self, form: Any) -> None:
        _stop_at_unreadable(self)

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else ("" if self.data is None else str(self.data))


__all__ = ["ChoiceOf", "DayField", "Deed", "Field", "Form", "MomentField", "QuantityField", "choices"]
