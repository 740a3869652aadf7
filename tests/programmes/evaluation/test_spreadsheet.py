"""The scores of the exported Excel file, computed by LibreOffice from its formulas alone, equal ours to the cent."""

from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook

from ops.core.db import transaction
from ops.core.demo import DemoYear
from ops.core.period import year
from ops.core.workcalendar import working_days
from ops.programmes import demo, queries
from ops.programmes.evaluation.evaluation import Evaluation, evaluate
from ops.programmes.evaluation.excel import TOP, excel
from ops.programmes.evaluation.form import form_rows
from tests.libreoffice import computed, without_cached_values
from tests.programmes.evaluation.cases import Case, evaluation_of, rule_cases, settings_with

D = Decimal
EVERYTHING_ON = settings_with(
    ceiling_formula={"choice": "b2"},
    range_above={"choice": "ceiling"},
    compound={"choice": "mean"},
    over_reduction={"rate": "10", "most": "20"},
    satisfaction_bands={
        "first": "90", "first_share": "100", "second": "80", "second_share": "80", "third": "60", "third_share": "50",
    },
    execution_cap=None,
    execution_limits={"good": "95", "fair": "80", "poor": "50"},
)  # fmt: skip
GRADED: list[Case] = [("≥100人", D(100), D(50), None), ("≤5%", D(5), D(30), None), ("满意≥90%", D(91), D(10), None)]
LOW: list[Case] = [("≥100人", D(70), D(50), None), ("≤5%", D(8), D(30), None), ("满意≥90%", D(61), D(10), None)]


def generated() -> list[Evaluation]:
    """Every rule with the proposed settings and with all the others, half cents, and totals of every grade."""
    proposed = settings_with()
    made = [evaluation_of(rule_cases(1), proposed), evaluation_of(rule_cases(2), EVERYTHING_ON)]
    made += [evaluation_of(GRADED, proposed, executed) for executed in ("100", "45", "0", "", "107.33", "-3")]
    made += [
        evaluation_of(GRADED, EVERYTHING_ON, executed) for executed in ("100", "94.99", "79.99", "49.99", "107.33")
    ]
    made += [
        evaluation_of(LOW, proposed, "30"),
        evaluation_of(LOW[:1], proposed, "100"),
        evaluation_of(GRADED[:2], proposed),
    ]
    return [*made, evaluation_of(GRADED, proposed, "5", budget="0")]


def of_the_demo_year() -> list[Evaluation]:
    with transaction():
        demo.make(DemoYear(2023, working_days(year(2023))))
    return [evaluate(programme) for programme in queries.programmes(2023)]


def differences(evaluations: list[Evaluation], book: Any) -> tuple[list[str], int]:
    """Where LibreOffice comes to something else, and how many cells were compared."""
    wrong, compared = [], 0
    for number, evaluation in enumerate(evaluations, 1):
        sheet = book[f"自评表{number}"]
        for cell in (cell for row in form_rows(evaluation) for cell in row if is_computed(cell.name)):
            found = sheet.cell(cell.row + TOP + 1, cell.column + 1).value
            compared += 1
            if not agrees(found, cell.number, cell.text):
                wrong.append(f"{number} {cell.name}: {found!r} instead of {cell.text}")
    return wrong, compared


def is_computed(name: str) -> bool:
    return name.startswith("score:") or name in ("weight:total", "grade", "rate")


def agrees(found: object, number: Decimal | None, text: str) -> bool:
    if number is None:
        return (found or "") == text
    return isinstance(found, int | float) and abs(D(repr(found)) - number) < D("0.0000001")


def test_libreoffice_comes_to_every_score_of_the_demo_year_and_of_every_rule(app: Flask) -> None:
    evaluations = [*of_the_demo_year(), *generated()]
    book = computed(excel(*evaluations))
    wrong, compared = differences(evaluations, book)
    assert wrong == []
    assert compared > 1100
    rules = {line.score.rule for evaluation in evaluations for line in evaluation.lines}
    assert rules == {"A", "B1", "B2", "C", "Z", "Q", "T", "S", "range", "compound", ""}
    assert {evaluation.total.grade for evaluation in evaluations} == {"excellent", "good", "fair", "poor", None}
    assert_a_cent_is_noticed(evaluations, book)


def assert_a_cent_is_noticed(evaluations: list[Evaluation], book: Any) -> None:
    """The comparison is worth something: a score that is a cent off, and one that the file itself claims, are found."""
    number, made = next((n, each) for n, each in enumerate(evaluations) if each.lines[0].score.points == 50)
    off = replace(made.lines[0], score=replace(made.lines[0].score, points=D("49.99")))
    others = [*evaluations[:number], replace(made, lines=(off, *made.lines[1:]))]
    assert differences(others, book)[0] == [f"{number + 1} score:1: 50 instead of 49.99"]


@pytest.mark.pure
def test_nothing_but_formulas_is_given_to_libreoffice() -> None:
    content = excel(evaluation_of(GRADED, settings_with()))
    given, stripped = (
        load_workbook(BytesIO(each), data_only=True) for each in (content, without_cached_values(content))
    )
    formulas = load_workbook(BytesIO(content))
    cells = [cell for sheet in formulas for row in sheet for cell in row if str(cell.value).startswith("=")]
    assert len(cells) == 20
    assert all(given[cell.parent.title][cell.coordinate].value is not None for cell in cells)
    assert all(stripped[cell.parent.title][cell.coordinate].value is None for cell in cells)
