"""A card terminal's file: replay-safe, honest about what did not land."""

import time
from datetime import datetime, timedelta
from io import BytesIO
from random import Random

import pytest
import xlsxwriter
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select

from ops.canteen.intakes import take_in_meals
from ops.canteen.models import Intake, Meal
from ops.core import audit
from ops.core.access import Actor, system
from ops.core.db import db, transaction
from ops.core.period import month
from ops.indicators import stale
from ops.indicators.readings import read
from ops.people.roles import Role
from tests.app_fixtures import SignIn
from tests.canteen.factories import HEAD, NOON, form_file, make_diner, make_terminal, upload

MAY = month(2023, 5)


def take(text: str | bytes, by: Actor) -> Intake:
    with transaction():
        return take_in_meals(upload(text), by)


def ledger() -> list[tuple[object, ...]]:
    columns = (Meal.terminal_id, Meal.serial, Meal.diner_id, Meal.at, Meal.amount, Meal.canteen_id, Meal.sitting_id)
    return [tuple(row) for row in db.session.execute(select(*columns).order_by(Meal.terminal_id, Meal.serial))]


def swipes(card: str | None, *serials: int) -> str:
    rows = [f"{card},C01,{serial},2023-05-{serial:02} 12:03:04,5.00" for serial in serials]
    return "\n".join([HEAD, *rows])


def test_good_rows_land_and_a_broken_row_is_told_by_line_and_reason(app: Flask, by: Actor, sign_in: SignIn) -> None:
    diner, _terminal = make_diner(), make_terminal()
    rows = [
        f"{diner.card},C01,1,2023-05-09 12:03:04,5.00",
        "999,C01,2,2023-05-09 12:03:04,5.00",
        f"{diner.card},X99,3,2023-05-09 12:03:04,5.00",
        f"{diner.card},C01,4,昨天中午,5.00",
        f"{diner.card},C01,5,2023-05-09 12:03:04,五元",
        f"{diner.card},C01,6,2023-05-09 03:00:00,5.00",
        f"{diner.card},C01,,2023-05-09 12:03:04,5.00",
        f"{diner.card},C01,8,2099-05-09 12:03:04,5.00",
        f"{diner.card},C01,9,2023-05-09 12:03:04,-5.00",
        "",
        f"{diner.card},C01,10,2023/5/10 7:03,3",
    ]
    cook = sign_in(Role.CANTEEN)
    file = form_file("\n".join([HEAD, *rows]))
    answer = cook.post("/canteen/files/new", data={"file": file}, content_type="multipart/form-data")
    assert answer.status_code == 303
    intake = db.session.scalars(select(Intake)).one()
    assert (intake.added, intake.already, intake.faulty) == (2, 0, 8)
    assert read("canteen.meals", MAY).value == 2
    assert cook.get(answer.location).status_code == 200
    handed = cook.get(f"{answer.location}/faults.csv").get_data().decode("utf-8-sig").splitlines()
    assert len(handed) == 9
    assert handed[0].startswith(HEAD + ",")
    assert handed[1].startswith("999,C01,2,")
    assert "999" in handed[1].split(",")[-1]


def test_the_mended_rows_land_when_they_are_handed_in_again(app: Flask, by: Actor, sign_in: SignIn) -> None:
    make_terminal()
    take(swipes("70001", 1, 2), by)
    handed = sign_in(Role.CANTEEN).get("/canteen/files/1/faults.csv").get_data()
    make_diner(card="70001")
    assert take(handed, by).added == 2


def test_the_same_file_again_changes_nothing(app: Flask, by: Actor) -> None:
    diner, _terminal = make_diner(), make_terminal()
    take(swipes(diner.card, 1, 2, 3), by)
    before = ledger()
    again = take(swipes(diner.card, 1, 2, 3), by)
    assert (again.added, again.already, again.faulty) == (0, 3, 0)
    assert ledger() == before


def test_a_row_that_stands_twice_in_a_file_lands_once(app: Flask, by: Actor) -> None:
    diner, _terminal = make_diner(), make_terminal()
    intake = take(swipes(diner.card, 1, 1), by)
    assert (intake.added, intake.already) == (1, 1)


