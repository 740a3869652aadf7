"""Money is kept in yuan; the forms speak of 万元, exactly."""

from decimal import Decimal

UNITS = {"元": 1, "千元": 1_000, "万元": 10_000, "百万元": 1_000_000, "亿元": 100_000_000}


def in_yuan(number: Decimal, unit: str) -> Decimal:
    """Raises KeyError for a unit that is not one of money."""
    return number * UNITS[unit]


def from_yuan(yuan: Decimal, unit: str) -> Decimal:
    return yuan / UNITS[unit]


def in_wan(yuan: Decimal) -> Decimal:
    """In 万元, the unit of the forms."""
    return from_yuan(yuan, "万元")


def wan(yuan: Decimal | None) -> str:
    """万元 to the last digit, with at least two decimals; blank when there is none: 1413000 → 141.30."""
    return "" if yuan is None else exact(in_wan(yuan))


def exact(number: Decimal, least: int = 2) -> str:
    """All digits, at least so many decimals."""
    whole, _dot, decimals = f"{number.normalize():f}".partition(".")
    return f"{whole}.{decimals.ljust(least, '0')}" if least or decimals else whole
