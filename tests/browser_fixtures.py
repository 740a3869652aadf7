"""A real Chromium as a fixture, for tests marked `browser`."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.chromium import FLAGS, find_chromium

PATIENCE = 30_000  # ms: a loaded machine is slow; what is so at once is seen at once all the same


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The browser's program; without one the test is skipped, or failed where REQUIRE_BROWSER=1 (CI)."""
    path = find_chromium()
    if path is None and os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail("no Chromium on this machine, and REQUIRE_BROWSER=1 asks for one")
    return path or pytest.skip("no Chromium on this machine")


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    """One Chromium per worker; a test opens a context of its own in it."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium_path, args=list(FLAGS))
        yield launched
        launched.close()
