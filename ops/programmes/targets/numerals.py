"""Variant characters and Chinese numerals, brought to one plain form before anything is parsed."""

import re
import unicodedata
from decimal import Decimal

HAN_DIGITS = {
    c: n for n, chars in enumerate(("零〇", "一", "二两", "三", "四", "五", "六", "七", "八", "九")) for c in chars
}
TENS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8}
HAN_NUMBER = f"[{''.join(HAN_DIGITS)}{''.join(TENS)}]+"

VARIANTS = (
    (re.compile(r"[≧⩾≽≮]|>=|=>"), "≥"),
    (re.compile(r"[≦⩽≼≯]|<=|=<"), "≤"),
    (re.compile(r"={2,}"), "="),
    (re.compile(r"[‐‑‒–—―−]"), "-"),
    (re.compile(r"[〜∼]"), "~"),
)


def plain(text: str) -> str:
    """The text without spaces, full-width forms and variant signs. The original is kept by the caller."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    for pattern, sign in VARIANTS:
        text = pattern.sub(sign, text)
    return text


def han_number(text: str) -> int | None:
    """The value of Chinese numerals: 四百五十 → 450, 百 → 100, 二〇二三 → 2023; None when they are none."""
    if len(text) > 1 and all(c in HAN_DIGITS for c in text):
        return int("".join(str(HAN_DIGITS[c]) for c in text))
    total = section = digit = 0
    for c in text:
        if c in HAN_DIGITS:
            digit = HAN_DIGITS[c]
        elif c in TENS:
            section, digit = section + (digit or 1) * TENS[c], 0
        elif c in MYRIADS:
            total, section, digit = total + (section + digit) * MYRIADS[c], 0, 0
        else:
            return None
    return total + section + digit if text else None


def amount(text: str) -> Decimal | None:
    """A written number such as 1,479.00; None when it is not one."""
    written = plain(text)
    if not re.fullmatch(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?", written):
        return None
    return Decimal(written.replace(",", ""))


def with_digits(text: str) -> str:
    """Chinese numerals in percentages and dates turned to digits: 百分之百 → 100%, 十二月底 → 12月底."""
    text = re.sub(f"百分之({HAN_NUMBER})", lambda m: f"{han_number(m[1])}%", text)
    text = re.sub(r"百分之([0-9.]+)", r"\1%", text)
    return re.sub(f"({HAN_NUMBER})(?=[年月日号])", lambda m: str(han_number(m[1])), text)
