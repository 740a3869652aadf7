"""Variant characters and Chinese numerals, brought to one plain form before anything is parsed."""

import re
import unicodedata
from decimal import Decimal

HAN_DIGITS = {
    c: n for n, chars in enumerate(("零〇", "一", "二两", "三", "四", "五", "六", "七", "八", "九")) for c in chars
}
TENS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8}
HAN_SIGNS = frozenset("".join(HAN_DIGITS) + "".join(TENS) + "".join(MYRIADS))
DIGITS = "零一二三四五六七八九"
PLAIN = frozenset("0123456789")
HAN_SIMPLE = f"[{''.join(HAN_DIGITS)}{''.join(TENS)}]"
# 三万六千; but the 万 of 三万元 belongs to the unit
HAN_NUMBER = f"{HAN_SIMPLE}+(?:万{HAN_SIMPLE}+)?"

VARIANTS = (
    (re.compile(r"[≧⩾≽≮]|>=|=>"), "≥"),
    (re.compile(r"[≦⩽≼≯]|<=|=<"), "≤"),
    (re.compile(r"={2,}"), "="),
    (re.compile(r"[‐‑‒–—―−]"), "-"),
    (re.compile(r"[〜∼]"), "~"),
)


INVISIBLE = re.compile("[\\s\u200b-\u200f\u2060\ufeff\u00ad]+")
DIGIT = f"0-9０-９.．,，{''.join(HAN_DIGITS)}{''.join(TENS)}"
TORN = re.compile(f"(?<=[{DIGIT}])[\\s\u200b-\u200f\u2060\ufeff\u00ad]+(?=[{DIGIT}])")


def plain(text: str) -> str:
    """The text without spaces, full-width forms and variant signs. The original is kept by the caller."""
    text = INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    for pattern, sign in VARIANTS:
        text = pattern.sub(sign, text)
    return text


def is_torn(text: str) -> bool:
    """Whether something unseen or a space stands between two digits: 9 5% may be 95% or a lost digit."""
    return TORN.search(text) is not None


def has_odd_digits(text: str) -> bool:
    """Whether a digit is none of the plain ones: ① ½ ₂ ٣, a footnote's ³ (but not that of m²)."""
    bare = re.sub(r"(?:k?m|hm|米)[²³]", "", text)
    return any(_is_odd(c) for c in bare)


def _is_odd(c: str) -> bool:
    named = c.isnumeric() and c not in HAN_SIGNS and unicodedata.normalize("NFKC", c) not in PLAIN
    return named or unicodedata.category(c) == "No"


def han_number(text: str) -> int | None:
    """The value of Chinese numerals: 四百五十 → 450, 百 → 100, 二〇二三 → 2023; None when they are none.

    What can be read in two ways is none: 一千五 (1500 or 1005), 三四 (three or four).
    """
    if len(text) == 4 and all(c in HAN_DIGITS and c != "两" for c in text):
        return int("".join(str(HAN_DIGITS[c]) for c in text))
    number = _summed(text)
    return number if number is not None and _spelled(number) == _settled(text) else None


def _summed(text: str) -> int | None:
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


def _settled(text: str) -> str:
    """One spelling of several: 〇 is 零, 两 is 二, 十 and 百 that stand alone are 一十 and 一百."""
    text = text.replace("〇", "零").replace("两", "二")
    return re.sub(r"(?:^|(?<=[零万亿]))(?=[十百千])", "一", text)


def _spelled(number: int) -> str:
    """The number as it is spelled in full."""
    for value, sign in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= value:
            high, low = divmod(number, value)
            gap = "零" if 0 < low < value // 10 else ""
            return _spelled(high) + sign + (gap + _spelled(low) if low else "")
    return DIGITS[number]


def amount(text: str) -> Decimal | None:
    """A written number such as 1,479.00; None when it is not one."""
    written = plain(text)
    if not re.fullmatch(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?", written):
        return None
    return Decimal(written.replace(",", ""))


def with_digits(text: str) -> str:
    """Chinese numerals in percentages and dates turned to digits: 百分之百 → 100%, 十二月底 → 12月底, 九成五 → 95%.

    What is no proper numeral stays as it is written, and is then not understood.
    """
    text = text.replace("百分百", "100%")
    text = re.sub(f"百分之({HAN_NUMBER})点([{''.join(HAN_DIGITS)}]+)(?!{HAN_NUMBER})", _decimal, text)
    text = re.sub(f"百分之({HAN_NUMBER})(?!点)", lambda m: _digits(m, 1, "%"), text)
    text = re.sub(r"百分之([0-9.]+)", r"\1%", text)
    text = re.sub(rf"({HAN_NUMBER}|[0-9])成(?:({HAN_NUMBER}|[0-9]|半)(?![个次人]))?", _tenths, text)
    return re.sub(f"({HAN_NUMBER})(?=[年月日号])", lambda m: _digits(m, 1, ""), text)


def _digits(match: re.Match[str], group: int, after: str) -> str:
    number = han_number(match[group])
    return match[0] if number is None else f"{number}{after}"


def _decimal(match: re.Match[str]) -> str:
    whole = han_number(match[1])
    return match[0] if whole is None else f"{whole}.{''.join(str(HAN_DIGITS[c]) for c in match[2])}%"


def _tenths(match: re.Match[str]) -> str:
    """成: tenths, and a digit behind them hundredths."""
    tens, ones = _small(match[1]), 5 if match[2] == "半" else _small(match[2] or "零")
    return match[0] if tens is None or ones is None or tens == 0 else f"{tens * 10 + ones}%"


def _small(text: str) -> int | None:
    number = int(text) if text.isdecimal() and text.isascii() else han_number(text)
    return number if number is not None and 0 <= number <= 9 else None
