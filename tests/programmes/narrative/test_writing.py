"""A person writes the words and never the numbers; what moved since the approval is listed with its sentences."""

from decimal import Decimal
from threading import Barrier, Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import force_locale
from hypothesis import given
from hypothesis import strategies as st

from ops.core.access import Actor, system
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.core.period import year
from ops.indicators import closing
from ops.people.roles import Role
from ops.programmes.narrative import queries, rules, service
from ops.programmes.narrative.moved import moved
from ops.programmes.narrative.telling import narrative
from ops.programmes.narrative.wording import change, compared
from tests.app_fixtures import SignIn
from tests.factories import make_vehicle

D = Decimal
WORDS = "对全区{vehicles.on_register}辆公务用车实行编制管理。按照〔2017〕71号文件和第六条，2023年12月31日前完成标识。"


def written(by: Actor, text: str = WORDS, place: int = 1) -> None:
    with transaction():
        service.write(2023, place, "一是规范公务用车管理", text, by)


@pytest.mark.pure
@pytest.mark.parametrize(
    "words",
    [
        "按照〔2017〕71号文件要求", "2023年12月底前完成", "2022年度", "依据第六条规定", "一是强化管理，二是严格考核",
        "在“三化管理”基础上", "落实《公务用车管理办法（2017）》", "置业大厦9050会议室改造", "统一管理、一体推进",
    ],
)  # fmt: skip
def test_years_days_papers_articles_and_names_may_be_written(words: str) -> None:
    assert rules.typed_numbers(words) == []


@pytest.mark.pure
@pytest.mark.parametrize(
    "words",
    ["派车700次", "满意率98%", "满意率百分之九十八", "共六家单位", "近700", "保障会议2000余场次", "派车７００次"],
)
def test_a_number_that_counts_is_found_however_it_is_written(words: str) -> None:
    assert rules.typed_numbers(words)


@pytest.mark.pure
@given(st.text(alphabet="全年派车次辆家。；，一是", max_size=20), st.integers(10, 10**6))
def test_no_bare_number_slips_through(words: str, number: int) -> None:
    assert rules.typed_numbers(f"{words}共{number}次")


@pytest.mark.pure
def test_a_change_is_said_by_the_figures() -> None:
    said = [change(*map(D, pair), False) for pair in ((110, 100), (90, 100), (100, 100))]
    assert said == ["同比增长10%", "同比下降10%", "与上年持平"]
    assert change(D("99.5"), D("98"), True) == "同比提高1.5个百分点"
    assert change(D(1), None, False) == "上年无可比数据"
    assert change(D(1), D(0), False) == "上年为零"
    assert change(D("100.001"), D(100), False) == "同比增长0.01%"


def test_the_table_says_the_change_in_the_readers_language_and_the_text_stays_chinese(app: Flask) -> None:
    moves = [(D(110), D(100), False), (D(90), D(100), False), (D(100), D(100), False), (D("99.5"), D(98), True),
             (D(98), D("99.5"), True), (D(1), None, False), (D(1), D(0), False)]  # fmt: skip
    with app.test_request_context(), force_locale("zh_Hans_CN"):
        assert [compared(*each) for each in moves] == [change(*each) for each in moves]
    with app.test_request_context(), force_locale("en"):
        assert [change(*each) for each in moves][:2] == ["同比增长10%", "同比下降10%"]
        assert [compared(*each) for each in moves] == [
            "up by 10%", "down by 10%", "the same as the year before", "up by 1.5 percentage points",
            "down by 1.5 percentage points", "nothing to compare with", "nought the year before",
        ]  # fmt: skip


def test_the_words_that_the_product_brings_become_the_years_own_with_the_first_writing(app: Flask, by: Actor) -> None:
    brought = [each.heading for each in queries.drafts(2023)]
    written(by)
    own = queries.drafts(2023)
    assert [each.heading for each in own] == ["一是规范公务用车管理", *brought[1:]]
    assert [each.heading for each in queries.drafts(2022)] == brought
    written(by, "新增一段文字。", place=len(own) + 1)
    assert len(queries.drafts(2023)) == len(own) + 1
    with transaction():
        service.retire(2023, 1, by)
    assert [each.heading for each in queries.drafts(2023)][:1] == brought[1:2]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("全年派车{vehicles.nothing}次", "vehicles.nothing"), ("全年派车{vehicles.dispatches:nearly}次", "nearly"),
        ("全年派车{vehicles.dispatches次", "{vehicles.dispatches}"), ("全年派车700次", "700"),
    ],
)  # fmt: skip
def test_what_may_not_be_written_is_refused_beside_the_text_and_changes_nothing(
    app: Flask, sign_in: SignIn, by: Actor, text: str, said: str
) -> None:
    with pytest.raises(Rejected) as refusal:
        written(by, text)
    assert refusal.value.field == "text"
    typed = {"heading": "一是", "text": text}
    answer = sign_in(Role.PERFORMANCE).post("/programmes/narrative/2023/paragraphs/1", data=typed)
    assert (answer.status_code, said in answer.text) == (422, True)
    assert queries.paragraphs(2023) == []


