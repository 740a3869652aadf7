"""Paper answers from a file, and surveys of several questions."""

from datetime import date
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import Workbook, load_workbook
from sqlalchemy import event, func, select

from ops.core import clock
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.core.period import year
from ops.indicators import readings
from ops.people.roles import Role
from ops.programmes.surveys import queries, service
from ops.programmes.surveys.models import AnswerFile, Survey, SurveyEntry
from tests.app_fixtures import SignIn
from tests.programmes.factories import BY

HEADS = ("问卷编号", "填写日期", "第1题", "第2题")
GOOD = [("P01", "2023-05-09", "5", "很满意"), ("P02", "2023-05-09", "4", "不满意"), ("P03", "2023年6月1日", "", "C")]
BAD = [("", "2023-05-09", "5", "5"), ("P05", "2024-01-01", "5", "5"), ("P06", "五月", "5", "5"),
       ("P07", "2023-05-09", "6", "5"), ("P01", "2023-05-09", "1", "1")]  # fmt: skip


def made(more: str = "服务态度满意吗？") -> Survey:
    days = date(2023, 1, 1), date(2023, 12, 31)
    with transaction():
        return service.open_survey("两题问卷", "饭菜满意吗？", "就餐人员", "4", *days, BY, more)


def workbook(rows: list[tuple[str, ...]]) -> bytes:
    book = Workbook()
    for row in [HEADS, *rows]:
        book.worksheets[0].append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def csv(rows: list[tuple[str, ...]]) -> bytes:
    return "\n".join(",".join(row) for row in [HEADS, *rows]).encode()


def entries() -> int:
    return db.session.scalar(select(func.count()).select_from(SurveyEntry)) or 0


@pytest.mark.parametrize(("write", "name"), [(workbook, "答卷.xlsx"), (csv, "答卷.csv")])
def test_good_papers_land_bad_ones_go_back_and_the_file_again_changes_nothing(
    app: Flask, sign_in: SignIn, write: object, name: str
) -> None:
    survey, client = made(), sign_in(Role.PERFORMANCE)
    address = f"/programmes/surveys/{survey.id}/papers/new"
    content = write([*GOOD, *BAD])  # type: ignore[operator]
    for again in (False, True):
        looked = client.post(address, data={"file": (BytesIO(content), name)}).location
        page = client.get(looked).text
        assert "五月" in page
        assert entries() == (6 if again else 0)  # nothing is entered by looking
        answer = client.post(looked)
        assert answer.status_code == 303
    assert entries() == 6
    files = db.session.scalars(select(AnswerFile).order_by(AnswerFile.id)).all()
    assert [(each.added, each.already, each.faulty) for each in files] == [(3, 0, 5), (0, 3, 5)]
    back = client.get(f"/programmes/surveys/papers/{files[0].id}/misfits").data
    if name.endswith("xlsx"):
        rows = list(load_workbook(BytesIO(back)).worksheets[0].iter_rows(values_only=True))
        reasons = [row[-1] for row in rows]
        assert reasons[0] == "退回原因"
        assert [bool(each) for each in reasons[1:]] == [False] * 3 + [True] * 5
        assert client.get(client.post(address, data={"file": (BytesIO(back), name)}).location).status_code == 200
    else:
        assert back.decode("utf-8-sig").count("\n") == 6
    assert client.get(answer.location).status_code == 200


def take_in(client: FlaskClient, survey: Survey, *rows: tuple[str, ...]) -> AnswerFile:
    address = f"/programmes/surveys/{survey.id}/papers/new"
    client.post(client.post(address, data={"file": (BytesIO(csv(list(rows))), "答卷.csv")}).location)
    return db.session.scalars(select(AnswerFile).order_by(AnswerFile.id.desc()).limit(1)).one()


def void(*entries: SurveyEntry) -> None:
    with transaction():
        for entry in entries:
            service.void(entry, "录错", BY)


def counting(survey: Survey) -> list[SurveyEntry]:
    rows = queries.entries(survey).where(SurveyEntry.id.not_in(queries.VOIDED)).order_by(SurveyEntry.id)
    return list(db.session.scalars(rows))


def test_a_corrected_paper_bears_the_number_of_the_voided_one_and_the_old_file_does_not_bring_that_back(
    app: Flask, sign_in: SignIn
) -> None:
    survey, client = made(), sign_in(Role.PERFORMANCE)
    wrong, right = ("P01", "2023-05-09", "1", "5"), ("P01", "2023-05-09", "4", "5")
    assert take_in(client, survey, wrong).added == 1
    assert take_in(client, survey, right).already == 1, "while it counts its number is taken"
    void(counting(survey)[0])
    half = take_in(client, survey, right)
    assert (half.added, half.faulty, "请先全部作废" in half.faults[0].reason) == (0, 1, True)
    void(*counting(survey))
    again = take_in(client, survey, wrong)
    assert (again.added, again.faulty, "已作废" in again.faults[0].reason) == (0, 1, True)
    assert take_in(client, survey, right).added == 1
    assert [(each.edition, each.satisfied) for each in counting(survey)] == [(2, 1), (2, 1)]
    for row in (wrong, right):
        assert take_in(client, survey, row).already == 1
    assert queries.standing(survey).valid == 2
    assert readings.read("programmes.survey_satisfied", year(2023), survey.id).part == 2
    void(*counting(survey))
    for row in (wrong, right):
        assert take_in(client, survey, row).faulty == 1
    assert take_in(client, survey, ("P01", "2023-05-09", "", "5")).added == 1
    assert {each.edition for each in counting(survey)} == {3}


