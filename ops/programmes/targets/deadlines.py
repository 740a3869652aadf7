"""Deadlines as the tables write them: 2023年12月31日之前, 2023年12月底之前, 2021年12月31日."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

BEFORE = (
    r"(?:\(含\)|当[日天])?(?P<before>之前|以前|前|止)?"
    r"(?:[须应]?(?:全部|全面|均|按时)?(?:完成|完工|竣工|验收|支付|拨付|发放|到位|交付|投入使用))*"
)
SIGN = r"(?P<sign>≤|不晚于|不迟于|最迟)?(?:截至|截止|于|在)?"
YEAR = r"(?P<year>[0-9]{4}|本|当)"
DAY = r"(?:(?P<day>[0-9]{1,2})[日号]|(?P<end>底|末))?"
WRITTEN = re.compile(rf"{SIGN}(?:{YEAR}年)?(?P<month>[0-9]{{1,2}})月{DAY}{BEFORE}")
NUMERIC = re.compile(
    rf"{SIGN}(?P<year>[0-9]{{4}})(?P<dot>[-./])(?P<month>[0-9]{{1,2}})(?P=dot)(?P<day>[0-9]{{1,2}}){BEFORE}"
)
YEAR_END = re.compile(rf"{SIGN}(?:{YEAR}年?)?年(?P<end>底|末){BEFORE}")
BARE_YEAR = re.compile(r"[0-9]{4}(?:[-~至到][0-9]{4})?年度?(?:之前|以前|前|内|之内|以内|完成)*")

QUARTER = re.compile(rf"{SIGN}(?:{YEAR}年度?)?第?(?P<quarter>[1-4一二三四])季度(?P<end>底|末)?{BEFORE}")
# a span of time without a last day of its own
SPAN = re.compile(
    r"(?:[0-9]{4}年度?|本年度?|当年度?)?(?:全年|年内|当年|本年度?|年度|当年度|上半年|下半年|年初|年中|[上下]半年|第?[1-4一二三四]季度|每.{1,3}[底末])"
    r"(?:之前|以前|前|内|完成)*"
    r"|(?:[0-9]{4}年)?[0-9]{1,2}月(?:[0-9]{1,2}日)?[-~至到](?:[0-9]{4}年)?[0-9]{1,2}月(?:[0-9]{1,2}日)?(?:之前|前|内)?"
)


@dataclass(frozen=True)
class Deadline:
    """The last day that is in time, that day included; `day` is None when the text names none for certain."""

    day: date | None
    form: str
    explicit: bool
    doubts: tuple[str, ...] = ()


def read(text: str, year: int) -> Deadline | None:
    """`text` is plain, with digits. None when it is not about a date at all."""
    if BARE_YEAR.fullmatch(text):
        return Deadline(None, "年", False, ("deadline_ambiguous",))
    quarter = QUARTER.fullmatch(text)
    if quarter and quarter["end"]:
        named = quarter.groupdict()
        number = "1234".find(named["quarter"]) + 1 or "一二三四".find(named["quarter"]) + 1
        own = (named["year"] or "").isdigit()
        return _deadline(named | {"month": str(number * 3)}, int(named["year"]) if own else year, own, year)
    if SPAN.fullmatch(text):
        return Deadline(None, "年", False, ("deadline_ambiguous",))
    match = WRITTEN.fullmatch(text) or NUMERIC.fullmatch(text) or YEAR_END.fullmatch(text)
    if not match:
        return None
    named = match.groupdict()
    if named.get("day") is None and named.get("end") is None:
        # 4月 or 2023年12月前: before the month begins, or by its end?
        return Deadline(None, "年月", False, ("deadline_ambiguous",))
    own_year = (named["year"] or "").isdigit()
    return _deadline(named, int(named["year"]) if own_year else year, own_year, year)


def _deadline(named: dict[str, str | None], year: int, own_year: bool, table_year: int) -> Deadline:
    month = int(named.get("month") or 12)
    explicit = bool(named["sign"])
    try:
        last = calendar.monthrange(year, month)[1]
        day = date(year, month, int(named.get("day") or last))
    except ValueError:
        return Deadline(None, "年月日", explicit, ("date_impossible",))
    doubts = [] if own_year else ["year_taken_from_table"]
    doubts += ["date_outside_year"] if day.year != table_year else []
    return Deadline(day, _form(named), explicit, tuple(doubts))


def _form(named: dict[str, str | None]) -> str:
    year = "年" if named["year"] or not named.get("month") else ""
    month = "月" if named.get("month") else ""
    return f"{year}{month}{'底' if named.get('end') else '日'}{'之前' if named['before'] else ''}"
