"""May this note be taken, may this sheet be handed in, may this rule be set. Pure."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from flask_babel import lazy_gettext as _l

from ...core.errors import Rejected
from .settings import BOUNDS, CHOICES, Settings
from .sheet import Cause, Likelihood, Sheet


def check_note(causes: Sequence[str], explanation: str, likelihood: str) -> None:
    """A cause is explained in words, and so is a target that is not certain to be reached."""
    if likelihood not in ("", *Likelihood):
        raise Rejected(_l("Choose one of the list."), "likelihood")
    if any(each not in list(Cause) for each in causes):
        raise Rejected(_l("Choose one of the list."), "causes")
    if not explanation and causes:
        raise Rejected(_l("Explain the cause in words."), "explanation")
    if not explanation and likelihood not in ("", Likelihood.CERTAIN):
        raise Rejected(_l("Say why the target may be missed."), "explanation")
    if not causes and likelihood == Likelihood.IMPOSSIBLE:
        raise Rejected(_l("Choose at least one cause."), "causes")


def check_month_over(year: int, month: int, today: date) -> None:
    after = date(year + month // 12, month % 12 + 1, 1)
    if today < after:
        raise Rejected(_l("The month is not over: monitoring counts up to its end."))


def check_complete(sheet: Sheet, names: Sequence[str]) -> None:
    """Nothing is handed in before every cause and likelihood that is owed has been given."""
    if sheet.owed:
        raise Rejected(_l("Still owed: %(names)s.", names="、".join(names)))


def check_setting(name: str, value: str, now: Settings) -> None:
    if name in CHOICES and value not in CHOICES[name]:
        raise Rejected(_l("Choose one of the list."), "value")
    if name in BOUNDS:
        _check_number(name, value, now)


def _check_number(name: str, value: str, now: Settings) -> None:
    least, most = BOUNDS[name]
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise Rejected(_l("Write it as a number, like 12 or 3.50."), "value") from None
    if not number.is_finite() or not least <= number <= most:
        raise Rejected(_l("Enter a number from %(least)s to %(most)s.", least=least, most=most), "value")
    if name == "due_month" and number != int(number):
        raise Rejected(_l("A month is a whole number."), "value")
    others = {each: now.number(each) for each in ("red_below", "yellow_below", "blue_from")} | {name: number}
    if not others["red_below"] < others["yellow_below"] < others["blue_from"]:
        raise Rejected(_l("Red must end below yellow, and yellow below blue."), "value")
