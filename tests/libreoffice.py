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
    made = converted(without_cached_values(content), "xlsx", "xlsx:Calc MS Excel 2007 XML")
    return load_workbook(BytesIO(made), data_only=True)


def converted(content: bytes, kind: str, how: str = "") -> bytes:
    """A workbook saved by LibreOffice as another kind, such as the old .xls."""
    soffice = find_soffice()
    if soffice is None:
        reason = "no LibreOffice on this machine (package libreoffice-calc-nogui)"
        pytest.fail(reason) if os.environ.get("REQUIRE_BROWSER") == "1" else pytest.skip(reason)
    with TemporaryDirectory() as folder:
        given = Path(folder) / "given.xlsx"
        given.write_bytes(content)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [soffice, profile, "--headless", "--convert-to", how or kind, "--outdir", f"{folder}/out", str(given)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return (Path(folder) / "out" / f"given.{kind}").read_bytes()


if __name__ == "__main__":
    found = find_soffice()
    sys.stdout.write(f"{found}\n" if found else "")
    sys.exit(0 if found else 1)
