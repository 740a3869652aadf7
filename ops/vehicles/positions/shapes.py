"""What a Traccar server sends, read into our units: knots to km/h, metres, milliseconds and UTC to the wall clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from flask_babel import lazy_gettext as _l

from ...core.clock import SITE_ZONE
from ...core.errors import Rejected

KNOT = Decimal("1.852")
MOST_AT_ONCE = 5000
AHEAD = timedelta(minutes=10)  # how far a clock may be wrong; a device in the wrong zone would take later places
MOST_METRES = 2_000_000_000


@dataclass(frozen=True)
class Reported:
    """One position of a device, in the site's wall-clock time."""

    device: str
    fixed_at: datetime
    latitude: Decimal
    longitude: Decimal
    speed: Decimal
    metres: int | None
    valid: bool


def pushed(body: Any, now: datetime) -> list[Reported]:
    """The body of a forwarding: {position, device}, or a list of such: one that cannot be is named by its number."""
    items = body if isinstance(body, list) else [body]
    if not items or len(items) > MOST_AT_ONCE:
        raise Rejected(_l("Send from 1 to %(most)s positions at once.", most=MOST_AT_ONCE), "position")
    if not isinstance(body, list):
        return [_pair(body, now)]
    return [_numbered(number, item, now) for number, item in enumerate(items)]


def _numbered(number: int, item: Any, now: datetime) -> Reported:
    try:
        return _pair(item, now)
    except Rejected as refusal:
        raise Rejected(refusal.message, f"{number}.{refusal.field}") from None


def _pair(item: Any, now: datetime) -> Reported:
    position, device = (item.get("position"), item.get("device")) if isinstance(item, dict) else (None, None)
    if not isinstance(position, dict):
        raise Rejected(_l("The position is missing."), "position")
    if not isinstance(device, dict):
        raise Rejected(_l("The device is missing."), "device")
    return reported(position, device.get("uniqueId"), now)


def reported(position: Mapping[str, Any], device: Any, now: datetime) -> Reported:
    """A position of Traccar's model; `device` is the device's uniqueId."""
    named = device.strip() if isinstance(device, str) else ""
    if not named or len(named) > 100 or not named.isprintable():
        raise Rejected(_l("The device's uniqueId is missing."), "device.uniqueId")
    fixed_at = _moment(position.get("fixTime"))
    if fixed_at > now + AHEAD:
        raise Rejected(_l("That moment is still to come."), "position.fixTime")
    attributes = position.get("attributes")
    total = attributes.get("totalDistance") if isinstance(attributes, dict) else None
    counted = None if total is None else _number(total, "attributes.totalDistance", 0, MOST_METRES)
    speed = _number(position.get("speed", 0), "speed", 0, 1000) * KNOT
    return Reported(
        named, fixed_at, _degrees(position, "latitude", 90), _degrees(position, "longitude", 180),
        speed.quantize(Decimal("0.1"), ROUND_HALF_UP), None if counted is None else int(counted),
        position.get("valid") is not False,
    )  # fmt: skip


def _degrees(position: Mapping[str, Any], name: str, most: int) -> Decimal:
    return _number(position.get(name), name, -most, most).quantize(Decimal("0.000001"), ROUND_HALF_UP)


def _number(value: Any, name: str, least: int, most: int) -> Decimal:
    field = f"position.{name}"
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Rejected(_l("Write it as a number, like 12 or 3.50."), field)
    try:
        read = Decimal(str(value))
    except InvalidOperation:
        read = Decimal("NaN")
    if not read.is_finite() or not least <= read <= most:
        raise Rejected(_l("Enter a number from %(least)s to %(most)s.", least=least, most=most), field)
    return read


def _moment(value: Any) -> datetime:
    """ISO 8601 with an offset, or milliseconds since 1970, as the wall clock shows it, to the second."""
    wrong = Rejected(_l("fixTime is ISO 8601 with an offset, or milliseconds since 1970."), "position.fixTime")
    try:
        if isinstance(value, int) and not isinstance(value, bool):
            read = datetime.fromtimestamp(value / 1000, UTC)
        elif isinstance(value, str):
            read = datetime.fromisoformat(value)
        else:
            raise wrong
        if read.tzinfo is None:
            raise wrong
        local = read.astimezone(SITE_ZONE).replace(tzinfo=None, microsecond=0)
    except (ValueError, OverflowError, OSError):
        raise wrong from None
    if not 2000 <= local.year <= 2099:
        raise Rejected(_l("The year must lie between 2000 and 2099."), "position.fixTime")
    return local
