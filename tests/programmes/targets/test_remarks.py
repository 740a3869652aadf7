"""Every oddity found by hand is found mechanically, and no row that is in order is remarked on."""

from dataclasses import replace
from decimal import Decimal

import pytest

from ops.programmes.targets.remarks import Remark, find_remarks, remark_texts
from ops.programmes.targets.tables import TargetTable
from tests.programmes.reference import published_tables, seed_rows

pytestmark = pytest.mark.pure


def on_rows(tables: tuple[TargetTable, ...]) -> dict[tuple[int, int], set[str]]:
    found = find_remarks(tables, year=2023)
    return {
        (table.seq, row.row): {remark.code for remark in remarks}
        for table, of_table in zip(tables, found, strict=True)
        for row, remarks in zip(table.indicators, of_table.rows, strict=True)
    }


def on_programme(**changed: object) -> list[Remark]:
    table = replace(published_tables()[0], **changed)  # type: ignore[arg-type]
    return list(find_remarks((table,), year=2023)[0].programme)


def on_row(seq: int, row: int, **changed: str) -> set[str]:
    """The remarks on one row of the real tables after a change to it."""
    tables = list(published_tables())
    rows = list(tables[seq - 1].indicators)
    rows[row - 1] = replace(rows[row - 1], **changed)  # type: ignore[arg-type]
    tables[seq - 1] = replace(tables[seq - 1], indicators=tuple(rows))
    return on_rows(tuple(tables))[seq, row]


@pytest.mark.parametrize("number", range(36))
def test_a_row_is_remarked_on_exactly_when_a_reader_found_it_odd(number: int) -> None:
    programme, row = seed_rows()[number]
    found = on_rows(published_tables())[programme["seq"], row["row"]]
    assert bool(found) == bool(row["oddities"]), (row["level3"], found, row["oddities"])


EXPECTED = {
    "lower_bound_on_beneficiaries": {(1, 1)},
    "upper_bound_on_beneficiaries": {(2, 1)},
    "zero_needs_counter": {(1, 2)},
    "value_repeats_name": {(1, 2), (1, 5)},
    "rate_valued_by_date": {(1, 3), (3, 3), (4, 3), (6, 3)},
    "number_format_differs": {(1, 4)},
    "saving_on_a_cap": {(1, 4), (3, 4), (4, 4), (5, 4)},
    "same_name_other_kind": {(1, 5), (2, 5)},
    "satisfaction_ambiguous": {(1, 6), (5, 6)},
    "satisfaction_differs": {(1, 6)},
    "description_repeats_name": {(1, 1), (2, 1), (2, 2), (3, 1), (4, 3), (4, 6), (5, 1), (5, 2), (6, 4)},
    "description_elsewhere": {(2, 3), (3, 3)},
    "outcome_valued_by_percent": {(2, 5), (3, 5), (4, 5), (5, 5), (6, 5)},
    "description_is_slogan": {(2, 6), (3, 6), (6, 6)},
    "operator_missing": {(3, 1)},
    "generic_completion_rate": {(3, 2), (4, 2)},
    "unit_does_not_fit_name": {(4, 1), (5, 1), (6, 1)},
    "timeliness_under_quality": {(5, 2)},
    "rate_valued_by_amount": {(5, 4)},
}


@pytest.mark.parametrize("code", EXPECTED)
def test_each_oddity_is_found_on_just_the_rows_that_have_it(code: str) -> None:
    found = {place for place, codes in on_rows(published_tables()).items() if code in codes}
    assert found == EXPECTED[code]


def test_the_real_tables_show_no_other_oddity() -> None:
    assert set().union(*on_rows(published_tables()).values()) == set(EXPECTED)


def test_the_real_programmes_are_in_order() -> None:
    assert [found.programme for found in find_remarks(published_tables(), year=2023)] == [()] * 6


def test_a_slip_in_the_project_code_is_remarked_with_the_character_expected() -> None:
    assert on_programme(project_code="13020923P00006310001V") == [Remark("code_check_failed", {"expected": "U"})]
    assert [r.code for r in on_programme(project_code="P1")] == ["code_malformed"]


def test_a_plan_has_to_rise_to_100() -> None:
    plan = published_tables()[0].funding_plan
    assert [r.code for r in on_programme(funding_plan=plan[:3])] == ["plan_not_to_100"]
    assert [r.code for r in on_programme(funding_plan=(plan[1], plan[0], *plan[2:]))] == ["plan_not_rising"]


def test_the_sources_have_to_add_up_to_the_budget() -> None:
    budget = replace(published_tables()[0].budget, other_funds=Decimal("0.01"))
    assert on_programme(budget=budget) == [Remark("sources_do_not_add_up", {"sum": "150.01", "total": "150.00"})]


def test_a_table_without_satisfaction_is_remarked_on() -> None:
    rows = published_tables()[0].indicators[:-1]
    assert [r.code for r in on_programme(indicators=rows)] == ["no_satisfaction"]


def test_a_ceiling_is_compared_with_the_budget_in_one_unit() -> None:
    assert "ceiling_differs_from_budget" in on_row(2, 4, value_text="≤2249.15万元")
    assert on_row(2, 4, value_text="≤22491400元") == set()


def test_a_bound_in_words_is_a_bound_too() -> None:
    assert "upper_bound_on_beneficiaries" in on_row(1, 1, value_text="不超过450人")


def test_an_unknown_basis_and_an_unread_value_are_remarked_on() -> None:
    assert on_row(2, 4, basis="领导决定") == {"basis_unknown"}
    assert "not_understood" in on_row(5, 3, value_text="≥若干")


def test_sentences_name_what_they_speak_of() -> None:
    remarks = [
        Remark("plan_not_to_100", {"last": "80%"}),
        Remark("unit_does_not_fit_name", {"unit": "次"}),
        Remark("saving_on_a_cap"),
    ]
    assert remark_texts(remarks, str) == [
        "The funding plan ends at 80% instead of 100%.",
        "The name is a rate, but the value is counted in 次.",
        "The description speaks of saving, the value is a ceiling.",
    ]
