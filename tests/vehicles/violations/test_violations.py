"""Filing an alarm, trip, hire or car under one of the nine violations, and what follows."""

from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import func, select

from ops.core import audit, clock
from ops.core.access import Actor, system
from ops.core.db import db, transaction
from ops.core.demo import DemoYear
from ops.core.errors import Rejected
from ops.core.notify import Notice
from ops.core.period import year
from ops.core.workcalendar import working_days
from ops.people.roles import Role
from ops.vehicles.positions.models import Alarm, AlarmKind
from ops.vehicles.rulebook import service as rulebook
from ops.vehicles.violations import catalogue, demo, queries, service, showing
from ops.vehicles.violations.models import Filing, FilingState
from ops.vehicles.violations.rules import OPEN
from ops.vehicles.violations.subjects import SubjectKind
from tests.app_fixtures import SignIn
from tests.factories import AT, DAY, make_trip_request, make_unit, make_user, make_vehicle, saved
from tests.vehicles.factories import make_hire

BY = system("纪检监察")
TODAY = clock.today()


def make_alarm(at: datetime = AT) -> Alarm:
    car, day = make_vehicle(), at.date()
    row = Alarm(vehicle_id=car.id, kind=AlarmKind.MOVEMENT, day=day, at=at, until=at + timedelta(hours=1), value=300)
    row.raised_at, row.raised_on = at, day
    return saved(row)


def make_filing(kind: SubjectKind = SubjectKind.TRIP, key: int | None = None, **values: Any) -> Filing:
    subject = queries.subject_of(kind, key or make_trip_request().id)
    assert subject
    usual = {"violation": "private_use", "unit_id": subject.unit_id, "day": subject.day or DAY, "facts": "无派车单"}
    usual |= {"explain_by": TODAY, "proof": None}
    with transaction():
        return service.file(subject=subject, by=BY, **{**usual, **values})


def of_section() -> Actor:
    return Actor(None, "派车员", permissions=frozenset({"vehicles:violation:explain"}))


def explained(**values: Any) -> Filing:
    filing = make_filing(SubjectKind.ALARM, make_alarm().id, **values)
    with transaction():
        service.explain(filing, "临时移车", of_section())
    return filing


def test_the_list_has_the_nine_in_order_each_with_document_and_clause(app: Flask) -> None:
    listed = catalogue.in_force(date(2023, 1, 1))
    assert len(listed) == 9
    assert all(each.rule.document and each.rule.clause and each.rule.source for each in listed)
    assert catalogue.in_force(date(2017, 12, 4)) == []


def subjects() -> list[tuple[str, int]]:
    return [
        ("alarm", make_alarm().id), ("trip", make_trip_request().id), ("hire", make_hire().id),
        ("car", make_vehicle().id),
    ]  # fmt: skip


def test_discipline_files_alarms_trips_hires_and_cars_from_their_own_pages(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.DISCIPLINE)
    pages = {"alarm": "positions/alarms", "trip": "requests", "hire": "hires", "car": "cars"}
    for kind, key in subjects():
        address = f"/vehicles/filed-violations/new/{kind}/{key}"
        assert address in client.get(f"/vehicles/{pages[kind]}/{key}").get_data(as_text=True), kind
        assert client.get(address).status_code == 200
        given = {"violation": "other", "day": "2023-05-09", "facts": "巡查发现", "explain_by": str(TODAY)}
        answer = client.post(address, data=given)
        assert answer.status_code == 303, answer.get_data(as_text=True)
        shown = client.get(answer.location).get_data(as_text=True)
        assert "巡查发现" in shown
        assert "中办发〔2017〕71号" in shown
        assert client.post(address, data=given).status_code == 422, "not twice while it is open"
    assert db.session.scalar(select(func.count()).select_from(Filing)) == 4


