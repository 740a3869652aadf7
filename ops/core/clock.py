"""The site's wall-clock time: one zone, naive values, and the only place that asks what time it is."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

SITE_ZONE = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Naive wall-clock time of the site, to the second."""
    return datetime.now(SITE_ZONE).replace(tzinfo=None, microsecond=0)


def today() -> date:
    return now().date()
