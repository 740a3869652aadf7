"""What stands around every page: forgery fence, demo fence, headers, addresses typed by hand."""

from pathlib import Path

import pytest
from flask import Blueprint, Flask
from flask.testing import FlaskClient

from ops.app import FEATURES, create_app
from ops.core.config import Settings
from ops.core.feature import Feature
from ops.people.roles import Role
from tests.app_fixtures import SignIn, make_app

LOOPBACK, ELSEWHERE = {"REMOTE_ADDR": "127.0.0.1"}, {"REMOTE_ADDR": "10.0.0.9"}


def settings_in(folder: Path, **values: bool) -> Settings:
    return Settings(folder, f"sqlite:///{folder / 'x.db'}", "for tests only", values.get("demo", False), True)


def test_a_post_without_its_token_is_refused(app: Flask, tmp_path: Path) -> None:
    fenced = create_app(settings_in(tmp_path))
    for address in ("/sign-in", "/sign-out", "/language", "/vehicles/requests/new", "/closings/new"):
        assert fenced.test_client().post(address, data={"language": "en"}).status_code == 400, address


def test_demo_mode_answers_on_loopback_only(app: Flask, tmp_path: Path) -> None:
    client = make_app(f"sqlite:///{tmp_path / 'x.db'}", tmp_path, demo=True).test_client()
    assert client.get("/sign-in", environ_base=ELSEWHERE).status_code == 403
    assert client.post("/demo-sign-in", data={"role": "leader"}, environ_base=ELSEWHERE).status_code == 403
    assert client.get("/sign-in", environ_base=LOOPBACK).status_code == 200


def test_without_demo_mode_nobody_comes_in_by_a_click(client: FlaskClient) -> None:
    assert client.post("/demo-sign-in", data={"role": "administrator"}).status_code == 404
    assert "demo-sign-in" not in client.get("/sign-in").text


def test_every_page_forbids_foreign_scripts_and_frames(client: FlaskClient) -> None:
    headers = client.get("/sign-in").headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert (headers["X-Content-Type-Options"], headers["Cache-Control"]) == ("nosniff", "no-store")


@pytest.mark.parametrize(
    "address", ["/vehicles/cars/99999999999999999999", "/vehicles/cars/0", "/vehicles/cars/x", "/no"]
)
def test_a_record_that_there_is_not_is_not_found(app: Flask, sign_in: SignIn, address: str) -> None:
    assert sign_in(Role.DISPATCHER).get(address).status_code == 404


@pytest.mark.parametrize(
    "query", ["q=%00", "q=%25_/'\"", "page=999999999999", "page=-1", "page=²", "sort=nothing&down=1", "show=nothing"]
)
def test_a_list_answers_whatever_its_address_says(app: Flask, sign_in: SignIn, query: str) -> None:
    expected = 400 if "%00" in query else 200
    assert sign_in(Role.DISPATCHER).get(f"/vehicles/requests?{query}").status_code == expected


def test_what_a_page_is_drawn_with_is_served_to_everybody(app: Flask, client: FlaskClient, sign_in: SignIn) -> None:
    for visitor in (client, sign_in(Role.DISPATCHER)):
        assert visitor.get("/static/css/tokens.css").status_code == 200
        assert visitor.get("/static/js/ready.js").status_code == 200


def test_a_wrong_method_is_answered_by_a_page(client: FlaskClient) -> None:
    answer = client.get("/sign-out")
    assert answer.status_code == 405
    assert "<h1>" in answer.text


def test_a_route_that_does_not_say_whom_it_is_for_does_not_start(tmp_path: Path) -> None:
    blueprint = Blueprint("open", __name__)
    blueprint.get("/open")(lambda: "anybody")
    with pytest.raises(RuntimeError, match="open"):
        create_app(settings_in(tmp_path), (*FEATURES, Feature(name="open", label="", blueprints=(blueprint,))))


# pages that are led to from elsewhere than the menu: signing in, one's own notices
BESIDE_THE_MENU = {"people.sign_in", "notices.notices", "vehicles.obligations.feed"}


def pages(app: Flask) -> set[str]:
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and "." in rule.endpoint]
    found = {rule.endpoint for rule in rules if not rule.rule.startswith("/api/")}
    return found - BESIDE_THE_MENU


def test_every_page_is_led_to_by_one_entry_of_the_menu(app: Flask) -> None:
    entries = [entry for feature in FEATURES for entry in feature.menu]
    lost = {page for page in pages(app) if not any(entry.leads_to(page) for entry in entries)}
    assert not lost, f"name them, or their blueprint, in the `within` of the MenuEntry that leads to them: {lost}"
    named = [page for entry in entries for page in entry.within or ()]
    assert not {page for page in named if named.count(page) > 1}, "one page belongs to one entry"
    known = {page.rpartition(".")[0] for page in pages(app)} | pages(app)
    assert set(named) <= known, "no entry names a page that there is not"


@pytest.mark.parametrize(
    ("address", "word", "current"),
    [
        ("/vehicles/requests", "用车申请", "page"), ("/vehicles/requests/new", "用车申请", "true"),
        ("/vehicles/costs/notice", "车辆费用", "true"), ("/vehicles/fuel/cards", "车辆费用", "true"),
        ("/vehicles/repairs/violations", "车辆费用", "true"), ("/vehicles/repairs/new", "车辆维修", "true"),
        ("/vehicles/hire-vendors", "租赁社会车辆", "true"), ("/vehicles/driver-limits", "派车看板", "true"),
    ],
)  # fmt: skip
def test_the_menu_shows_where_one_is(app: Flask, sign_in: SignIn, address: str, word: str, current: str) -> None:
    text = sign_in(Role.DISPATCHER).get(address).text
    menu = text[text.index('id="menu"') : text.index("</nav>", text.index('id="menu"'))]
    marked = [part.split("</a>")[0] for part in menu.split("<a ")[1:] if "aria-current" in part.split(">")[0]]
    assert [(f'aria-current="{current}"' in part, word in part) for part in marked] == [(True, True)], marked
