"""The check character of a project code (项目编码), such as 13020923P00006310001U.

Derived, not published: it fits the six codes of 2023 (performance notes §3.3), so it only ever warns.
"""

import re

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # of the unified social credit code: no I, O, S, V, Z
SHAPE = re.compile(r"([0-9]{6})([0-9]{2})[A-Z][0-9]{11}[0-9A-Z]")


def has_code_shape(code: str) -> bool:
    return SHAPE.fullmatch(code) is not None


def check_character(code: str) -> str | None:
    """The last character the first twenty call for; None when they hold a sign outside the alphabet."""
    if len(code) < 20 or any(c not in ALPHABET for c in code[:20]):
        return None
    return ALPHABET[(30 - sum(ALPHABET.index(c) * 3**i for i, c in enumerate(code[:20]))) % 31]


def code_fits(code: str) -> bool:
    return has_code_shape(code) and check_character(code) == code[20]


def year_of_code(code: str) -> int | None:
    match = SHAPE.fullmatch(code)
    return 2000 + int(match[2]) if match else None
