"""Where this machine keeps a Chromium; `python -m tests.chromium` prints it or fails."""

import os
import shutil
import sys
from pathlib import Path

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_chromium() -> str | None:
    """$CHROMIUM, else a browser on the path, else the one that `playwright install` put by."""
    named = os.environ.get("CHROMIUM")
    candidates = (named,) if named else COMMANDS
    found = (shutil.which(candidate) for candidate in candidates)
    return next((path for path in found if path), None) or _playwrights_own()


def _playwrights_own() -> str | None:
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", "~/.cache/ms-playwright")).expanduser()
    return next((str(path) for path in sorted(cache.glob("chromium-*/chrome-linux*/chrome"))), None)


def main() -> int:
    path = find_chromium()
    sys.stdout.write(f"{path}\n" if path else "")
    return 0 if path else 1


if __name__ == "__main__":
    sys.exit(main())
