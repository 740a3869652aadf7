"""The values that JSON bodies are made of: shapes only, refused in words; what they mean is the service's to judge."""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from flask_babel import gettext as _
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from .clock import SITE_ZONE

MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
NUMBER = re.compile(r"-?\d{1,18}(\.\d{1,4})?")
FIRST_YEAR, LAST_YEAR = 2000, 2099


class Body(BaseModel):
    """Base of what is handed in: a name that nobody knows is refused, so that a slip of the pen is not overlooked."""

    model_config = ConfigDict(extra="forbid")


class Shown(BaseModel):
    """Base of what is answered, read from a record's attributes."""

    model_config = ConfigDict(from_attributes=True)


def _wrong(words: str) -> PydanticCustomError:
    """A refusal that is already said in the reader's language; its braces are no placeholders."""
    return PydanticCustomError("refused", "{words}", {"words": words})


def _moment(value: Any) -> datetime:
    """ISO 8601 in the site's wall-clock time; with an offset it is turned into it. No number counts as a time."""
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not MOMENT.fullmatch(value):
        raise _wrong(_("Write date and time like 2023-05-09T08:30."))
    try:
        read = datetime.fromisoformat(value)
        read = read.astimezone(SITE_ZONE).replace(tzinfo=None) if read.tzinfo else read
    except (ValueError, OverflowError):
        raise _wrong(_("Write date and time like 2023-05-09T08:30.")) from None
    if not FIRST_YEAR <= read.year <= LAST_YEAR:
        raise _wrong(_("The year must lie between 2000 and 2099."))
    return read


def _day(value: Any) -> date:
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not DAY.fullmatch(value):
        raise _wrong(_("Write the day like 2023-05-09."))
    try:
        read = date.fromisoformat(value)
    except ValueError:
        raise _wrong(_("Write the day like 2023-05-09.")) from None
    if not FIRST_YEAR <= read.year <= LAST_YEAR:
        raise _wrong(_("The year must lie between 2000 and 2099."))
    return read


def _whole(least: int, most: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        number = int(value) if isinstance(value, str) and re.fullmatch(r"-?\d{1,18}", value) else value
        if isinstance(number, bool) or not isinstance(number, int):
            raise _wrong(_("Write it as a whole number."))
        if not least <= number <= most:
            raise _wrong(_("Enter a number from %(least)s to %(most)s.", least=least, most=most))
        return number

    return read


def _exact(value: Any) -> Decimal:
    """An exact number as a string, or a whole number; a JSON number with a point has been rounded by somebody."""
    if isinstance(value, Decimal):
        return value
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str) or not NUMBER.fullmatch(text):
        raise _wrong(_('Write it as a number in quotes, like "3.50".'))
    try:
        return Decimal(text)
    except InvalidOperation:
        raise _wrong(_('Write it as a number in quotes, like "3.50".')) from None


def _text(least: int, most: int) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if not isinstance(value, str) or "\0" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
            raise _wrong(_("Write it as text."))
        text = value.strip()
        if len(text) < least:
            raise _wrong(_("This may not be empty."))
        if len(text) > most:
            raise _wrong(_("Write at most %(most)s characters.", most=most))
        return text

    return read


def whole(least: int = 0, most: int = 999_999_999) -> Any:
    """A whole number within bounds; in an address its digits do."""
    schema = {"type": "integer", "minimum": least, "maximum": most}
    return Annotated[int, BeforeValidator(_whole(least, most)), WithJsonSchema(schema)]


def text(most: int = 200, least: int = 1) -> Any:
    """Stripped text of `least` to `most` characters."""
    schema = {"type": "string", "minLength": least, "maxLength": most}
    return Annotated[str, BeforeValidator(_text(least, most)), WithJsonSchema(schema)]


def _minutes(value: datetime) -> str:
    return value.isoformat(timespec="seconds")


def amount(most: int, places: int = 2) -> Any:
    """An exact number from nought to `most` with no more places than its column keeps; 元 as a rule."""

    def read(value: Any) -> Decimal:
        number = _exact(value)
        if not 0 <= number <= most:
            raise _wrong(_("Enter a number from %(least)s to %(most)s.", least=0, most=most))
        if number % Decimal(1).scaleb(-places):
            raise _wrong(_('Write it as a number in quotes, like "3.50".'))
        return number

    schema = {"type": "string", "pattern": rf"^\d{{1,18}}(\.\d{{1,{places}}})?$", "examples": ["3.50"]}
    return Annotated[Decimal, BeforeValidator(read), PlainSerializer(str), WithJsonSchema(schema)]


Key = whole(least=1)
Text = text()
Moment = Annotated[
    datetime,
    BeforeValidator(_moment),
    PlainSerializer(_minutes),
    WithJsonSchema({"type": "string", "pattern": f"^{MOMENT.pattern}$", "examples": ["2023-05-09T08:30"]}),
]
Day = Annotated[
    date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date", "examples": ["2023-05-09"]})
]
Exact = Annotated[
    Decimal,
    BeforeValidator(_exact),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "pattern": f"^{NUMBER.pattern}$", "examples": ["3.50"]}),
]


class PageQuery(Body):
    """Which part of a list is wanted: `page` from 1, `per_page` rows of it."""

    page: whole(least=1) = 1  # type: ignore[valid-type]
    per_page: whole(1, 500) = Field(default=100)  # type: ignore[valid-type]
