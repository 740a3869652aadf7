"""What may lie in the repository, and what its scripts and targets owe to the reader."""

import re
import stat
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.pure

ROOT = Path(__file__).parent.parent
LARGEST_FILE_BYTES = 512 * 1024
LONGEST_SCRIPT_LINES = 100
# Written in halves, so that this file does not hold what it looks for.
REGISTRIES = (
    "py" + "pi.org",
    "files.python" + "hosted.org",
    "registry.npm" + "js.org",
    "deb.deb" + "ian.org",
)
MORE_REGISTRIES = (
    "npm" + "mirror.com",
    "tuna.tsinghua" + ".edu.cn",
    "cdn.js" + "delivr.net",
    "unp" + "kg.com",
)
FETCHED_OR_MADE = re.compile(
    r"(^|/)(vendor|node_modules|\.venv|\.setup|__pycache__|instance)/|\.(mo|pyc|sqlite|db|woff2?|ttf|whl|min\.(js|css))$"
)
# A person's or a machine's own folder; a URL's path (…host/work/…) is none.
MACHINE_PATH = re.compile(r"(?<![\w./$}-])/(work/(shared|main|wt)\b|(root|home|Users)/\w)")


def tracked_files() -> list[str]:
    command = [
        "git",
        "-c",
        "safe.directory=*",
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def text_files() -> dict[str, str]:
    contents = {name: (ROOT / name).read_bytes() for name in tracked_files()}
    return {name: data.decode() for name, data in contents.items() if b"\0" not in data}


def scripts() -> list[Path]:
    return [ROOT / name for name in tracked_files() if name.startswith(("bin/", ".ci/"))]


def targets() -> list[str]:
    rules = re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert rules, "the Makefile has no targets"
    return rules


def test_nothing_fetched_or_generated_is_in_the_repository() -> None:
    assert [name for name in tracked_files() if FETCHED_OR_MADE.search(name)] == []


def test_no_file_is_larger_than_a_person_would_write() -> None:
    assert [name for name in tracked_files() if (ROOT / name).stat().st_size > LARGEST_FILE_BYTES] == []


@pytest.mark.parametrize("registry", REGISTRIES + MORE_REGISTRIES)
def test_no_file_names_a_package_registry(registry: str) -> None:
    assert [name for name, text in text_files().items() if registry in text] == []


def test_the_lock_file_of_the_front_end_says_nothing_of_where_packages_come_from() -> None:
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()


def test_no_file_names_a_folder_of_somebodys_machine() -> None:
    found = {name: MACHINE_PATH.search(text) for name, text in text_files().items()}
    assert {name: match.group() for name, match in found.items() if match} == {}


@pytest.mark.parametrize("line", ["cd /home/" + "someone", "open('/root/" + "x')", "=/work/" + "shared"])
def test_a_folder_of_somebodys_machine_would_be_found(line: str) -> None:
    assert MACHINE_PATH.search(line)


@pytest.mark.parametrize("target", targets())
def test_every_make_target_is_helped_by_a_sentence(target: str) -> None:
    printed = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert re.search(rf"^  make {target} +[A-Z].+\.$", printed, re.MULTILINE)


@pytest.mark.parametrize("script", scripts(), ids=lambda script: script.name)
def test_a_script_is_short_and_can_be_run_or_read_by_another(script: Path) -> None:
    lines = script.read_text().splitlines()
    assert len(lines) <= LONGEST_SCRIPT_LINES
    executable = bool(script.stat().st_mode & stat.S_IXUSR)
    assert executable == lines[0].startswith("#!")


@pytest.mark.parametrize("script", [path for path in scripts() if path.suffix == ""], ids=lambda path: path.name)
def test_a_shell_script_parses_and_stops_at_the_first_error(script: Path) -> None:
    subprocess.run(["bash", "-n", str(script)], check=True)
    assert "\nset -eu\n" in script.read_text()
