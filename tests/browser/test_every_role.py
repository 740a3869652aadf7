"""Every role's first pages in a real browser, wide and on a phone, in both languages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from ops.core.db import db, transaction
from ops.core.demo import DemoYear
from ops.people import demo
from ops.people.roles import Role
from tests.app_fixtures import make_app
from tests.databases import Databases
from tests.server import serving

pytestmark = pytest.mark.browser
SIZES = {"wide": (1440, 900), "phone": (390, 844)}


@pytest.fixture(scope="module")
def house(
    app_on_template: Flask, databases: Databases, worker_name: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The product served in demo mode over reference data and one user of each role."""
    del app_on_template  # its template is what the copy is made from
    url = databases.fresh(f"{worker_name}_browser")
    with make_app(url, Path(tmp_path_factory.mktemp("house")), demo=True).app_context():
        with transaction():
            demo.make(DemoYear(2023, []))
        db.session.remove()
        db.engine.dispose()
    with serving(url, demo=True) as base:
        yield base


def open_as(browser: Browser, house: str, role: Role, size: str, heard: list[str]) -> Page:
    width, height = SIZES[size]
    page = browser.new_context(viewport={"width": width, "height": height}).new_page()
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.goto(f"{house}/sign-in")
    page.locator(f'button[name="role"][value="{role}"]').click()
    page.wait_for_load_state()
    return page


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_of_every_menu_fits_both_screens_and_says_nothing_to_the_console(
    browser: Browser, house: str, language: str
) -> None:
    """Each role signs in to its start page and walks its menu; what another role has walked is not walked again."""
    seen: set[str] = set()
    for role in Role:
        heard: list[str] = []
        page = open_as(browser, house, role, "wide", heard)
        if language == "en":
            page.get_by_role("button", name="English").first.click()
            page.wait_for_load_state()
        assert page.locator("html").get_attribute("lang") == {"zh": "zh-Hans", "en": "en"}[language]
        assert fits_both(page), (role, "start page")
        links = page.locator("#menu a[href^='/']").evaluate_all("links => links.map(link => link.getAttribute('href'))")
        assert links, role
        for address in dict.fromkeys(each for each in links if each not in seen):
            answer = page.goto(house + address)
            assert answer is not None
            assert answer.status == 200, (role, address)
            assert fits_both(page), (role, address)
        assert heard == [], role
        seen.update(links)
        page.context.close()
    assert len(seen) > len(Role)


def fits_both(page: Page) -> bool:
    """Whether nothing sticks out, on the phone and then on the wide screen that the page came on."""
    found = []
    for width, height in (SIZES["phone"], SIZES["wide"]):
        page.set_viewport_size({"width": width, "height": height})
        found.append(bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")))
    return all(found)


def test_a_refused_form_leads_the_keyboard_to_the_fault_and_keeps_what_was_typed(browser: Browser, house: str) -> None:
    page = open_as(browser, house, Role.LIAISON, "wide", [])
    page.goto(f"{house}/vehicles/requests/new")
    page.locator('[name="destination"]').fill("市区")
    page.locator('[name="people"]').fill("两")
    page.locator('[name="people"]').press("Enter")
    page.wait_for_load_state()
    assert page.evaluate("document.activeElement.classList.contains('error-summary')")
    assert page.locator('[name="destination"]').input_value() == "市区"
    assert page.locator('[name="people"]').input_value() == "两"
    page.context.close()


def test_on_a_phone_the_language_is_chosen_in_the_drawer(browser: Browser, house: str) -> None:
    page = open_as(browser, house, Role.CANTEEN, "phone", [])
    assert not page.get_by_role("button", name="English").first.is_visible()
    page.locator("[data-drawer-open]").click()
    page.locator("#menu").get_by_role("button", name="English").click()
    page.wait_for_load_state()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("h1").inner_text() == "To do"
    page.context.close()


def test_the_language_is_chosen_and_stays(browser: Browser, house: str) -> None:
    page = open_as(browser, house, Role.LEADER, "wide", [])
    assert page.locator("h1").inner_text() == "待办"
    page.get_by_role("button", name="English").first.click()
    page.wait_for_load_state()
    assert page.locator("h1").inner_text() == "To do"
    page.goto(f"{house}/figures")
    assert page.locator("h1").inner_text() == "All figures"
    page.context.close()
