"""Target values as people write them, each with what it says; written from the forms' words, never from the parser.

`True` beside a spelling: it no longer says what was meant for certain, or not so that a machine may take it.
"""

import json
import random
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.programmes.targets.generated import Truth, han, wide

Spelt = tuple[str, Truth, bool]  # text, what was meant, whether it is damaged
Maker = Callable[[random.Random], Spelt]
YEAR = 2024
SAID: dict[str, Any] = json.loads((Path(__file__).parent / "data" / "spellings.json").read_text(encoding="utf-8"))
FORMS = {"≥": "at_least", "≤": "at_most", "=": "exact", ">": "more", "<": "less", "~": "about"}


def number_of(chance: random.Random, unit: str) -> Decimal:
    if unit == "%":
        return Decimal(chance.choice((80, 85, 90, 92, 95, 98, 100, "99.5", "97.25", 3, 10)))
    if unit == "万元":
        return Decimal(chance.randint(100, 300000)) / 100
    return Decimal(chance.choice((chance.randint(2, 60), chance.randint(100, 3000), chance.randint(3000, 99999))))


def spelt(chance: random.Random, number: Decimal, unit: str) -> str:
    """The number itself, in one of the ways."""
    ways = [str(number)] * 3 + [f"{number:,}", wide(str(number)), f"{number:,}".replace(",", "，")]
    if number == int(number) and unit not in ("万元", "%") and number < 99999:
        ways += [han(int(number)), han(int(number)).replace("二百", "两百").replace("二千", "两千")]
        ways += [f"{number / 10000:f}万"] if number % 100 == 0 else []
    return chance.choice(ways)


def quantity(chance: random.Random) -> Spelt:
    operator = chance.choice("≥≥≥≥≤≤==><~")
    unit = chance.choice((*SAID["counted"], "%", "%", "%"))
    number = number_of(chance, unit)
    form = chance.choice(SAID[FORMS[operator]])
    text = form.format(n=spelt(chance, number, unit), u=chance.choice((unit, unit, wide(unit))))
    per_year = form.endswith("/年")
    return text, Truth(operator, number, f"{unit}/年" if per_year else unit), False


def hundred(chance: random.Random) -> Spelt:
    text = chance.choice(SAID["hundred"])
    return text, Truth("≥" if "≥" in text or "以上" in text else "=", Decimal(100), "%"), False


def tenths(chance: random.Random) -> Spelt:
    digit = chance.randint(5, 9)
    text = chance.choice(SAID["tenths"]).format(h=han(digit), k=digit)
    return text, Truth("≥", Decimal(digit * 10), "%"), False


def share(chance: random.Random) -> Spelt:
    """Shares and changes: never plain percentages of a whole, except where the spelling says so."""
    form = chance.choice(tuple(SAID["shares"]))
    digit, other = chance.randint(2, 4), chance.randint(5, 9)
    text = form.format(h=han(digit), a=digit, b=other, ha=han(digit), hb=han(other), k=chance.choice((10, 15, 95)))
    return text, Truth(SAID["shares"][form]), True


def money(chance: random.Random) -> Spelt:
    operator = chance.choice("≤≤≤≥=")
    number, form = number_of(chance, "万元"), chance.choice(SAID["money"])
    sign = chance.choice({"≤": ("≤", "不超过", "<="), "≥": ("≥", "不少于"), "=": ("=",)}[operator])
    unit = next((u for u in ("元/人·月", "万元/年", "亿元") if u in form), "万元")
    return form.format(s=sign, n=spelt(chance, number, "万元")), Truth(operator, number, unit), False


def between(chance: random.Random) -> Spelt:
    unit = chance.choice(("%", "人", "次", "天"))
    low = chance.randint(5, 60)
    text = chance.choice(SAID["between"]).format(a=low, b=low + 30, u=unit)
    return text, Truth("between", Decimal(low), unit, Decimal(low + 30)), False


def day(chance: random.Random) -> Spelt:
    month, number = chance.randint(1, 12), chance.randint(1, 28)
    given = {
        "y": YEAR,
        "yy": YEAR % 100,
        "m": month,
        "d": number,
        "w": wide(str(YEAR)),
        "hy": "二〇二四",
        "hm": han(month),
        "hd": han(number),
    }
    return chance.choice(SAID["days"]).format(**given), Truth("≤", day=date(YEAR, month, number)), False


def month(chance: random.Random) -> Spelt:
    """By the end of a month; the spellings that name no last day are never certain."""
    number = chance.randint(1, 12)
    last = date(YEAR + number // 12, number % 12 + 1, 1).toordinal() - 1
    text = chance.choice(SAID["months"]).format(y=YEAR, m=number, hy="二〇二四", hm=han(number))
    return text, Truth("≤", day=date.fromordinal(last)), False


def year_end(chance: random.Random) -> Spelt:
    return chance.choice(SAID["ends"]).format(y=YEAR, hy="二〇二四"), Truth("≤", day=date(YEAR, 12, 31)), False


def words(chance: random.Random) -> Spelt:
    return chance.choice(SAID["words"]), Truth(None), False


def nothing(chance: random.Random) -> Spelt:
    """No value, or one that lies elsewhere."""
    text = chance.choice(SAID["nothing"])
    return text, Truth("nothing"), True


def footnoted(chance: random.Random) -> Spelt:
    text, truth, _damaged = quantity(chance)
    return text + chance.choice(SAID["footnotes"]), truth, True


def slipped(chance: random.Random) -> Spelt:
    """A digit read as a letter, parted, or doubled by a scan."""
    text, truth, _damaged = chance.choice((quantity, hundred, money, between, day))(chance)
    digits = [i for i, c in enumerate(text) if c in SAID["slips"]]
    if not digits:
        return text, truth, False
    at = chance.choice(digits)
    ways = [text[:at] + chance.choice(SAID["slips"][text[at]]) + text[at + 1 :]] * 3
    if at + 1 < len(text) and text[at + 1].isdigit():
        ways += [
            text[: at + 1] + gap + text[at + 1 :]
            for gap in (" ", "\n", "　", "\xa0", "\u200b", "、", "·", "’", "。", ";")
        ]
        ways += [text[: at + 1] + "-" + text[at + 1 :]] if text[0] in "≥≤=<>不" else []
    return chance.choice(ways), truth, True


MAKERS: tuple[tuple[Maker, int], ...] = (
    (quantity, 34), (hundred, 5), (tenths, 4), (share, 5), (money, 8), (between, 8), (day, 9),
    (month, 5), (year_end, 4), (words, 8), (nothing, 4), (footnoted, 3), (slipped, 8),
)  # fmt: skip


def value(chance: random.Random) -> Spelt:
    makers = [maker for maker, _weight in MAKERS]
    maker: Maker = chance.choices(makers, [weight for _maker, weight in MAKERS])[0]
    return maker(chance)