@pytest.mark.parametrize(
    "wrong",
    [{"day": "2099-01-01"}, {"violation": "other", "day": "2016-01-01"}, {"explain_by": "2023-01-01"},
     {"facts": " "}, {"violation": "x"}, {"unit_id": "999"}],
)  # fmt: skip
def test_what_cannot_be_filed_is_refused_beside_its_field(app: Flask, sign_in: SignIn, wrong: dict[str, str]) -> None:
    given = {"violation": "other", "day": "2023-05-09", "facts": "巡查发现", "explain_by": str(TODAY), **wrong}
    answer = sign_in(Role.DISCIPLINE).post(
        f"/vehicles/filed-violations/new/trip/{make_trip_request().id}", data={**given}
    )
    assert answer.status_code == 422
    assert f'id="{next(iter(wrong))}-error"' in answer.get_data(as_text=True)
    assert db.session.scalar(select(func.count()).select_from(Filing)) == 0


def test_of_what_does_not_exist_there_is_no_page(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.DISCIPLINE)
    for address in ("new/trip/999", "new/alarm/999", "new/hire/999", "new/car/999", "new/dog/1", "999", "999/proof"):
        assert client.get(f"/vehicles/filed-violations/{address}").status_code == 404, address


def test_the_unit_is_told_explains_and_reads_the_outcome(app: Flask, sign_in: SignIn) -> None:
    unit, other = make_unit(), make_unit()
    liaison = make_user(Role.LIAISON, unit_id=unit.id)
    discipline = make_user(Role.DISCIPLINE)
    filing = make_filing(key=make_trip_request(unit_id=unit.id).id)
    assert told(liaison.id) == 1
    address = f"/vehicles/filed-violations/{filing.id}"
    theirs, others = sign_in(Role.LIAISON, unit_id=unit.id), sign_in(Role.LIAISON, unit_id=other.id)
    assert others.get(address).status_code == 404
    assert others.post(f"{address}/explanation", data={"words": "不是我"}).status_code == 404
    assert sign_in(Role.DISPATCHER).post(f"{address}/explanation", data={"words": "我来说"}).status_code == 422
    assert theirs.post(f"{address}/explanation", data={"words": " "}).status_code == 422
    assert theirs.post(f"{address}/explanation", data={"words": "接站返程"}).status_code == 303
    assert theirs.post(f"{address}/explanation", data={"words": "又说"}).status_code == 422
    assert told(discipline.id) == 1
    watcher = sign_in(Role.DISCIPLINE)
    empty = {"outcome": "established", "words": "无派车单", "measure": ""}
    assert watcher.post(f"{address}/outcome", data=empty).status_code == 422
    assert watcher.post(f"{address}/outcome", data={**empty, "measure": "责令检查"}).status_code == 303
    assert watcher.post(f"{address}/outcome", data={**empty, "measure": "责令检查"}).status_code == 422
    shown = theirs.get(address).get_data(as_text=True)
    assert all(words in shown for words in ("接站返程", "无派车单", "责令检查"))
    assert told(liaison.id) == 2
    assert state(filing) is FilingState.ESTABLISHED


def told(user_id: int) -> int:
    return db.session.scalar(select(func.count()).select_from(Notice).where(Notice.user_id == user_id)) or 0


def state(filing: Filing) -> FilingState:
    db.session.expire_all()
    return filing.state


def test_a_question_left_open_goes_back_and_a_filing_can_be_withdrawn(app: Flask, sign_in: SignIn) -> None:
    filing, dispatcher = explained(), make_user(Role.DISPATCHER)
    client, address = sign_in(Role.DISCIPLINE), f"/vehicles/filed-violations/{filing.id}"
    for deed in ("question", "outcome", "withdrawal"):
        assert client.get(f"{address}/{deed}").status_code == 200
    ask = {"words": "谁驾驶", "explain_by": str(TODAY + timedelta(days=3))}
    past = client.post(f"{address}/question", data={**ask, "explain_by": str(TODAY - timedelta(days=1))})
    assert past.status_code == 422, "nobody could answer, and it would be decided on at once"
    assert state(filing) is FilingState.EXPLAINED
    assert client.post(f"{address}/question", data=ask).status_code == 303
    assert told(dispatcher.id) == 1
    assert client.post(f"{address}/question", data=ask).status_code == 422, "nothing was answered yet"
    refused = client.post(f"{address}/outcome", data={"outcome": "not_established", "words": "早了"})
    assert refused.status_code == 422
    assert client.post(f"{address}/withdrawal", data={"words": "重复登记"}).status_code == 303
    assert client.post(f"{address}/withdrawal", data={"words": "重复登记"}).status_code == 422
    assert state(filing) is FilingState.WITHDRAWN


