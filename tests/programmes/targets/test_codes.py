"""The check character of a project code catches a slip, and only ever warns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.programmes.targets.codes import ALPHABET, check_character, code_fits, has_code_shape, year_of_code
from tests.programmes.reference import published_tables

pytestmark = pytest.mark.pure

CODES = [table.project_code for table in published_tables()]


@pytest.mark.parametrize("code", CODES)
def test_the_six_published_codes_fit(code: str) -> None:
    assert code_fits(code)
    assert year_of_code(code) == 2023


@given(st.sampled_from(CODES), st.integers(0, 20), st.sampled_from(ALPHABET))
def test_any_single_slip_is_noticed(code: str, place: int, sign: str) -> None:
    slipped = code[:place] + sign + code[place + 1 :]
    assert code_fits(slipped) == (slipped == code)


@pytest.mark.parametrize("code", ["", "130209", "13020923P00006310001UX", "13020923P0000631000O", "abc"])
def test_a_code_of_another_shape_has_neither_check_nor_year(code: str) -> None:
    assert not has_code_shape(code)
    assert not code_fits(code)
    assert year_of_code(code) is None


def test_a_sign_outside_the_alphabet_has_no_check_character() -> None:
    assert check_character("13020923O00006310001") is None
