"""Hashes of evidence counted again from the records by the published method, and from nothing that the product kept."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from hashlib import sha256

from ops.core.period import Period
from ops.indicators.digests import line, records
from ops.indicators.metric import ALL, Metric

NOTHING = sha256().hexdigest()


def hashes_of(metric: Metric, period: Period) -> Mapping[int, str]:
    """By scope, with that of all scopes together under ALL; a scope without records has the hash of nothing."""
    lines: defaultdict[int, defaultdict[date, list[bytes]]] = defaultdict(lambda: defaultdict(list))
    for record in records(metric, period):
        key, day, scope, part, whole, member, _label = record
        for each in {scope, ALL}:
            lines[each][day].append(line(key, day, scope, part, whole, member))
    hashes = {scope: _combined(days) for scope, days in lines.items()}
    return defaultdict(lambda: NOTHING, hashes)


def _combined(days: Mapping[date, list[bytes]]) -> str:
    digests = {day: sha256(b"".join(found)).hexdigest() for day, found in days.items()}
    return sha256("".join(f"{day}\t{digests[day]}\n" for day in sorted(digests)).encode()).hexdigest()
