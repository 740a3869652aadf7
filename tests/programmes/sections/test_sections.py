"""Key tasks with milestones and proof, the open scoreboard, the safeguards of the document."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.core.period import year
from ops.indicators.catalogue import metrics
from ops.indicators.evidence import foot
from ops.indicators.readings import read
from ops.people.models import Section
from ops.people.roles import Role
from ops.programmes.sections import queries, rules, service
from ops.programmes.sections.models import KeyTask, Milestone, MilestoneCompletion
from tests.app_fixtures import SignIn

D = Decimal
ON_TIME = "programmes.tasks_on_time"


@pytest.mark.pure
@pytest.mark.parametrize(
    ("sign", "target", "value", "share"),
    [
        ("≥", "95", "95", "1"), ("≥", "95", "99", "1"), ("≥", "95", "94.9", str(D("94.9") / 95)),
        ("≥", "95", "-1", "0"),
        ("≤", "0", "0", "1"), ("≤", "0", "1", "0"), ("≤", "10", "10", "1"), ("≤", "10", "15", "0.5"),
        ("≤", "10", "30", "0"),
    ],
)  # fmt: skip
def test_a_share_is_attained_by_the_sign(sign: str, target: str, value: str, share: str) -> None:
    assert rules.attained(sign, D(target), D(value)) == D(share)


@pytest.mark.pure
def test_what_has_no_data_no_target_or_no_weight_is_left_out_of_the_score() -> None:
    assert rules.attained("≥", D(95), None) is None
    assert rules.attained("", None, D(7)) is None
    parts = [
        rules.Counted(D(60), D("0.5")),
        rules.Counted(D(40), D(1)),
        rules.Counted(D(30), None),
        rules.Counted(D(0), D(0)),
    ]
    assert rules.score(parts) == D("70.00")
    assert rules.score([rules.Counted(D(60), None)]) is None
    assert rules.score([rules.Counted(D(1), D(1) / 3)]) == D("33.33")


@pytest.mark.pure
@pytest.mark.parametrize(
    ("sign", "target", "weight", "field"),
    [("≥", None, "0", "target"), ("", "5", "0", "target"), ("", None, "5", "weight"), ("≥", "0", "5", "target")],
)
def test_a_measure_that_cannot_be_scored_is_refused(sign: str, target: str | None, weight: str, field: str) -> None:
    with pytest.raises(Rejected) as refusal:
        rules.check_measure(sign, None if target is None else D(target), D(weight))
    assert refusal.value.field == field


def section(name: str = "膳食科") -> int:
    return db.session.scalars(select(Section.id).where(Section.name == name)).one()


def make_task(by: Actor, safeguard: int | None = None) -> KeyTask:
    with transaction():
        return service.set_task(2023, section(), "食品安全", "全年无事故", safeguard, by)


def make_milestone(task: KeyTask, by: Actor, due_on: date = date(2023, 6, 30)) -> Milestone:
    with transaction():
        return service.plan(task, "中期检查", due_on, by)


def complete(client: FlaskClient, milestone: Milestone, day: str = "2023-06-30", **typed: Any) -> int:
    proof = (BytesIO("检查记录".encode()), "record.txt")
    data = {"done_on": day, "note": "已检查", "proof": proof, **typed}
    return client.post(f"/programmes/sections/milestones/{milestone.id}/completion", data=data).status_code


def test_a_milestone_done_on_its_day_is_on_time_and_a_day_later_is_not(app: Flask, sign_in: SignIn, by: Actor) -> None:
    client, task = sign_in(Role.PERFORMANCE), make_task(by)
    assert complete(client, make_milestone(task, by)) == 303
    assert complete(client, make_milestone(task, by), "2023-07-01") == 303
    make_milestone(task, by)
    waived = make_milestone(task, by)
    assert (
        client.post(f"/programmes/sections/milestones/{waived.id}/waiver", data={"because": "计划取消"}).status_code
        == 303
    )
    figure = read(ON_TIME, year(2023), section())
    assert (figure.part, figure.whole) == (1, 3)
    sums = foot(metrics()[ON_TIME], year(2023), section())
    assert (sums.part, sums.whole, sums.records) == (figure.part, figure.whole, figure.records)
    page = client.get(f"/programmes/sections/tasks/{task.id}").text
    for word in ("按期完成", "逾期完成", "免做"):
        assert word in page


def test_a_milestone_is_completed_once_with_a_proof_and_not_ahead_of_time(
    app: Flask, sign_in: SignIn, by: Actor
) -> None:
    client, milestone = sign_in(Role.PERFORMANCE), make_milestone(make_task(by), by)
    assert complete(client, milestone, proof=(BytesIO(b""), "")) == 422
    assert complete(client, milestone, "2098-01-01") == 422
    assert complete(client, milestone, note="") == 422
    assert db.session.get(MilestoneCompletion, milestone.id) is None
    assert complete(client, milestone) == 303
    assert complete(client, milestone) == 422


def test_a_milestone_lies_in_its_year(app: Flask, sign_in: SignIn, by: Actor) -> None:
    task = make_task(by)
    typed = {"title": "验收", "due_on": "2024-01-01"}
    answer = sign_in(Role.PERFORMANCE).post(f"/programmes/sections/tasks/{task.id}/milestones/new", data=typed)
    assert (answer.status_code, "2023" in answer.text) == (422, True)


def test_the_scoreboard_shows_weights_and_scores_only_what_has_data(app: Flask, sign_in: SignIn, by: Actor) -> None:
    client, task = sign_in(Role.PERFORMANCE), make_task(by)
    complete(client, make_milestone(task, by))
    boards = {board.section.name: board for board in queries.boards(2023, date(2024, 5, 1))}
    assert boards["膳食科"].score == 100
    assert {name for name, board in boards.items() if board.score is not None} == {"膳食科"}
    page = client.get("/programmes/sections/2023").text
    assert "100.00" in page
    assert client.get("/programmes/sections/2023?format=xlsx").data[:2] == b"PK"
    typed = {
        "section_id": str(section()), "metric": "canteen.incidents", "sign": "≤", "target": "0", "weight": "45",
        "from_year": "2023", "source": "考评办法",
    }  # fmt: skip
    assert client.post("/programmes/sections/2023/measures", data=typed).status_code == 303
    weights = {each.metric: each.weight for each in queries.measures(2023) if each.section_id == section()}
    assert weights["canteen.incidents"] == 45
    assert {each.weight for each in queries.measures(2022) if each.metric == "canteen.incidents"} == {30}
    assert client.post("/programmes/sections/2023/measures", data={**typed, "sign": ""}).status_code == 422


def test_a_year_that_is_not_over_is_judged_on_what_was_due(app: Flask) -> None:
    assert queries.so_far(2023, date(2023, 7, 1)).last == date(2023, 7, 1)
    assert queries.so_far(2023, date(2024, 7, 1)).last == date(2023, 12, 31)
    assert queries.so_far(2023, date(2022, 7, 1)).days == 1


def test_the_safeguards_page_shows_what_proves_each(app: Flask, sign_in: SignIn, by: Actor) -> None:
    make_task(by, safeguard=3)
    page = sign_in(Role.LEADER).get("/programmes/sections/2023/safeguards").text
    assert "健全考评体系" in page
    assert "食品安全" in page
    assert page.count("尚无对应的重点工作") == 2


def test_an_overdue_milestone_is_a_to_do_and_watchers_change_nothing(app: Flask, sign_in: SignIn, by: Actor) -> None:
    task = make_task(by)
    milestone = make_milestone(task, by)
    assert "逾期节点" in sign_in(Role.PERFORMANCE).get("/").text
    leader = sign_in(Role.LEADER)
    assert leader.get(f"/programmes/sections/tasks/{task.id}").status_code == 200
    for address in (
        f"milestones/{milestone.id}/completion",
        "2023/tasks/new",
        "2023/measures",
        f"tasks/{task.id}/notes/new",
    ):
        assert leader.get(f"/programmes/sections/{address}").status_code == 403
    assert sign_in(Role.LIAISON).get("/programmes/sections/2023").status_code == 403
    assert sign_in(Role.PERFORMANCE).get("/programmes/sections/1850").status_code == 404
