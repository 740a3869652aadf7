"""A spreadsheet computed by LibreOffice: a second opinion on every formula; `python -m tests.libreoffice` finds it."""

import os
import re
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook

CACHED = re.compile(rb"(<f>[^<]*</f>)<v>[^<]*</v>")


def find_soffice() -> str | None:
    """$SOFFICE, else the one on the path."""
    return shutil.which(os.environ.get("SOFFICE", "soffice"))


def without_cached_values(content: bytes) -> bytes:
    """The workbook with its formulas only: whatever a cell shows afterwards was computed anew."""
    buffer = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(buffer, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, CACHED.sub(rb"\1", old.read(name)))
    return buffer.getvalue()


def computed(content: bytes) -> Workbook:
    """The workbook with the values that LibreOffice comes to; one start of it for all sheets."""
    soffice = find_soffice()
    if soffice is None:
        reason = "no LibreOffice on this machine (package libreoffice-calc-nogui)"
        pytest.fail(reason) if os.environ.get("REQUIRE_BROWSER") == "1" else pytest.skip(reason)
    with TemporaryDirectory() as folder:
        given = Path(folder) / "given.xlsx"
        given.write_bytes(without_cached_values(content))
        command = [
            soffice,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
        ]
        subprocess.run(
            [*command, "--outdir", f"{folder}/out", str(given)], check=True, capture_output=True, timeout=120
        )
        return load_workbook(Path(folder) / "out" / "given.xlsx", data_only=True)


if __name__ == "__main__":
    found = find_soffice()
    sys.stdout.write(f"{found}\n" if found else "")
    sys.exit(0 if found else 1)
