"""The browser fixture itself."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.browser
def test_a_real_browser_shows_a_page(browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.set_content("<h1>一本账</h1>")
    expect(page.get_by_role("heading", name="一本账")).to_be_visible()
    page.close()


@pytest.mark.pure
@pytest.mark.parametrize(("required", "outcome"), [("0", "1 skipped"), ("1", "1 error")])
def test_without_a_browser_its_tests_are_skipped_or_where_one_is_required_fail(
    required: str, outcome: str, tmp_path: Path
) -> None:
    nowhere = str(tmp_path)
    places = {
        "PATH": nowhere,
        "CHROMIUM": "",
        "PLAYWRIGHT_BROWSERS_PATH": nowhere,
        "REQUIRE_BROWSER": required,
    }
    environment = {**os.environ, **places}
    environment.pop("PYTEST_XDIST_WORKER", None)
    test = f"{__file__}::test_a_real_browser_shows_a_page"
    command = [sys.executable, "-m", "pytest", test]
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert outcome in run.stdout
    assert (run.returncode == 0) == (required == "0")