def test_who_did_not_explain_in_time_is_decided_on_without(app: Flask, by: Actor) -> None:
    filing = make_filing()
    with transaction(), pytest.raises(Rejected):
        service.decide(filing, "not_established", "看过", "", by)
    filing = make_filing()
    with transaction():
        filing.explain_by = TODAY - timedelta(days=1)
        service.decide(filing, "not_established", "看过", "", by)
    assert state(filing) is FilingState.NOT_ESTABLISHED


def test_nobody_acts_on_a_stale_page(app: Flask, sign_in: SignIn) -> None:
    filing = explained()
    seen = filing.mark
    with transaction():
        service.ask_again(filing, "谁驾驶", TODAY, BY)
    given = {"words": "看过", "outcome": "not_established", "seen": seen}
    answer = sign_in(Role.DISCIPLINE).post(f"/vehicles/filed-violations/{filing.id}/outcome", data=given)
    assert answer.status_code == 422
    assert state(filing) is FilingState.ASKED_AGAIN


def test_the_list_is_narrowed_by_violation_state_unit_and_period_and_goes_to_excel(app: Flask, sign_in: SignIn) -> None:
    mine, other = make_filing(violation="other"), explained()
    client = sign_in(Role.DISCIPLINE)
    narrowed = [
        ("violation=other", "violation=luxury"), ("state=filed", "state=established"),
        (f"unit={mine.unit_id}", "state=withdrawn"), ("period=2023", "period=2023-01"),
    ]  # fmt: skip
    for finds, not_ in narrowed:
        assert f'/{mine.id}"' in client.get(f"/vehicles/filed-violations?{finds}").get_data(as_text=True), finds
        assert f'/{mine.id}"' not in client.get(f"/vehicles/filed-violations?{not_}").get_data(as_text=True), not_
    sections = client.get("/vehicles/filed-violations?unit=0&state=explained").get_data(as_text=True)
    assert f'/{other.id}"' in sections
    assert f'/{mine.id}"' not in sections
    for sort in ("no", "day", "violation", "subject", "unit", "explain_by", "state"):
        assert client.get(f"/vehicles/filed-violations?sort={sort}&down=1").status_code == 200
    book = client.get("/vehicles/filed-violations?state=explained&format=xlsx")
    rows = [[str(cell) for cell in row] for row in load_workbook(BytesIO(book.data)).active.values]
    said = "".join(cell for row in rows for cell in row)
    assert "临时移车" in said
    assert other.no in said
    assert mine.no not in said


def test_a_unit_does_not_read_of_which_others_something_was_filed(app: Flask, sign_in: SignIn) -> None:
    own, other = make_unit(name="甲单位"), make_unit(name="乙单位")
    make_filing(key=make_trip_request(unit_id=own.id).id)
    make_filing(key=make_trip_request(unit_id=other.id).id)
    for address in ("", f"?unit={other.id}"):
        shown = sign_in(Role.LIAISON, unit_id=own.id).get(f"/vehicles/filed-violations{address}").get_data(as_text=True)
        assert "甲单位" in shown
        assert "乙单位" not in shown
    assert "乙单位" in sign_in(Role.DISCIPLINE).get("/vehicles/filed-violations").get_data(as_text=True)


def test_the_nine_are_shown_with_their_sources(app: Flask, sign_in: SignIn) -> None:
    shown = sign_in(Role.AUDITOR).get("/vehicles/filed-violations/list").get_data(as_text=True)
    assert all(each.chinese in shown and each.rule.clause in shown for each in catalogue.in_force(clock.today()))