def test_a_serial_that_comes_back_with_another_time_is_told_and_not_taken_for_a_replay(app: Flask, by: Actor) -> None:
    diner, _terminal = make_diner(), make_terminal()
    take(swipes(diner.card, 1), by)
    intake = take(swipes(diner.card, 1).replace("12:03:04", "12:55:00"), by)
    assert (intake.added, intake.already, intake.faulty) == (0, 0, 1)


def test_a_second_meal_of_a_sitting_lands_and_is_pointed_out(app: Flask, by: Actor) -> None:
    diner, _terminal = make_diner(), make_terminal()
    take(swipes(diner.card, 1), by)
    intake = take(swipes(diner.card, 1, 2).replace("2023-05-02", "2023-05-01"), by)
    assert (intake.added, intake.repeated) == (1, 1)


def test_batches_in_any_order_give_the_same_ledger(app: Flask, by: Actor) -> None:
    diner, _terminal = make_diner(), make_terminal()

    @settings(max_examples=15, deadline=None)
    @given(st.lists(st.lists(st.integers(1, 28), min_size=1, max_size=8), min_size=1, max_size=4), st.randoms())
    def same_ledger(batches: list[list[int]], chance: Random) -> None:
        first = _ledger_after(batches, diner.card, by)
        chance.shuffle(batches)
        assert _ledger_after(batches, diner.card, by) == first
        assert len(first) == len({serial for batch in batches for serial in batch})

    same_ledger()


def _ledger_after(batches: list[list[int]], card: str | None, by: Actor) -> list[tuple[object, ...]]:
    with transaction():
        db.session.execute(delete(Meal))
        stale.touch(Meal, [])
        audit.record("test.arranged", "meal", system("test"))
    for batch in batches:
        take(swipes(card, *batch), by)
    return ledger()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_encodings_of_the_house_are_read(app: Flask, by: Actor, encoding: str) -> None:
    diner, _terminal = make_diner(), make_terminal("一号机")
    text = swipes(diner.card, 1).replace("C01", "一号机")
    assert take(text.encode(encoding), by).added == 1


def test_an_english_head_and_a_workbook_are_read_too(app: Flask, by: Actor) -> None:
    diner, _terminal = make_diner(card="70123"), make_terminal()
    packed = BytesIO()
    book = xlsxwriter.Workbook(packed)
    sheet = book.add_worksheet()
    when = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    sheet.write_row(0, 0, ["Time", "Card Number", "Terminal", "Serial", "Amount"])
    sheet.write_datetime(1, 0, NOON, when)
    sheet.write_row(1, 1, [70123, "C01", 12, 5.5])
    book.close()
    assert take(packed.getvalue(), by).added == 1
    assert str(db.session.scalars(select(Meal)).one().amount) == "5.50"
    assert diner.card == "70123"


@pytest.mark.parametrize(
    "content", [b"", b"   \n", "卡号,时间\n1,2".encode(), b"\x00\x01\x02\xff" * 10, b"PK\x03\x04nonsense"]
)
def test_a_file_that_is_no_such_table_is_refused_beside_its_field(app: Flask, sign_in: SignIn, content: bytes) -> None:
    cook = sign_in(Role.CANTEEN)
    answer = cook.post("/canteen/files/new", data={"file": form_file(content)}, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert db.session.scalar(select(func.count(Intake.id))) == 0


def test_ten_thousand_rows_are_taken_in_within_five_seconds(app: Flask, by: Actor) -> None:
    cards, _terminal = [make_diner().card for _ in range(5)], make_terminal()
    start = datetime(2023, 1, 1)
    days = [start + timedelta(days=n % 300, hours=12) for n in range(10_000)]
    rows = [f"{cards[n % 5]},C01,{n},{at:%Y-%m-%d %H:%M:%S},5.00" for n, at in enumerate(days)]
    began = time.perf_counter()
    intake = take("\n".join([HEAD, *rows]), by)
    assert intake.added == 10_000
    assert time.perf_counter() - began < 5


def test_watchers_see_files_and_hand_in_none(app: Flask, sign_in: SignIn) -> None:
    auditor = sign_in(Role.AUDITOR)
    assert auditor.get("/canteen/files").status_code == 200
    assert auditor.get("/canteen/files/new").status_code == 403
    assert auditor.get("/canteen/files/999").status_code == 404