def approve(client: FlaskClient, of: int = 2023) -> int:
    return client.post(
        f"/programmes/narrative/{of}/approval", data={"text_sha256": service.fingerprint(narrative(of))}
    ).status_code


def test_a_figure_that_moved_lists_every_sentence_that_uses_it(app: Flask, sign_in: SignIn, by: Actor) -> None:
    make_vehicle()
    written(by)
    client = sign_in(Role.PERFORMANCE)
    assert "尚未审定" in client.get("/programmes/narrative/2023").text
    assert approve(client) == 303
    assert moved(narrative(2023), queries.last_approval(2023)) == []
    make_vehicle()
    [found] = moved(narrative(2023), queries.last_approval(2023))
    assert (found.cited.name, found.before, found.cited.now) == ("vehicles.on_register", "1", "2")
    assert "对全区{vehicles.on_register}辆公务用车实行编制管理。" in found.sentences
    page = client.get("/programmes/narrative/2023").text
    assert "审定后变动的数" in page
    assert approve(client) == 303
    assert moved(narrative(2023), queries.last_approval(2023)) == []


def test_a_text_that_changed_while_it_was_read_is_not_approved(app: Flask, sign_in: SignIn, by: Actor) -> None:
    written(by)
    client = sign_in(Role.PERFORMANCE)
    before = service.fingerprint(narrative(2023))
    written(by, "改过的文字。")
    client.post("/programmes/narrative/2023/approval", data={"text_sha256": before})
    assert queries.last_approval(2023) is None


def test_a_named_figure_can_be_referred_to_and_is_missing_until_it_is_entered(
    app: Flask, sign_in: SignIn, by: Actor
) -> None:
    client = sign_in(Role.PERFORMANCE)
    typed = {"word": "trees", "label": "新植树木", "unit": "棵"}
    assert client.post("/programmes/narrative/figures/new", data=typed).status_code == 303
    assert client.post("/programmes/narrative/figures/new", data=typed).status_code == 422
    assert client.post("/programmes/narrative/figures/new", data={**typed, "word": "新 树"}).status_code == 422
    written(by, "新植树木{narrative.trees}棵。")
    assert [each.name for each in narrative(2023).missing if each.name == "narrative.trees"] == ["narrative.trees"]


def test_the_closing_of_the_year_keeps_the_text_byte_for_byte_and_later_words_need_a_reason(
    app: Flask, sign_in: SignIn, by: Actor
) -> None:
    written(by)
    with transaction():
        made = closing.close(year(2023), by)
    client = sign_in(Role.PERFORMANCE)
    kept = queries.kept_of(made)
    assert kept
    before = client.get(f"/attachments/{kept.attachment_id}").data
    typed = {"heading": "一是", "text": "另一种说法。"}
    assert client.post("/programmes/narrative/2023/paragraphs/1", data=typed).status_code == 422
    answer = client.post("/programmes/narrative/2023/paragraphs/1", data={**typed, "reason": "文字差错"})
    assert answer.status_code == 303
    assert client.get(f"/attachments/{kept.attachment_id}").data == before
    assert "文字差错" in client.get(f"/closings/{made.id}").text


def test_only_the_performance_officer_writes(app: Flask, sign_in: SignIn) -> None:
    leader = sign_in(Role.LEADER)
    assert leader.get("/programmes/narrative/2023").status_code == 200
    for address in ("/programmes/narrative/2023/paragraphs/1", "/programmes/narrative/figures/new"):
        assert leader.get(address).status_code == 403
    writer = sign_in(Role.PERFORMANCE)
    assert writer.get("/programmes/narrative/2023/paragraphs/1").status_code == 200
    assert writer.get("/programmes/narrative/2023/paragraphs/99").status_code == 404
    assert writer.get("/programmes/narrative/1/paragraphs/1").status_code == 404


def test_a_reader_is_not_led_to_pages_closed_to_him(app: Flask, sign_in: SignIn) -> None:
    assert "/manual-figures/" not in sign_in(Role.LEADER).get("/programmes/narrative/2023").text
    assert "/manual-figures/" in sign_in(Role.PERFORMANCE).get("/programmes/narrative/2023").text


def test_two_first_writers_at_once_take_the_words_over_once(app: Flask) -> None:
    brought, together = len(queries.drafts(2023)), Barrier(2)
    db.session.rollback()

    def race(place: int) -> None:
        with app.app_context():
            together.wait(10)
            written(system("race"), place=place)

    threads = [Thread(target=race, args=(place,)) for place in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    own = queries.drafts(2023)
    assert len(own) == brought
    assert [each.heading for each in own][:2] == ["一是规范公务用车管理"] * 2
