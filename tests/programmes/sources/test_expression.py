"""The little language of formulas: exact, safe, and clear about what is wrong with it."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.programmes.sources.expression import Malformed, Node, Number, Operand, Pair, operands, parse, result, written

pytestmark = pytest.mark.pure
FIGURES = {"a": Decimal(7), "b": Decimal(4), "c": None}


def value(text: str) -> Decimal | None:
    return result(parse(text), lambda operand: FIGURES[operand.name])


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1 + 2 × 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("10 - 4 - 3", "3"),
        ("[a] ÷ [b]", "1.75"),
        ("［a］／［b］×100％", "1.75"),
        ("100%", "1"),
        ("[a] − （[b] ＋ 1）", "2"),
        ("0.1 + 0.2", "0.3"),
        ("50% * [b]", "2"),
    ],
)
def test_a_formula_is_calculated_exactly(text: str, number: str) -> None:
    assert value(text) == Decimal(number)


def test_no_data_stays_no_data_and_nothing_is_divided_by_zero() -> None:
    assert value("[a] + [c]") is None
    assert value("0 × [c]") is None
    assert value("[a] ÷ ([b] − 4)") is None


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("", "ends_early", 1),
        ("[a] +", "ends_early", 6),
        ("[a] [b]", "left_over", 5),
        ("(1 + 2", "bracket_open", 1),
        ("1 + ) 2", "operand_missing", 5),
        ("import os", "sign_unknown", 1),
        ("[a].x", "sign_unknown", 4),
        ("1 ** 2", "operand_missing", 4),
        ("[]", "sign_unknown", 1),
        ("(" * 30 + "1" + ")" * 30, "too_deep", 21),
        ("1+" * 300 + "1", "too_long", 500),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str, code: str, place: int) -> None:
    with pytest.raises(Malformed) as caught:
        parse(text)
    assert (caught.value.code, caught.value.place) == (code, place)


def test_an_operand_has_a_name_and_a_part() -> None:
    assert operands(parse("[出车次数|城区] ÷ [出车次数｜城区] + [x]")) == [
        Operand("出车次数", "城区"),
        Operand("x", ""),
    ]


nodes = st.recursive(
    st.integers(0, 99).map(lambda n: Number(Decimal(n))) | st.sampled_from("ab").map(lambda n: Operand(n, "")),
    lambda inner: st.builds(Pair, st.sampled_from("+-*/"), inner, inner),
    max_leaves=8,
)


def exact(node: Node) -> Fraction | None:
    """Told apart from the product: fractions, by Python's own arithmetic."""
    if isinstance(node, Number):
        return Fraction(node.value)
    if isinstance(node, Operand):
        return Fraction(FIGURES[node.name] or 0)
    left, right = exact(node.left), exact(node.right)
    if left is None or right is None or (node.sign == "/" and right == 0):
        return None
    if node.sign == "/":
        return left / right
    return {"+": left + right, "-": left - right, "*": left * right}[node.sign]


@given(nodes)
def test_a_formula_that_is_written_out_means_the_same_again(node: Node) -> None:
    again = parse(written(node, lambda operand: f"[{operand.name}]"))
    meant, read = exact(node), exact(again)
    assert meant == read
    counted = result(node, lambda operand: FIGURES[operand.name])
    if meant is None:
        assert counted is None
    else:
        assert counted is not None
        assert abs(Fraction(counted) - meant) <= abs(meant) * Fraction(1, 10**40)


@given(st.text("0123456789.+-×÷%()[]|ab ", max_size=40))
def test_any_text_is_a_formula_or_is_refused(text: str) -> None:
    assert outcome(text) in ("number", "no number", "refused")


def outcome(text: str) -> str:
    try:
        node = parse(text)
    except Malformed as error:
        return "refused" if 1 <= error.place <= len(text) + 1 else f"place {error.place} of {text!r}"
    return "no number" if result(node, lambda operand: Decimal(1)) is None else "number"