def test_a_later_wording_of_the_list_holds_from_its_day_and_what_ended_is_offered_no_longer(app: Flask) -> None:
    paper = {"document": "修订后的办法（测试）", "clause": "第二十七条", "source": "原文", "confirmed": True, "by": BY}
    with transaction():
        rulebook.add_version("violation.luxury", date(2023, 5, 9), False, **paper, chinese="超规格装饰")
        rulebook.add_version("violation.other", date(2023, 5, 9), True, **paper, chinese="其他")
    before, after = catalogue.in_force(date(2023, 5, 8)), catalogue.in_force(date(2023, 5, 9))
    assert (len(before), len(after)) == (9, 8)
    assert [each.chinese for each in after if each.code == "luxury"] == ["超规格装饰"]
    assert "豪华内饰" in next(each.chinese for each in before if each.code == "luxury")


def test_the_start_page_counts_what_waits(app: Flask, sign_in: SignIn) -> None:
    explained()
    make_alarm()
    unit = make_unit()
    make_filing(key=make_trip_request(unit_id=unit.id).id)
    start = sign_in(Role.DISCIPLINE).get("/").get_data(as_text=True)
    assert "/vehicles/filed-violations?state=explained" in start
    assert "/vehicles/positions/alarms?state=open" in start
    liaison = sign_in(Role.LIAISON, unit_id=unit.id)
    assert "/vehicles/filed-violations?state=to_be_explained" in liaison.get("/").get_data(as_text=True)


def test_the_list_that_the_start_page_leads_to_holds_what_it_counts(app: Flask, sign_in: SignIn) -> None:
    late, in_time, told = make_filing(), make_filing(), explained()
    with transaction():
        late.explain_by = TODAY - timedelta(days=1)
        audit.record("test.arranged", late, BY)
    client = sign_in(Role.DISCIPLINE)
    assert "/vehicles/filed-violations?state=overdue" in client.get("/").text

    def shown(state: str) -> set[int]:
        text = client.get(f"/vehicles/filed-violations?state={state}").text
        return {each.id for each in (late, in_time, told) if f'/vehicles/filed-violations/{each.id}"' in text}

    assert shown("overdue") == {late.id}
    assert shown("to_be_explained") == {late.id, in_time.id}


LOOKS = {"/vehicles/positions/looks"}  # where cars were, and who looked, is not for those who watch the money


@pytest.mark.parametrize(
    ("role", "not_his"), [(Role.DISCIPLINE, set()), (Role.AUDITOR, set()), (Role.FINANCE_WATCH, LOOKS)]
)
def test_those_who_watch_read_everything_of_vehicles(
    app: Flask, sign_in: SignIn, role: Role, not_his: set[str]
) -> None:
    client = sign_in(role)
    pages = [
        rule.rule for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("vehicles.") and not rule.arguments and rule.methods == {"GET", "HEAD", "OPTIONS"}
    ]  # fmt: skip
    # deeds of those who assign, import and hand the register on
    deeds = {f"/vehicles/{name}" for name in ("board/assignment", "car-list-template.xlsx", "platform.xlsx")}
    mine = {"/vehicles/driving/", "/vehicles/driving/worker.js", "/vehicles/obligations/mine", *deeds}
    closed = [each for each in pages if each not in mine and client.get(each, follow_redirects=True).status_code != 200]
    assert set(closed) == not_his


WRITES_OF_DISCIPLINE = {f"vehicles.violations.{name}" for name in ("new_filing", "question", "outcome", "withdrawal")}


def test_discipline_writes_nothing_but_filings(app: Flask) -> None:
    holder = Actor(1, "", permissions=app.extensions["ledger"].grants[Role.DISCIPLINE])
    writes = {
        rule.endpoint: getattr(app.view_functions[rule.endpoint], "permission", "")
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("vehicles") and (rule.methods or set()) & {"POST", "PUT", "PATCH", "DELETE"}
    }
    assert {name for name, permission in writes.items() if holder.may(permission)} == WRITES_OF_DISCIPLINE


