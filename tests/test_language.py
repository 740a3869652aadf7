"""Every word of the pages in Chinese and in English: nothing untranslated, nothing said in two ways."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from flask import Flask

from ops.people.roles import Role
from tests.app_fixtures import SignIn
from tests.factories import make_driver, make_trip_request, make_vehicle

ROOT = Path(__file__).parent.parent
OPS, TEMPLATES = ROOT / "ops", ROOT / "templates"
KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]")
RAW_UNIT = re.compile(r'\}\}? (?:km|h)\b|" (?:km|h)"')
PACKAGES = sorted(path.name for path in OPS.iterdir() if (path / "__init__.py").exists() and path.name != "migrations")
CATALOGUES = sorted(OPS.rglob("translations/*/LC_MESSAGES/*.po"))
PAGES = sorted(TEMPLATES.rglob("*.html"))
READERS_OF_TARGETS = (
    *("deadlines", "document", "layout", "notation", "numerals", "presenting", "quantities", "remarks", "units"),
    *(
        "heads",
        "gridrows",
        "sides",
        "operators",
        "otherform",
        "workbook",
        "spans",
        "reading",
        "weighing",
        "form",
        "drawing",
    ),
    *("revising", "revising_forms"),
)
# where Chinese in the code is data: names in demo years, reference data, what official papers and sheets are called
CHINESE_IS_DATA = {
    # the published papers are read and written in their own words
    *(f"programmes/targets/{name}.py" for name in READERS_OF_TARGETS),
    "programmes/sources/expression.py",  # signs as they are typed on a Chinese keyboard
    *(f"programmes/evaluation/{name}.py" for name in ("scoring_settings", "weights", "checks")),
    *(f"programmes/evaluation/{name}.py" for name in ("number_rules", "scoring_sheet")),
    # the official form, its units and the narrative are said in the words of the paper
    *(
        f"programmes/{name}.py"
        for name in ("actuals", "money", "evaluation/form", "evaluation/word", "evaluation/excel")
    ),
    *(f"programmes/narrative/{name}.py" for name in ("wording", "telling", "word", "views", "rules", "service")),
    "programmes/sections/views.py",  # a file is named as offices name it
    "programmes/surveys/paper_sheet.py",  # heads and grades of paper answers
    "programmes/surveys/paper_service.py",
    "programmes/surveys/paper_views.py",  # the mark between names
    "programmes/funds/payment_sheet.py",  # heads and words of the finance system's lists
    "programmes/funds/handing_back.py",
    "programmes/funds/views.py",  # the mark between names
    # the monitoring sheet is said in the words of the paper
    *(
        f"programmes/monitoring/{name}.py"
        for name in ("form", "files", "monitoring", "rules", "service", "feature", "outlook_rules")
    ),
    "canteen/roster.py",  # heads of a sheet as offices write them
    "canteen/swipes.py",
    "rooms/standards.py",  # names in the standard itself
    "rooms/standing_views.py",  # the mark between names
    "vehicles/costs/statement.py",  # heads of a sheet as card companies write them
    "vehicles/hires/rules.py",  # marks that separate number plates
    *(f"vehicles/hires/{name}.py" for name in ("money_queries", "service", "tables")),  # the mark between names
    "vehicles/register/rules.py",  # a number plate as an example
    "vehicles/exchange/columns.py",  # heads and words of a sheet as offices write them
    "vehicles/exchange/cells.py",
    "vehicles/exchange/workbook.py",  # the mark between words
    "vehicles/intake/rows.py",  # heads of a sheet as offices write them
    "core/sheets.py",  # the mark between names of columns
    "core/language.py",  # a language is called by its own name
    "core/workcalendar.py",  # the notice that sets the days
    "core/demo.py",  # who made the demo records
    "indicators/closing.py",  # the mark between two periods
    "people/signin.py",  # the mark between two roles
}
pure = pytest.mark.pure


def sources(package: str) -> list[Path]:
    """The package's own files and templates; the shell's templates are core's."""
    pages = [*TEMPLATES.glob("*.html"), *(TEMPLATES / "macros").glob("*"), *(TEMPLATES / "errors").glob("*")]
    own = pages if package == "core" else (TEMPLATES / package).rglob("*.html")
    return sorted([*(OPS / package).rglob("*.py"), *own])


def messages(path: Path) -> Iterator[str]:
    method = "python" if path.suffix == ".py" else "jinja2.ext:babel_extract"
    with path.open("rb") as file:
        for _line, message, _comments, _context in extract(method, file, KEYWORDS):
            yield message if isinstance(message, str) else message[0]


def translations() -> Iterator[tuple[Path, str, str]]:
    """(catalogue, msgid, translation) of every catalogue; a plural stands by its singular."""
    for catalogue in CATALOGUES:
        with catalogue.open("rb") as file:
            for message in read_po(file):
                if message.id and not message.fuzzy:
                    texts = [each if isinstance(each, str) else each[0] for each in (message.id, message.string)]
                    yield catalogue, texts[0], texts[1]


