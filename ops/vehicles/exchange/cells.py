"""What a cell of the list says, as the form would be given it. Pure."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from flask_babel import lazy_gettext as _l

from ...core.errors import Rejected
from .columns import Fact, Kind, choices_of

DAY = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?|([0-9]{4})([0-9]{2})([0-9]{2})")
UNITS_BEHIND = re.compile(r"(元|升|[Ll]|座|人)$")


def typed(fact: Fact, text: str, units: Mapping[str, int]) -> str:
    """The cell as it would be typed into the form's field. Raises Rejected with what is wrong with it."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain or fact.kind is Kind.TEXT:
        return text.strip()
    if fact.kind is Kind.DAY:
        return _day(plain)
    if fact.kind is Kind.NUMBER:
        return UNITS_BEHIND.sub("", plain.replace(",", "").replace(" ", "")).lstrip("¥")
    return _unit(text.strip(), units) if fact.kind is Kind.UNIT else _choice(fact, plain)


def _day(text: str) -> str:
    found = DAY.fullmatch(re.split(r"[ T]", text)[0])
    try:
        return date(*(int(part) for part in found.groups() if part)).isoformat() if found else _no_day(text)
    except ValueError:
        return _no_day(text)


def _no_day(text: str) -> str:
    raise Rejected(_l("“%(text)s” is no day. Write it like 2023-05-09.", text=text))


def _choice(fact: Fact, text: str) -> str:
    known = choices_of(fact.key)
    if text.casefold() not in known:
        listed = "、".join(str(label) for label in fact.labels.values())
        raise Rejected(_l("“%(text)s” is not known here. Write one of: %(listed)s.", text=text, listed=listed))
    return known[text.casefold()]


def _unit(text: str, units: Mapping[str, int]) -> str:
    if text not in units:
        raise Rejected(_l("There is no unit “%(unit)s”.", unit=text))
    return str(units[text])