def test_the_proof_is_kept_and_shown(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.DISCIPLINE)
    given = {"violation": "other", "day": "2023-05-09", "facts": "照片", "explain_by": str(TODAY)}
    address = f"/vehicles/filed-violations/new/car/{make_vehicle().id}"
    answer = client.post(address, data={**given, "proof": (BytesIO(b"%PDF-1"), "照片.pdf")})
    assert client.get(f"{answer.location}/proof").data == b"%PDF-1"


def test_the_demo_year_has_filings_in_every_state_of_the_way(app: Flask) -> None:
    for _number in range(5):
        make_alarm()
        make_trip_request(datetime(2023, 6, 1, 8))
    with transaction():
        demo.make(DemoYear(2023, working_days(year(2023))))
    found = {each.state for each in db.session.scalars(select(Filing))}
    assert {FilingState.FILED, FilingState.EXPLAINED, FilingState.ESTABLISHED} <= found


def test_a_demo_year_that_another_one_follows_looks_closed(app: Flask) -> None:
    """Explained before its deadline, and decided after; the steps are numbered as the service would."""
    for of in (2022, 2023):
        for number in range(5):
            make_alarm(AT.replace(year=of, month=number + 1))
            make_trip_request(datetime(of, 6, 1 + number, 8))
        with transaction():
            demo.make(DemoYear(of, working_days(year(of))))
    found = db.session.scalars(select(Filing)).all()
    assert {each.day.year for each in found if each.state in OPEN} == {2023}
    assert FilingState.ASKED_AGAIN in {step.kind for each in found for step in each.steps}
    for each in found:
        assert [step.number for step in each.steps] == list(range(1, len(each.steps) + 1))
        assert [step.at for step in each.steps] == sorted(step.at for step in each.steps)
        said = [step.at.date() for step in each.steps if step.kind == FilingState.EXPLAINED]
        assert all(day <= each.explain_by for day in said)


def test_what_was_filed_stands_on_the_page_of_its_subject_for_those_who_read_it(app: Flask, sign_in: SignIn) -> None:
    alarm, hire, request, car = make_alarm(), make_hire(), make_trip_request(), make_vehicle()
    pages = {
        SubjectKind.ALARM: (alarm.id, f"/vehicles/positions/alarms/{alarm.id}"),
        SubjectKind.HIRE: (hire.id, f"/vehicles/hires/{hire.id}"),
        SubjectKind.TRIP: (request.id, f"/vehicles/requests/{request.id}"),
        SubjectKind.CAR: (car.id, f"/vehicles/cars/{car.id}"),
    }
    discipline = sign_in(Role.DISCIPLINE)
    for kind, (key, page) in pages.items():
        assert "/vehicles/filed-violations/" not in discipline.get(page).text.replace("filed-violations/new", "")
        link = f"/vehicles/filed-violations/{make_filing(kind, key).id}"
        assert link in discipline.get(page).text


def test_a_filing_leads_to_its_subject_only_those_who_may_open_it(app: Flask, sign_in: SignIn) -> None:
    alarm = make_alarm()
    filing = make_filing(SubjectKind.ALARM, alarm.id)
    address = f"/vehicles/positions/alarms/{alarm.id}"
    for role, status in ((Role.DISCIPLINE, 200), (Role.ADMINISTRATOR, 403)):
        client = sign_in(role)
        shown = client.get(f"/vehicles/filed-violations/{filing.id}").get_data(as_text=True)
        assert filing.subject in shown
        assert (address in shown) == (client.get(address).status_code == 200)
        assert client.get(address).status_code == status


def test_a_unit_sees_on_its_trip_only_what_it_has_to_explain(app: Flask, sign_in: SignIn) -> None:
    request, other = make_trip_request(), make_unit()
    of_others = make_filing(SubjectKind.TRIP, request.id, unit_id=other.id)
    own = make_filing(SubjectKind.TRIP, request.id, violation="diverted")
    liaison = sign_in(Role.LIAISON, unit_id=request.unit_id).get(f"/vehicles/requests/{request.id}").text
    assert f"/vehicles/filed-violations/{own.id}" in liaison
    assert f"/vehicles/filed-violations/{of_others.id}" not in liaison
    assert showing.filed_of(SubjectKind.TRIP, request.id, Actor(None, "驾驶员")) == []
