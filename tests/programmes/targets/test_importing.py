"""Storing the target tables: whole, once, and never changed silently."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from ops.core.access import Actor
from ops.core.audit import AuditEntry
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.core.files import Attachment
from ops.people.roles import Role
from ops.programmes import queries
from ops.programmes.models import Indicator, Programme
from ops.programmes.targets import importing
from ops.programmes.targets.stored import table_of, target_of
from tests.app_fixtures import SignIn
from tests.programmes.factories import stored_programmes
from tests.programmes.reference import FOLDER, SOURCE, document_text, published_tables, seed, seed_rows
from tests.programmes.targets.word_form import word_form

CHANGED = document_text().replace("≥450人", "≥455人")


def rows() -> int:
    return db.session.scalar(select(func.count()).select_from(Indicator)) or 0


def store(text: str, by: Actor, replace: bool = False) -> importing.Imported:
    with transaction():
        return importing.store(text.encode(), SOURCE, by, replace)


def test_what_is_stored_is_what_was_published(app: Flask) -> None:
    programmes = stored_programmes()
    assert [table_of(each) for each in programmes] == list(published_tables())
    assert (len(programmes), rows()) == (6, 36)


def test_each_stored_value_reads_as_it_was_checked(app: Flask) -> None:
    stored = {(p.code, row.row): target_of(row).parsed() for p in stored_programmes() for row in p.indicators}
    assert stored == {(p["project_code"], row["row"]): row["parsed"] for p, row in seed_rows()}


def test_the_weights_of_a_programme_and_its_execution_are_100(app: Flask) -> None:
    assert {sum(row.weight for row in each.indicators) for each in stored_programmes()} == {90}


def test_the_plan_ends_its_months_on_their_last_day(app: Flask) -> None:
    assert [str(point.day) for point in stored_programmes()[0].points] == [
        "2023-03-31",
        "2023-06-30",
        "2023-10-31",
        "2023-12-31",
    ]


def test_the_same_file_again_changes_nothing(app: Flask, by: Actor) -> None:
    assert store(document_text(), by) == importing.Imported(6, 0, 0)
    deeds = db.session.scalar(select(func.count()).select_from(AuditEntry))
    assert store(document_text(), by) == importing.Imported(0, 0, 6)
    assert importing.read(word_form(seed())).is_stored
    assert db.session.scalar(select(func.count()).select_from(AuditEntry)) == deeds


def test_a_changed_file_is_refused_and_says_where_it_differs(app: Flask, by: Actor) -> None:
    store(document_text(), by)
    [difference] = importing.read(CHANGED.encode()).differences
    assert (difference.row, difference.field, difference.stored, difference.given) == (
        1,
        "value_text",
        "≥450人",
        "≥455人",
    )
    with pytest.raises(Rejected):
        store(CHANGED, by)
    assert queries.programmes(2023)[0].indicators[0].value_text == "≥450人"


def test_a_changed_file_replaces_when_told_to_and_keeps_the_rows(app: Flask, by: Actor) -> None:
    store(document_text(), by)
    before = queries.programmes(2023)[0].indicators[0].id
    assert store(CHANGED, by, replace=True) == importing.Imported(0, 1, 5)
    row = queries.programmes(2023)[0].indicators[0]
    assert (row.id, row.value_text) == (before, "≥455人")


def test_a_table_with_an_unknown_level_is_refused(app: Flask, by: Actor) -> None:
    with pytest.raises(Rejected) as refusal:
        store(document_text().replace("满意度指标\n\t服务对象满意度指标", "其他指标\n\t服务对象满意度指标"), by)
    assert refusal.value.field == "file"
    assert rows() == 0


def upload(text: str, name: str = "targets.txt") -> dict[str, object]:
    return {"file": (BytesIO(text.encode()), name)}


def test_a_document_is_previewed_before_it_is_stored(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.PERFORMANCE)
    assert client.get("/programmes/documents/new").status_code == 200
    answer = client.post("/programmes/documents/new", data=upload(document_text()))
    assert answer.status_code == 303
    text = client.get(answer.location).get_data(as_text=True)
    assert text.count("≥450人") == 1
    assert "指标名称是比率，指标值却以“次”计量。" in text
    assert rows() == 0
    assert client.post(answer.location).status_code == 303
    assert rows() == 36
    assert "内容已全部保存" in client.get(answer.location).get_data(as_text=True)


def test_a_document_that_differs_is_stored_only_when_told_to_replace(app: Flask, sign_in: SignIn) -> None:
    stored_programmes()
    client = sign_in(Role.PERFORMANCE)
    address = client.post("/programmes/documents/new", data=upload(CHANGED)).location
    assert "≥455人" in client.get(address).get_data(as_text=True)
    assert client.post(address).status_code == 422
    assert queries.programmes(2023)[0].indicators[0].value_text == "≥450人"
    assert client.post(address, data={"replace": "1"}).status_code == 303
    assert queries.programmes(2023)[0].indicators[0].value_text == "≥455人"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (upload("没有表格"), "文件中没有找到绩效目标表"),
        (upload(""), "文件是空的"),
        (upload(document_text(), "targets.exe"), ".csv"),
        ({}, "请选择文件"),
    ],
)
def test_an_unreadable_file_is_refused_beside_its_field(
    app: Flask, sign_in: SignIn, given: dict[str, object], words: str
) -> None:
    page = sign_in(Role.PERFORMANCE).post("/programmes/documents/new", data=given)
    assert page.status_code == 422
    assert words in page.get_data(as_text=True)
    assert db.session.scalar(select(func.count()).select_from(Attachment)) == 0


def test_only_the_performance_officer_reads_targets_in(app: Flask, sign_in: SignIn) -> None:
    assert sign_in(Role.FINANCE).get("/programmes/documents/new").status_code == 403
    assert sign_in(Role.PERFORMANCE).get("/programmes/documents/99").status_code == 404


def test_the_command_prints_the_reading_as_json(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["targets", "parse", str(FOLDER / SOURCE), "--json"])
    printed = json.loads(result.output)
    assert printed["totals"] == {"programmes": 6, "indicators": 36, "budget_total": 5637.56}
    assert all("remarks" in row for programme in printed["programmes"] for row in programme["indicators"])
    assert db.session.scalar(select(func.count()).select_from(Programme)) == 0


def test_the_command_prints_the_reading_for_people(app: Flask) -> None:
    output = app.test_cli_runner().invoke(args=["targets", "parse", str(FOLDER / SOURCE)]).output
    assert "食堂补贴对象 | ≥450人 | 数量: ≥ 450 人" in output


def test_the_command_imports_once_and_refuses_changes(app: Flask, tmp_path: Path) -> None:
    runner = app.test_cli_runner()
    assert "新增6个" in runner.invoke(args=["targets", "import", str(FOLDER / SOURCE)]).output
    assert "未变6个" in runner.invoke(args=["targets", "import", str(FOLDER / SOURCE)]).output
    changed = tmp_path / "changed.txt"
    changed.write_text(CHANGED, encoding="utf-8")
    refused = runner.invoke(args=["targets", "import", str(changed)])
    assert refused.exit_code == 1
    assert "≥450人 → ≥455人" in refused.output
    assert runner.invoke(args=["targets", "import", str(changed), "--replace"]).exit_code == 0


def test_the_command_says_why_a_file_is_unreadable(app: Flask, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    result = app.test_cli_runner().invoke(args=["targets", "import", str(empty)])
    assert (result.exit_code, "文件是空的" in result.output) == (1, True)
