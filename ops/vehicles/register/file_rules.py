"""May this stand in a car's file. Pure verdicts on values."""

from datetime import date

from flask_babel import lazy_gettext as _l

from ...core.errors import Rejected
from ..models import VehicleCategory
from .file_models import CeilingCase

VIN_LENGTH = 17


def plain_vin(typed: str | None) -> str:
    """Without blanks, in capitals."""
    return "".join((typed or "").split()).upper()


def check_vin(vin: str) -> None:
    if vin and (len(vin) != VIN_LENGTH or not vin.isalnum() or not vin.isascii() or set(vin) & set("IOQ")):
        raise Rejected(_l("The number has 17 letters and digits, without I, O and Q."), "vin")


def check_days(bought_on: date | None, first_registered_on: date | None) -> None:
    if bought_on and first_registered_on and first_registered_on < bought_on:
        raise Rejected(_l("A car is registered when it has been bought."), "first_registered_on")


def check_case(category: str, case: str, reason: str | None) -> None:
    """More than the usual ceiling has a reason, and no reason stands alone."""
    if case == CeilingCase.NEED and category != VehicleCategory.ENFORCEMENT:
        raise Rejected(_l("This case is for law-enforcement cars only."), "ceiling_case")
    if case == CeilingCase.USUAL and (reason or "").strip():
        raise Rejected(_l("A reason is given: choose the case it stands for."), "ceiling_case")
    if case != CeilingCase.USUAL and not (reason or "").strip():
        raise Rejected(_l("Say why the case applies, with the paper."), "special")
