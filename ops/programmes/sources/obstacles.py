"""What stands in the way of closing a year: a name that does not fit its value, which nobody has defined yet."""

from flask_babel import lazy_gettext as _l

from ...core.feature import Obstacle
from ...core.period import Period, year
from .. import queries
from ..models import Programme
from ..targets.remarks import find_remarks
from ..targets.stored import table_of

MISFITS = frozenset(
    {"unit_does_not_fit_name", "percent_does_not_fit_name", "rate_valued_by_amount", "rate_valued_by_date"}
)


def obstacles(period: Period) -> list[Obstacle]:
    """Only a whole year is reported by indicators; a month or a quarter is closed freely."""
    if period != year(period.first.year):
        return []
    return [each for programme in queries.tables(period.first.year) for each in _of(programme)]


def _of(programme: Programme) -> list[Obstacle]:
    defined, odd = queries.definitions(programme), misfits(programme)
    return [
        Obstacle(
            _l("%(programme)s: “%(name)s” does not fit its value “%(value)s”; say what it counts.",
               programme=programme.name, name=each.level3, value=each.value_text),
            f"/programmes/indicators/{each.id}/definition",  # by hand: commands close too, without a request
        )
        for each in programme.indicators
        if each.row in odd and each.id not in defined
    ]  # fmt: skip


def misfits(programme: Programme) -> set[int]:
    """The rows whose name does not fit the value."""
    [found] = find_remarks([table_of(programme)], year=programme.year)
    rows = zip(programme.indicators, found.rows, strict=True)
    return {each.row for each, remarks in rows if any(remark.code in MISFITS for remark in remarks)}
