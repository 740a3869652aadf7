"""Forms as other places print them, drawn in every variation: each value is read right or flagged, none silently wrong.

What each cell says is known before it is drawn; nothing here asks the parser for the truth.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Sequence

import pytest

from ops.programmes.targets.notation import parse_value
from ops.programmes.targets.reading import read_targets
from ops.programmes.targets.remarks import value_of
from ops.programmes.targets.tables import IndicatorRow, TargetTable
from tests.libreoffice import converted
from tests.programmes.targets import hostile
from tests.programmes.targets.spellings import YEAR, value
from tests.programmes.targets.test_generated import says

pytestmark = pytest.mark.pure
SPELLINGS = 8_000
WRITERS: dict[str, tuple[Callable[[Sequence[hostile.Canvas]], bytes], int]] = {
    "docx": (hostile.as_docx, 6),
    "xlsx": (hostile.as_xlsx, 16),
    "text": (hostile.as_text, 100),
    "bars": (lambda forms: hostile.as_text(forms, "|"), 60),
}
PLACE_DOUBTED = {"cells_shifted", "level_unknown_here", "name_missing"}


def test_no_spelling_of_a_value_is_silently_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    chance, found = random.Random("spellings"), Counter[str]()
    for _ in range(SPELLINGS):
        text, truth, damaged = value(chance)
        read = parse_value(text, year=YEAR, name="完成数量")
        said = _verdict(says(read, truth), bool(read.doubts))
        found[said] += 1
        assert said != "silently wrong", (text, truth, read)
        assert said != "right" or not damaged or "年底" in text, (text, truth, read)
    _say(capsys, "spellings", found)
    assert found["right"] > SPELLINGS * 0.45


@pytest.mark.parametrize("writer", WRITERS)
def test_no_value_of_a_hostile_form_is_silently_wrong(writer: str, capsys: pytest.CaptureFixture[str]) -> None:
    write, times = WRITERS[writer]
    chance, found = random.Random(f"forms {writer}"), Counter[str]()
    for _ in range(times):
        form, rows, _style = hostile.made(chance, "测试项目甲")
        found += _judged(read_targets(write([form])), [rows])
    _say(capsys, writer, found)


@pytest.mark.parametrize("writer", ["docx", "xlsx", "text"])
def test_two_tables_side_by_side_are_two_tables(writer: str, capsys: pytest.CaptureFixture[str]) -> None:
    write, times = WRITERS[writer]
    chance, found = random.Random(f"sides {writer}"), Counter[str]()
    for _ in range(times // 2):
        one, of_one, _style = hostile.made(chance, "测试项目甲")
        two, of_two, _style = hostile.made(chance, "测试项目乙")
        found += _judged(read_targets(write([hostile.beside(chance, one, two)])), [of_one, of_two])
    _say(capsys, f"{writer}, side by side", found)


def test_an_old_workbook_is_read_like_the_new_one() -> None:
    chance = random.Random("old workbook")
    made = [hostile.made(chance, f"测试项目{name}") for name in "甲乙丙"]
    new = hostile.as_xlsx([form for form, _rows, _style in made])
    old = converted(new, "xls")
    assert old.startswith(b"\xd0\xcf\x11\xe0")
    _judged(read_targets(old), [rows for _form, rows, _style in made])


def _judged(read: Sequence[TargetTable], made: Sequence[Sequence[hostile.Row]]) -> Counter[str]:
    """Every made value has to be found, in its table, its order and its place."""
    found: Counter[str] = Counter()
    assert [len(table.indicators) for table in read] == [len(rows) for rows in made]
    for table, rows in zip(read, made, strict=True):
        for line, row in zip(table.indicators, rows, strict=True):
            got = value_of(line, table, year=YEAR)
            said = _verdict(says(got, row.truth), bool(got.doubts))
            found[said] += 1
            assert said != "silently wrong", (row, line, got)
            _check_place(line, row)
    return found


def _check_place(line: IndicatorRow, row: hostile.Row) -> None:
    if not PLACE_DOUBTED & set(line.doubts):
        name = re.sub(r"^(?:指标[0-9]+[:：]|[0-9]+[.、]|[（(][0-9]+[)）])", "", line.level3)
        assert (line.level1, line.level2, name) == (row.level1, row.level2, row.name)


def _verdict(right: bool, doubted: bool) -> str:
    if right:
        return "right, flagged too" if doubted else "right"
    return "flagged" if doubted else "silently wrong"


def _say(capsys: pytest.CaptureFixture[str], what: str, found: Counter[str]) -> None:
    with capsys.disabled():
        said = ", ".join(f"{times} {word}" for word, times in sorted(found.items()))
        print(f"\n{what}: {found.total()} values: {said}, {found['silently wrong']} silently wrong")
