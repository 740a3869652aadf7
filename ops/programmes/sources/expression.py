"""The little language of formulas: numbers, percent, + − × ÷, brackets, and figures in square brackets.

[公务出车次数|城区] ÷ [派车申请] × 100% — an operand is a figure's name or label, and behind a bar its part.
Everything is exact; nothing but these signs is understood.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal, localcontext

LONGEST, DEEPEST = 500, 20
TOKEN = re.compile(r"\s*(?:(?P<number>[0-9]+(?:\.[0-9]+)?)|\[(?P<figure>[^\[\]]{1,120})\]|(?P<sign>[-+*/()%]))")
SIGNS = str.maketrans("＋－−–×＊÷／（）％【】［］", "+---**//()%[][]")


class Malformed(Exception):
    """A formula that cannot be read: a code of `formula_words.MALFORMED` and the place, counted from 1."""

    def __init__(self, code: str, place: int, found: str = "") -> None:
        super().__init__(code, place, found)
        self.code, self.place, self.found = code, place, found


@dataclass(frozen=True)
class Number:
    value: Decimal


@dataclass(frozen=True)
class Operand:
    """A figure by its name or label, and the label of its part ("" for the whole)."""

    name: str
    part: str


@dataclass(frozen=True)
class Pair:
    sign: str
    left: "Node"
    right: "Node"


Node = Number | Operand | Pair


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    place: int


def parse(text: str) -> Node:
    """Raises Malformed."""
    if len(text) > LONGEST:
        raise Malformed("too_long", LONGEST)
    return _Parser(list(_tokens(text)), len(text)).whole()


def _tokens(text: str) -> Iterator[_Token]:
    plain, at = text.translate(SIGNS).rstrip(), 0
    while at < len(plain):
        match = TOKEN.match(plain, at)
        if match is None:
            place = at + len(plain[at:]) - len(plain[at:].lstrip())
            raise Malformed("sign_unknown", place + 1, plain[place])
        kind = match.lastgroup or ""
        yield _Token(kind, match[kind], match.end() - len(match[0].lstrip()) + 1)
        at = match.end()


class _Parser:
    """Products bind before sums, both from the left."""

    def __init__(self, tokens: list[_Token], end: int) -> None:
        self.tokens, self.end, self.at, self.depth = tokens, end, 0, 0

    def whole(self) -> Node:
        node = self._sum()
        if (left := self._next()) is not None:
            raise Malformed("left_over", left.place, left.text)
        return node

    def _sum(self) -> Node:
        node = self._product()
        while (token := self._take("+-")) is not None:
            node = Pair(token.text, node, self._product())
        return node

    def _product(self) -> Node:
        node = self._single()
        while (token := self._take("*/")) is not None:
            node = Pair(token.text, node, self._single())
        return node

    def _single(self) -> Node:
        token = self._next()
        if token is None:
            raise Malformed("ends_early", self.end + 1)
        self.at += 1
        if token.kind == "number":
            return self._percent(Number(Decimal(token.text)))
        if token.kind == "figure":
            name, _bar, part = token.text.replace("｜", "|").partition("|")
            return self._percent(Operand(name.strip(), part.strip()))
        if token.text == "(":
            return self._bracket(token)
        raise Malformed("operand_missing", token.place, token.text)

    def _bracket(self, opened: _Token) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Malformed("too_deep", opened.place)
        node = self._sum()
        if self._take(")") is None:
            raise Malformed("bracket_open", opened.place)
        self.depth -= 1
        return self._percent(node)

    def _percent(self, node: Node) -> Node:
        return Pair("/", node, Number(Decimal(100))) if self._take("%") else node

    def _next(self) -> _Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def _take(self, signs: str) -> _Token | None:
        token = self._next()
        if token is None or token.kind != "sign" or token.text not in signs:
            return None
        self.at += 1
        return token


def operands(node: Node) -> list[Operand]:
    """Every figure of the formula once, in the order of writing."""
    if isinstance(node, Operand):
        return [node]
    found = [*operands(node.left), *operands(node.right)] if isinstance(node, Pair) else []
    return list(dict.fromkeys(found))


def result(node: Node, value_of: Callable[[Operand], Decimal | None]) -> Decimal | None:
    """The exact result; None when a figure has no data or something is divided by zero: no data stays no data."""
    with localcontext() as context:
        context.prec = 50
        return _result(node, value_of)


def _result(node: Node, value_of: Callable[[Operand], Decimal | None]) -> Decimal | None:
    if isinstance(node, Number):
        return node.value
    if isinstance(node, Operand):
        return value_of(node)
    left, right = _result(node.left, value_of), _result(node.right, value_of)
    if left is None or right is None or (node.sign == "/" and right == 0):
        return None
    if node.sign == "/":
        return left / right
    return left * right if node.sign == "*" else left + right if node.sign == "+" else left - right


def written(node: Node, call: Callable[[Operand], str], outer: str = "") -> str:
    """The formula as it is read, with as few brackets as it needs."""
    if isinstance(node, Number):
        return f"{node.value:f}"
    if isinstance(node, Operand):
        return call(node)
    if node.sign == "/" and node.right == Number(Decimal(100)) and isinstance(node.left, Number):
        return f"{node.left.value:f}%"
    left, right = written(node.left, call, node.sign + "l"), written(node.right, call, node.sign + "r")
    words = f"{left} {DRAWN[node.sign]} {right}"
    weak = node.sign in "+-"
    needs = (weak and outer[:1] in ("*", "/")) or outer in ("-r", "/r") or (outer == "*r" and node.sign == "/")
    return f"({words})" if needs and outer else words


DRAWN = {"+": "+", "-": "−", "*": "×", "/": "÷"}
