"""What changed since the monitoring before."""

from collections.abc import Iterator
from dataclasses import dataclass

from .lights_rules import Light
from .sheet import Row, Said, Sheet


@dataclass(frozen=True)
class Change:
    """One row that differs; `row` is 0 for the money, whose actual is its rate."""

    row: int
    name: str
    actual_before: str
    actual: str
    light_before: Light
    light: Light
    is_new_word: bool


def changes(before: Sheet, now: Sheet) -> list[Change]:
    """The rows whose actual, light, or what was said of it, differs; a row that came anew has nothing before."""
    return [each for each in _rows(before, now) if _differs(each)]


def _rows(before: Sheet, now: Sheet) -> Iterator[Change]:
    rates = [_rate(sheet) for sheet in (before, now)]
    said = _word(before.funds_said) != _word(now.funds_said)
    yield Change(0, "", rates[0], rates[1], before.funds_light, now.funds_light, said)
    known = {row.row: row for row in before.rows}
    for row in now.rows:
        was = known.get(row.row)
        light = before.light_of(was) if was else Light.NONE
        word = _word(was.said if was else Said()) != _word(row.said)
        yield Change(row.row, row.level3, _actual(was), row.actual, light, now.light_of(row), word)


def _differs(each: Change) -> bool:
    return each.actual_before != each.actual or each.light_before is not each.light or each.is_new_word


def _word(said: Said) -> tuple[object, ...]:
    return said.causes, said.explanation, said.likelihood, said.remark


def _actual(row: Row | None) -> str:
    return row.actual if row else ""


def _rate(sheet: Sheet) -> str:
    rate = sheet.funds[0].rate
    return "" if rate is None else f"{rate:.2f}%"
