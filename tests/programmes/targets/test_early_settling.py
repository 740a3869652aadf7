"""Doubts are settled in the preview too: the choice goes with the row when the file is stored."""

from io import BytesIO

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from ops.core.db import db
from ops.people.roles import Role
from ops.programmes import queries
from ops.programmes.targets.models import EarlySettlement
from ops.programmes.targets.stored import read_of, target_of
from tests.app_fixtures import SignIn

ROWS = [
    ("产出指标", "数量指标", "培训人数", "2450人"),
    ("产出指标", "质量指标", "合格率", "9 5%"),
    ("效益指标", "社会效益指标", "知晓率", "≥90%"),
    ("满意度指标", "服务对象满意度指标", "满意度", "≥95%"),
]


def document(year: int = 2024) -> bytes:
    head = [f"项目支出绩效目标表（{year}年度）", "项目名称\t测试项目\t\t", "年度资金总额\t12.50\t\t"]
    heads = "一级指标\t二级指标\t三级指标\t指标值"
    return "\n".join([*head, heads, *("\t".join(row) for row in ROWS)]).encode()


def read_in(client: FlaskClient, data: bytes = b"", name: str = "目标表.txt") -> str:
    given = {"file": (BytesIO(data or document()), name)}
    answer = client.post("/programmes/documents/new", data=given)
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def test_a_choice_in_the_preview_is_kept_and_stored_with_the_row(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.PERFORMANCE)
    address = read_in(client)
    assert "2处存疑，尚未认定" in client.get(address).text
    row = f"{address}/tables/1/rows/1"
    assert "2450人" in client.get(row).text
    assert client.post(row, data={"choice": "otherwise", "says": "≥450人"}).status_code == 422
    given = {"choice": "otherwise", "says": "≥450人", "because": "原文符号损坏，已核对上年表"}
    assert client.post(row, data=given).status_code == 303
    shown = client.get(address).text
    assert "1处存疑，尚未认定" in shown
    assert "原文符号损坏" in shown
    assert client.post(address).status_code == 303
    [programme] = queries.programmes(2024)
    first, second = programme.indicators[:2]
    assert (target_of(first).operator, target_of(first).number, target_of(first).doubts) == ("≥", 450, ())
    assert first.settled[0].because == "原文符号损坏，已核对上年表"
    assert first.settled[0].by == db.session.scalars(select(EarlySettlement)).one().by
    assert read_of(first).doubts  # the form's words stay as they are
    assert target_of(second).doubts == ("digits_torn",)


def test_the_newest_choice_counts_and_an_unreadable_one_is_refused(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.PERFORMANCE)
    row = f"{read_in(client)}/tables/1/rows/2"
    refused = client.post(row, data={"choice": "as_read", "because": "看着像"})
    assert (refused.status_code, "看着像" in refused.text) == (422, True)
    for says in ("≥95%", "=95%"):
        client.post(row, data={"choice": "otherwise", "says": says, "because": "核对原件"})
    client.post(row.partition("/tables")[0])
    assert target_of(queries.programmes(2024)[0].indicators[1]).operator == "="


def test_doubts_about_a_rows_place_stay_with_it(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.PERFORMANCE)
    whole, shifted = "产出指标\t质量指标\t合格率\t9 5%", "产出指标\t质量指标\t合格率\t≥95%\t年初计划"
    shifted_document = document().replace(whole.encode(), shifted.encode())
    client.post(read_in(client, shifted_document))
    second = queries.programmes(2024)[0].indicators[1]
    assert second.doubts == "cells_shifted"
    assert "cells_shifted" in target_of(second).doubts


def test_a_document_is_seen_by_its_uploader_alone(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.PERFORMANCE)
    address = read_in(client)
    assert client.get(f"{address}/tables/1/rows/9").status_code == 404
    assert client.get(f"{address}/tables/7/rows/1").status_code == 404
    number = address.rpartition("/")[2]
    assert sign_in(Role.FINANCE).get(f"/programmes/payment-files/previews/{number}").status_code == 404
    assert sign_in(Role.PERFORMANCE).get(address).status_code == 404
    assert client.get(address).status_code == 200