@pure
@pytest.mark.parametrize("package", PACKAGES)
def test_every_word_has_its_chinese(package: str) -> None:
    known = {said for _catalogue, said, chinese in translations() if chinese}
    missing = {said for path in sources(package) for said in messages(path)} - known
    assert not missing, (
        f"write them in ops/{package}/translations/zh_Hans_CN/LC_MESSAGES/messages.po: {sorted(missing)}"
    )


@pure
def test_no_word_is_translated_in_two_ways() -> None:
    said: dict[str, set[str]] = {}
    for _catalogue, english, chinese in translations():
        said.setdefault(english, set()).add(chinese)
    twofold = {english: chinese for english, chinese in said.items() if len(chinese) > 1}
    assert not twofold, f"one thing, one name; two things need two English words: {twofold}"


@pure
@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: str(path.relative_to(OPS).parents[2]))
def test_a_translation_has_the_placeholders_of_its_message(catalogue: Path) -> None:
    found = [(english, chinese) for path, english, chinese in translations() if path == catalogue]
    torn = [
        english for english, chinese in found if set(PLACEHOLDER.findall(english)) != set(PLACEHOLDER.findall(chinese))
    ]
    assert found
    assert not torn, f"the same %(names)s on both sides: {torn}"


@pure
@pytest.mark.parametrize("package", PACKAGES)
def test_what_is_to_be_translated_is_english(package: str) -> None:
    wrong = {said for path in sources(package) for said in messages(path) if CHINESE.search(said)}
    assert not wrong, f"English in the code, Chinese in the catalogue: {wrong}"


@pure
@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_a_template_holds_no_chinese(page: Path) -> None:
    without_comments = re.sub(r"\{#.*?#\}", "", page.read_text(), flags=re.DOTALL)
    assert not CHINESE.search(without_comments), 'write _("the English") and the Chinese in the catalogue'


@pure
@pytest.mark.parametrize("package", PACKAGES)
def test_code_holds_no_chinese_but_where_it_is_data(package: str) -> None:
    found = {
        str(path.relative_to(OPS)): texts for path in (OPS / package).rglob("*.py") if (texts := _chinese_in(path))
    }
    data = {name for name in found if name in CHINESE_IS_DATA or re.search(r"demo|reference|/data/", name)}
    wrong = {name: texts for name, texts in found.items() if name not in data}
    assert not wrong, f'write _l("the English"), or name the file in CHINESE_IS_DATA and say why: {wrong}'


def _chinese_in(path: Path) -> list[str]:
    tree = ast.parse(path.read_text())
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
    constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in said)
    return [
        node.value for node in constants if isinstance(node.value, str) and re.search(r"[\u3000-\u9fff]", node.value)
    ]


ADDRESSES = [
    "/",
    "/figures?period=2023",
    "/figures/vehicles.dispatches?period=2023",
    "/closings",
    "/closings/new",
    "/vehicles/requests",
]
NAMES_THAT_ARE_DATA = re.compile(r"用户\d+|测试单位\d+|司机\d+|冀B\d+|轿车|调研|市区|中文")


def shown(html: str) -> str:
    """The text of a page, without marks, addresses and what is hidden in attributes that nobody reads."""
    return re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", " ", html, flags=re.DOTALL)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_in_english_shows_no_chinese_but_names(app: Flask, sign_in: SignIn, address: str) -> None:
    make_trip_request(), make_vehicle(), make_driver()
    client = sign_in(Role.PERFORMANCE, Role.DISPATCHER)
    client.post("/language", data={"language": "en"})
    text = NAMES_THAT_ARE_DATA.sub("", shown(client.get(address).text))
    assert re.search(r"[A-Za-z]{3}", text)
    assert CHINESE.findall(text) == []


@pytest.mark.parametrize("address", [address for address in ADDRESSES if "vehicles" not in address])
def test_a_page_in_chinese_shows_no_english_sentence(app: Flask, sign_in: SignIn, address: str) -> None:
    text = shown(sign_in(Role.PERFORMANCE).get(address).text)
    own = text.replace("English", "")
    assert CHINESE.search(own)
    assert re.findall(r"[A-Za-z]+(?: [A-Za-z]+)+", own) == []


@pytest.mark.parametrize("address", ["/sign-in", "/no-such-page"])
def test_a_stranger_reads_chinese_first_and_english_by_choice(app: Flask, address: str) -> None:
    client = app.test_client()
    assert "一本账" in shown(client.get(address).text)
    client.post("/language", data={"language": "en"})
    assert "One Ledger" in shown(client.get(address).text)
    assert CHINESE.findall(shown(client.get(address).text).replace("中文", "")) == []
    client.post("/language", data={"language": "fr"})
    assert "One Ledger" in shown(client.get(address).text)


@pytest.mark.pure
def test_a_unit_behind_a_number_is_a_word() -> None:
    sources = [*PAGES, *OPS.rglob("*.py")]
    raw = [str(path.relative_to(ROOT)) for path in sources if RAW_UNIT.search(path.read_text())]
    assert raw == [], '_("km") is 公里 for who reads Chinese'
