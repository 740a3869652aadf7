"""The real document, as text and as Word, is read field by field as it was checked by hand."""

from typing import Any

import pytest

from ops.programmes.targets.document import read_text
from ops.programmes.targets.published import as_json
from ops.programmes.targets.reading import read_targets
from ops.programmes.targets.wordform import read_docx
from tests.programmes.reference import SOURCE, document_text, published_tables, seed, seed_rows
from tests.programmes.targets.word_form import word_form

pytestmark = pytest.mark.pure


def without_remarks(document: dict[str, Any]) -> dict[str, Any]:
    """The document without what is said about it: only what stands in it and how it was read."""
    document.pop("note", None)
    for programme in document["programmes"]:
        programme.pop("remarks", None)
        for row in programme["indicators"]:
            row.pop("remarks", None)
            row.pop("oddities", None)
    return document


def published() -> dict[str, Any]:
    return as_json(published_tables(), str, source=SOURCE)


def test_the_published_text_equals_its_checked_reading_field_by_field() -> None:
    got = published()
    assert got["totals"] == {"programmes": 6, "indicators": 36, "budget_total": 5637.56}
    assert without_remarks(got) == without_remarks(seed())


def test_every_programme_and_row_carries_a_list_of_remarks() -> None:
    for programme in published()["programmes"]:
        assert programme["remarks"] == []
        assert all(isinstance(row["remarks"], list) for row in programme["indicators"])


def test_the_same_tables_as_a_word_file_are_the_same_tables() -> None:
    assert read_docx(word_form(seed())) == published_tables()


def test_a_file_is_told_apart_by_its_content() -> None:
    assert read_targets(document_text().encode()) == published_tables()
    assert read_targets(document_text().encode("gb18030")) == published_tables()
    from_windows = document_text().replace("\n", "\r\n").encode("utf-8-sig")
    assert read_targets(from_windows) == published_tables()
    assert read_targets(word_form(seed())) == published_tables()


@pytest.mark.parametrize("row", range(36))
def test_every_row_keeps_its_words_as_published(row: int) -> None:
    programme, expected = seed_rows()[row]
    got = published_tables()[programme["seq"] - 1].indicators[expected["row"] - 1]
    for field in ("level1", "level2", "level3", "description", "value_text", "basis"):
        assert getattr(got, field) == expected[field]


@pytest.mark.parametrize(
    ("whole", "split"),
    [
        ("\t2023年临港商务区机关工作人员伙食补助\n", "\t2023年临港商务区\n机关工作人员伙食补助\n"),
        ("\t2023年临港商务区机关工作人员伙食补助\n", "\t2023年临港商务区\n\n机关工作人员伙食补助\n"),
        ("\t执法评估发现问题处置反馈率\n\t执法", "\t执法评估发现\n \n问题处置反馈率\n\n\t执法"),
        ("\n\t产出指标\n", "\n\n \n\t产出指标\n"),
        ("\t预算数\n", "\t预算\n数\n"),
        ("\t其中：财政    资金\n", "\t其中：\n财政资金\n"),
    ],
)
def test_names_split_over_lines_and_stray_blank_lines_change_nothing(whole: str, split: str) -> None:
    assert whole in document_text()
    assert read_text(document_text().replace(whole, split)) == published_tables()


def test_a_table_of_contents_before_the_tables_changes_nothing() -> None:
    contents = "".join(f"{t.seq}.{t.table_title}\n" for t in published_tables())
    assert read_text(f"目录\n{contents}\n{document_text()}") == published_tables()


def test_columns_are_found_by_their_names_and_not_by_their_places() -> None:
    moved = document_text().replace("\t指标值\n\t指标值确定依据\n", "\t指标值确定依据\n\t指标值\n")
    assert {row.basis for row in read_text(moved)[1].indicators} >= {"≤2450人", "≥98%"}


def test_several_goals_are_kept_apart_and_long_ones_together() -> None:
    goal = "1.及时足额拨付经费，保障日常工作顺利开展"
    text = document_text().replace(f"\t{goal}\n", "\t1.及时足额拨付经费，\n保障日常工作\n2.按月公示\n")
    assert read_text(text)[0].goals == ("1.及时足额拨付经费，保障日常工作", "2.按月公示")