def test_each_question_is_a_figure_and_the_survey_counts_them_all(app: Flask, sign_in: SignIn) -> None:
    survey, client = made(), sign_in(Role.PERFORMANCE)
    given = {"file": (BytesIO(csv(GOOD)), "答卷.csv")}
    client.post(client.post(f"/programmes/surveys/{survey.id}/papers/new", data=given).location)
    first, second = survey.questions
    figure = readings.read("programmes.question_satisfied", year(2023), first.id)
    assert (figure.part, figure.whole) == (2, 2)
    figure = readings.read("programmes.question_satisfied", year(2023), second.id)
    assert (figure.part, figure.whole) == (1, 3)
    figure = readings.read("programmes.survey_satisfied", year(2023), survey.id)
    assert (figure.part, figure.whole) == (3, 5)
    assert queries.standing(survey).invalid == 1
    assert [each.valid for _question, each in queries.by_question(survey)] == [2, 3]
    page = client.get(f"/programmes/surveys/{survey.id}").text
    assert "分题统计" in page
    assert "33.33" in page


def test_the_link_asks_every_question_and_counted_papers_name_theirs(app: Flask, sign_in: SignIn) -> None:
    today = clock.today()
    with transaction():
        survey = service.open_survey("本年问卷", "甲？", "人员", "4", today.replace(month=1, day=1),
                                     today.replace(month=12, day=31), BY, "乙？\n\n丙？")  # fmt: skip
    client = app.test_client()
    address = f"/programmes/surveys/answers/{survey.token}"
    assert "丙？" in client.get(address).text
    assert client.post(address, data={"grade": "5", "grade2": "4"}).status_code == 422
    assert client.post(address, data={"grade": "5", "grade2": "4", "grade3": "1"}).status_code == 303
    assert [each.satisfied for _question, each in queries.by_question(survey)] == [1, 1, 0]
    counts = {"answered_on": str(today), "grade5": "3", "note": "统计", "question": "3"}
    counts |= dict.fromkeys(("grade4", "grade3", "grade2", "grade1", "invalid"), "0")
    officer = sign_in(Role.PERFORMANCE)
    assert officer.post(f"/programmes/surveys/{survey.id}/entries/new", data=counts).status_code == 303
    assert [each.valid for _question, each in queries.by_question(survey)] == [1, 1, 4]
    wrong = officer.post(f"/programmes/surveys/{survey.id}/entries/new", data={**counts, "question": "9"})
    assert wrong.status_code == 422


def test_the_template_is_the_table_that_is_read(app: Flask, sign_in: SignIn) -> None:
    survey, client = made(), sign_in(Role.PERFORMANCE)
    book = load_workbook(BytesIO(client.get(f"/programmes/surveys/{survey.id}/papers/template.xlsx").data))
    assert [cell.value for cell in book.worksheets[0][1]] == list(HEADS)
    assert book.worksheets[1]["B2"].value == "服务态度满意吗？"


def test_what_is_no_table_is_refused_beside_its_field_and_others_may_not(app: Flask, sign_in: SignIn) -> None:
    survey = made()
    address = f"/programmes/surveys/{survey.id}/papers/new"
    refused = sign_in(Role.PERFORMANCE).post(address, data={"file": (BytesIO(b"a,b\n1,2"), "x.csv")})
    assert (refused.status_code, "问卷编号" in refused.text) == (422, True)
    assert sign_in(Role.LEADER).get(address).status_code == 403
    with pytest.raises(Rejected):
        made("\n".join("题" for _ in range(20)))


def test_the_list_of_surveys_asks_no_more_for_more_surveys(app: Flask) -> None:
    made()
    counts = []
    for title in ("另一份", "又一份", "还有一份"):
        found: list[str] = []
        with transaction():
            service.open_survey(title, "？", "人", "4", date(2023, 1, 1), date(2023, 12, 31), BY)
        db.session.expire_all()

        def listen(_c: object, _cursor: object, statement: str, *_rest: object, into: list[str] = found) -> None:
            into.append(statement)

        event.listen(db.engine, "before_cursor_execute", listen)
        queries.surveys()
        event.remove(db.engine, "before_cursor_execute", listen)
        counts.append(len(found))
    assert counts[0] == counts[-1]
