"""The demo year is the proof: the narrative of 2022 tells every count of the published document, from records."""

import json
from decimal import Decimal
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import Result
from docx import Document
from flask import Flask

from ops.core.period import year
from ops.indicators.catalogue import metrics
from ops.indicators.evidence import foot
from ops.indicators.readings import read
from ops.indicators.verification import drifts
from ops.people.roles import Role
from ops.people.signin import demo_user

# what the published text says of 2022: name → (least, most)
EXACT = {
    "rooms.units_moved": 12,
    "rooms.returns_filed": 59,
    "rooms.properties_let": 5,
    "vehicles.institutions": 52,
    "vehicles.enterprises": 16,
    "vehicles.on_register": 74,
    "vehicles.transferred": 22,
    "vehicles.hired_trips": 807,
    "repairs.response_rate": 100,
    "repairs.first_fix_rate": 100,
    "repairs.satisfaction": 100,
}
RANGES = {"vehicles.dispatches": (680, 699), "vehicles.hired_activities": (401, 449), "meetings.held": (2001, 2099)}
ENTERED = {
    "narrative.saving_units": "50",
    "narrative.saving_batches": "3",
    "narrative.water_units": "22",
    "narrative.club_investment": "500",
    "narrative.disinfections": "2",
}
SENTENCES = (
    "对12家行政事业单位的办公地点进行了调整", "59家党政机关办公用房信息统计上报", "5家房屋进行评估、出租",
    "52家事业单位16家企业、74辆公务用车", "22台车辆划转", "全年累计派车近700", "400余场次", "社会车辆807辆次",
    "50家单位分三个批次", "22家单位完成创建", "宣传册500余份", "条幅10余张", "灯具1000余个", "水龙头200余个",
    "投入500万元", "维修响应率百分之百、成功率百分之百、满意率百分之百", "消杀两次", "会议2000余场次",
)  # fmt: skip


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=[*arguments])


@pytest.mark.parametrize(("name", "count"), EXACT.items())
def test_an_exact_count_is_met_exactly(year_2022: Flask, name: str, count: int) -> None:
    assert read(name, year(2022)).value == count


@pytest.mark.parametrize(("name", "bounds"), RANGES.items())
def test_an_approximate_count_lies_in_its_range(year_2022: Flask, name: str, bounds: tuple[int, int]) -> None:
    assert bounds[0] <= (read(name, year(2022)).value or 0) <= bounds[1]


def test_the_narrative_tells_it_in_the_words_of_the_document(year_2022: Flask) -> None:
    told = run(year_2022, "report", "narrative", "--year", "2022")
    assert told.exit_code == 0
    for sentence in SENTENCES:
        assert sentence in told.output, sentence


def test_every_figure_of_the_narrative_opens_its_records_and_they_add_up(year_2022: Flask) -> None:
    told = json.loads(run(year_2022, "report", "narrative", "--year", "2022", "--json").output)
    cited = [figure for paragraph in told["paragraphs"] for figure in paragraph["figures"]]
    assert {figure["origin"] for figure in cited} == {"counted", "entered"}
    assert {name: figure["exact"] for figure in cited for name in ENTERED if figure["name"] == name} == ENTERED
    for figure in (each for each in cited if each["origin"] == "counted"):
        assert parse_qs(urlsplit(figure["url"]).query)["period"] == ["2022"]
        counted = read(figure["name"], year(2022))
        sums = foot(metrics()[figure["name"]], year(2022), 0)
        assert (sums.part, sums.whole, sums.records) == (counted.part, counted.whole, counted.records)
        assert counted.records == figure["records"] > 0


def test_the_page_links_each_figure_and_each_link_opens(year_2022: Flask) -> None:
    user = demo_user(Role.LEADER)
    assert user
    client = year_2022.test_client()
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = str(user.id), True
    page = client.get("/programmes/narrative/2022").text
    for name in (*EXACT, *RANGES):
        address = f"/figures/{name}/evidence?period=2022"
        assert address in page
        assert client.get(address).status_code == 200


def test_the_word_file_holds_the_text_and_every_figure(year_2022: Flask, tmp_path: Path) -> None:
    out = tmp_path / "2022.docx"
    assert run(year_2022, "report", "narrative", "--year", "2022", "--out", str(out)).exit_code == 0
    document = Document(str(out))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert all(sentence in text for sentence in SENTENCES)
    assert any(cell.text == "807" for row in document.tables[0].rows for cell in row.cells)


def test_nothing_has_drifted_and_the_year_is_made_only_once(year_2022: Flask) -> None:
    assert list(drifts()) == []
    before = read("meetings.held", year(2022)).value
    again = run(year_2022, "demo", "--year", "2022")
    assert again.exit_code == 0
    assert read("meetings.held", year(2022)).value == before == Decimal(before or 0)
