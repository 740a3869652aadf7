"""Thousands of made values in many forms: each is read right or flagged, none is silently wrong."""

import random
from collections import Counter

import pytest

from ops.programmes.targets.reading import read_targets
from ops.programmes.targets.remarks import value_of
from ops.programmes.targets.tables import TargetTable
from ops.programmes.targets.values import Kind, TargetValue
from tests.programmes.targets.generated import (
    HEADS,
    IN_COLUMNS,
    Form,
    Made,
    Truth,
    as_docx,
    as_text,
    as_xlsx,
    drawn,
    table,
)

pytestmark = pytest.mark.pure
YEAR = 2024
WRITERS = {"docx": as_docx, "xlsx": as_xlsx, "text": as_text, "bars": lambda tables: as_text(tables, "|")}
PER_WRITER = {"docx": 16, "xlsx": 40, "text": 160, "bars": 160}


def says(value: TargetValue, truth: Truth) -> bool:
    """Whether the reading is what was meant."""
    if truth.day:
        return value.kind is Kind.DEADLINE and value.date == truth.day
    if truth.operator is None:
        return value.kind is Kind.QUALITATIVE
    unit = value.unit
    return (value.operator, value.number, value.upper, unit) == (truth.operator, truth.number, truth.upper, truth.unit)


def verdict(value: TargetValue, made: Made) -> str:
    """A doubt makes a flag; a damaged value that is read without one is wrong unless it reads as meant."""
    if says(value, made.truth):
        return "right, flagged too" if value.doubts else "right"
    return "flagged" if value.doubts else "silently wrong"


def made_file(chance: random.Random, writer: str) -> tuple[bytes, list[list[Made]], Form]:
    columns = chance.random() < 0.5
    heads = chance.choice(IN_COLUMNS if columns else HEADS)
    shift = chance.random() < 0.1
    pages = 99 if shift else chance.choice((99, 3, 5))
    form = Form(heads, chance.random() < 0.3, pages, shift, chance.random() < 0.8)
    tables = [table(chance, YEAR, columns) for _ in range(chance.randint(1, 3))]
    rows = [drawn(form, rows, YEAR, f"X{number}") for number, rows in enumerate(tables)]
    return WRITERS[writer](rows), tables, form


def judged(read: tuple[TargetTable, ...], tables: list[list[Made]]) -> Counter[str]:
    """Every made value has to be found, in its own table and place."""
    found: Counter[str] = Counter()
    assert [len(each.indicators) for each in read] == [len(rows) for rows in tables]
    for each, rows in zip(read, tables, strict=True):
        for line, made in zip(each.indicators, rows, strict=True):
            said = verdict(value_of(line, each, year=YEAR), made)
            found[said] += 1
            assert said != "silently wrong", (made, line)
            if "cells_shifted" not in line.doubts:
                assert (line.level1, line.level2, line.level3) == (made.level1, made.level2, made.name)
    return found


@pytest.mark.parametrize("writer", WRITERS)
def test_no_value_of_the_made_tables_is_silently_wrong(writer: str, capsys: pytest.CaptureFixture[str]) -> None:
    chance = random.Random(f"tables {writer}")
    total: Counter[str] = Counter()
    for _ in range(PER_WRITER[writer]):
        data, tables, _form = made_file(chance, writer)
        total += judged(read_targets(data), tables)
    with capsys.disabled():
        print(f"\n{writer}: {total.total()} values: " + ", ".join(f"{n} {word}" for word, n in sorted(total.items())))
    assert total["silently wrong"] == 0
    assert total["right"] > total.total() * 0.5
