"""The architecture of design.md as checks (§3 floors, §5 slices, §8 names, §9 sizes) that say what to write instead."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from ops.app import FEATURES
from ops.core.access import Actor
from ops.people.roles import Role

ROOT = Path(__file__).parent.parent
OPS, TEMPLATES, STATIC = ROOT / "ops", ROOT / "templates", ROOT / "static"
FLOORS = {"core": 0, "people": 1, "places": 1, "indicators": 2}
FEATURE_FLOOR, TOP = 3, 4
FORBIDDEN = {"utils", "helpers", "common", "misc", "manager", "base", "lib"}
# a leader signs what others have filled in: that changes nothing of it
SIGNING = {Role.LEADER: {"programmes.evaluation.sign", "programmes.evaluation.withdrawal"}}
EVERYBODYS = {
    "programmes.surveys.answer",
    "notices.reading",
    "notices.reading_all",
    "people.sign_in",
    "people.demo_sign_in",
    "people.sign_out",
    "people.choose_language",
}

PYTHON = sorted(path for path in OPS.rglob("*.py") if "migrations" not in path.parts)
PAGES = sorted(TEMPLATES.rglob("*.html"))
SCRIPTS = sorted(STATIC.glob("js/*.js"))


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def slice_files(kind: str) -> list[Path]:
    """`rules` finds rules.py, trip_rules.py and rules/*.py of the features: a slice file may be split by noun."""
    fits = re.compile(rf"(^|_){kind}$")
    return [path for path in PYTHON if fits.search(path.stem) or fits.search(path.parent.name)]


def package_of(path: Path) -> str:
    parts = path.relative_to(OPS).parts
    return parts[0] if len(parts) > 1 else ""


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """(module, name) of each import in the file, relative ones resolved: ("ops.core.db", "db")."""
    here = path.relative_to(ROOT).with_suffix("").parts
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = here[: -node.level] if node.level else ()
            module = ".".join((*start, *(node.module or "").split(".")) if node.module else start)
            yield from ((module, alias.name) for alias in node.names)


def packages_used(path: Path) -> set[str]:
    """The packages of ops that the file imports from."""
    found = set()
    for module, name in imports(path):
        parts = f"{module}.{name}".split(".")
        if parts[0] == "ops" and len(parts) > 1:
            found.add(parts[1] if (OPS / parts[1]).is_dir() else "")
    return found


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def floor_of(package: str) -> int:
    return FLOORS.get(package, FEATURE_FLOOR) if package else TOP


pure = pytest.mark.pure


@pure
@pytest.mark.parametrize("path", PYTHON, ids=named)
def test_a_package_imports_only_from_the_floors_below_it(path: Path) -> None:
    package = package_of(path)
    if package:
        wrong = {each for each in packages_used(path) - {package} if floor_of(each) >= floor_of(package)}
        assert not wrong, (
            f"{named(path)} imports {wrong}: name the little it needs as a Protocol in ports.py (design §3)"
        )


@pure
@pytest.mark.parametrize("path", [path for path in PYTHON if path.name == "__init__.py"], ids=named)
def test_a_package_root_holds_a_docstring_and_no_code(path: Path) -> None:
    body = ast.parse(path.read_text()).body
    assert len(body) <= 1, "move the code into a module of the package: importing a part must not import the whole"
    if path.parent.parent == OPS:
        assert ast.get_docstring(ast.parse(path.read_text())), "say what the package is for, and its glossary"


@pure
@pytest.mark.parametrize("path", PYTHON, ids=named)
def test_a_module_is_called_after_what_it_is_about(path: Path) -> None:
    assert path.stem not in FORBIDDEN, f"{path.stem} says nothing: name the module after its noun (design §8)"


@pure
@pytest.mark.parametrize("path", sorted(OPS.rglob("*.py")), ids=named)
def test_a_module_is_at_most_300_lines(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 300, "split it by noun: bookings.py, trips.py"


@pure
@pytest.mark.parametrize("path", PYTHON, ids=named)
def test_a_function_is_at_most_40_lines(path: Path) -> None:
    long = [each.name for each in functions(path) if (each.end_lineno or 0) - each.lineno >= 40]
    assert not long, f"{long}: give a part of it a name of its own"


@pure
@pytest.mark.parametrize("path", PYTHON, ids=named)
def test_an_import_stands_at_the_top_of_its_module(path: Path) -> None:
    inner = [
        each.name for each in functions(path) if any(isinstance(n, ast.Import | ast.ImportFrom) for n in ast.walk(each))
    ]
    assert not inner, f"{inner} imports inside: an import that does not fit at the top dodges the floors"


@pure
@pytest.mark.parametrize(("path", "most"), [*((page, 120) for page in PAGES), *((script, 100) for script in SCRIPTS)])
def test_a_template_is_at_most_120_lines_and_a_script_100(path: Path, most: int) -> None:
    assert len(path.read_text().splitlines()) <= most, f"{named(path)}: take a part out as a macro or a behaviour"


@pure
@pytest.mark.parametrize("path", PYTHON, ids=named)
def test_only_the_transaction_commits(path: Path) -> None:
    if path != OPS / "core" / "db.py":
        calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
        found = {call.func.attr for call in calls if isinstance(call.func, ast.Attribute)} & {"commit", "rollback"}
        assert not found, f"{found}: open `with transaction():` at the edge and let services only write (design §6.1)"


@pure
@pytest.mark.parametrize("path", slice_files("rules"), ids=named)
def test_a_rule_knows_neither_database_nor_request_nor_clock(path: Path) -> None:
    wrong = {f"{module} {name}" for module, name in imports(path) if _is_the_world(module, name)}
    assert not wrong, (
        f"{wrong}: let the service ask and give the rule values, with by= and day= from the edge (design §5)"
    )


def _is_the_world(module: str, name: str) -> bool:
    if module.startswith(("ops.core.db", "ops.core.clock", "flask_login", "sqlalchemy")) or module == "flask":
        return True
    return (module, name) in {("ops.core", "db"), ("ops.core", "clock"), ("datetime", "time.time"), ("time", "time")}


@pure
@pytest.mark.parametrize("path", slice_files("service"), ids=named)
def test_a_service_knows_no_request(path: Path) -> None:
    web = {"request", "session", "g", "flash", "redirect", "render_template", "url_for"}
    wrong = {name for module, name in imports(path) if (module == "flask" and name in web) or module == "flask_login"}
    assert not wrong, f"{wrong}: the view passes what it knows as values and `by=` (design §9)"


@pure
@pytest.mark.parametrize("path", slice_files("views"), ids=named)
def test_a_view_does_not_query(path: Path) -> None:
    wrong = {
        name for module, name in imports(path) if module.startswith("sqlalchemy") and name in {"select", "func", "text"}
    }
    assert not wrong, f"{wrong}: write the select in queries.py and call it by a name (design §5)"
    calls = re.findall(r"db\.session\.(?:execute|scalars?|add\w*|delete)\(", path.read_text())
    assert not calls, f"{calls}: reads belong into queries.py, writes into service.py"


@pure
@pytest.mark.parametrize("path", slice_files("queries"), ids=named)
def test_a_query_does_not_write(path: Path) -> None:
    calls = re.findall(r"db\.session\.(?:add\w*|delete|merge)\(|transaction\(", path.read_text())
    assert not calls, f"{calls}: only service.py writes (design §5)"


@pure
@pytest.mark.parametrize("page", PAGES, ids=named)
def test_a_template_queries_nothing_and_holds_no_style_and_no_script(page: Path) -> None:
    text = page.read_text()
    assert not re.search(r"\bselect\(|\.query\.|db\.session", text), "let the view pass what the page shows"
    assert not re.search(r"\sstyle\s*=", text), "use a class of static/css"
    assert not re.search(r"\son(click|change|submit|load|input)\s*=", text), (
        "start a behaviour of static/js by a data attribute"
    )
    scripts = re.findall(r"<script\b([^>]*)>", text)
    assert all("src=" in attributes for attributes in scripts), (
        "put the script into static/js: the content policy refuses it here"
    )


def metrics() -> list[tuple[str, object]]:
    return [(feature.name, metric) for feature in FEATURES for metric in feature.publishes]


@pure
@pytest.mark.parametrize(("package", "metric"), metrics(), ids=lambda value: getattr(value, "name", value))
def test_a_metric_is_called_package_noun_and_says_what_it_counts(package: str, metric: object) -> None:
    name = str(getattr(metric, "name", ""))
    assert re.fullmatch(rf"{package}\.[a-z][a-z0-9_]*", name), f"call {name} {package}.<noun> (design §8)"
    assert str(getattr(metric, "label", "")), "give it the label that pages show"
    assert len(str(getattr(metric, "definition", ""))) > 20, "say which records count, on which day, and which do not"
    assert getattr(metric, "watches", ()), "name the models whose writes make its days stale"


@pure
def test_every_permission_is_granted_to_somebody_and_none_is_granted_that_no_feature_declares() -> None:
    granted = {str(each) for feature in FEATURES for permissions in feature.grants.values() for each in permissions}
    declared = {each for path in PYTHON if path.name == "permissions.py" for each in _permission_names(path)}
    assert declared == granted, "grant it to a role in GRANTS, or drop it"
    assert all(re.fullmatch(r"[a-z]+:[a-z_]+:[a-z_]+", name) for name in declared), "name it feature:noun:verb"


def _permission_names(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ClassDef) and node.name == "Permission":
            values = (each.value for each in node.body if isinstance(each, ast.Assign))
            yield from (
                value.value for value in values if isinstance(value, ast.Constant) and isinstance(value.value, str)
            )


def test_every_route_says_whom_it_is_for(app: Flask) -> None:
    silent = [name for name, view in app.view_functions.items() if name != "static" and not hasattr(view, "permission")]
    assert silent == [], "mark the view with requires(Permission.X), signed_in or public"


def test_every_page_in_the_menu_exists_and_can_be_opened_by_those_who_see_it(app: Flask) -> None:
    for feature in FEATURES:
        for entry in feature.menu:
            view = app.view_functions.get(entry.endpoint)
            assert view, f"{entry.endpoint} is in the menu and is no route"
            assert view.permission in (entry.permission, "signed_in", "public"), (
                f"{entry.endpoint}: one permission for both"
            )  # type: ignore[attr-defined]


@pure
@pytest.mark.parametrize("path", slice_files("views"), ids=named)
def test_every_template_that_a_view_renders_exists(path: Path) -> None:
    missing = [name for name in re.findall(r'"([\w/]+\.html)"', path.read_text()) if not (TEMPLATES / name).is_file()]
    assert not missing, "a template is called after its endpoint: vehicles.new_booking → vehicles/new_booking.html"


def test_every_metric_opens_its_records_on_a_page_that_takes_an_id(app: Flask) -> None:
    for _package, metric in metrics():
        if endpoint := getattr(metric, "record", None):
            rules = list(app.url_map.iter_rules(endpoint)) if endpoint in app.view_functions else []
            assert any(rule.arguments == {"id"} for rule in rules), f"{endpoint} has to exist and take <int:id>"


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.LEADER, Role.FINANCE_WATCH])
def test_those_who_watch_can_change_nothing(app: Flask, role: Role) -> None:
    watcher = Actor(1, "", permissions=app.extensions["ledger"].grants[role])
    writes = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if (rule.methods or set()) & {"POST", "PUT", "PATCH", "DELETE"}
    }
    needs = {endpoint: getattr(app.view_functions[endpoint], "permission", "") for endpoint in writes - EVERYBODYS}
    needs = {name: permission for name, permission in needs.items() if name not in SIGNING.get(role, ())}
    allowed = [
        name for name, permission in needs.items() if permission in ("public", "signed_in") or watcher.may(permission)
    ]
    assert allowed == [], "give reading and writing permissions of their own; watchers hold reading ones only"
