"""A template that many ask for in the same moment is compiled once; what is kept on disk follows its text."""

import threading
from pathlib import Path

import pytest
from flask import Flask

from ops.core.templating import init_templates

pytestmark = pytest.mark.pure


def make(folder: Path) -> tuple[Flask, list[str]]:
    """An application with the templates of the folder, and the sources it compiles, as they come."""
    (folder / "templates").mkdir(exist_ok=True)
    app = Flask(__name__, template_folder=str(folder / "templates"))
    init_templates(app, folder / "instance")
    compiled: list[str] = []
    generate = app.jinja_env._generate

    def noting(*args: object, **kwargs: object) -> str:
        compiled.append(str(args[1]))
        return generate(*args, **kwargs)  # type: ignore[arg-type]

    app.jinja_env._generate = noting  # type: ignore[method-assign]
    return app, compiled


def test_sixteen_at_once_wait_for_one_compilation(tmp_path: Path) -> None:
    app, compiled = make(tmp_path)
    (tmp_path / "templates" / "page.html").write_text("{% for n in range(3) %}{{ n }}{% endfor %}")
    start, shown = threading.Barrier(16), []

    def look() -> None:
        start.wait()
        shown.append(app.jinja_env.get_template("page.html").render())

    threads = [threading.Thread(target=look) for _number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert shown == ["012"] * 16
    assert compiled == ["page.html"]


def test_the_next_start_compiles_nothing_but_what_was_changed(tmp_path: Path) -> None:
    first, compiled = make(tmp_path)
    page = tmp_path / "templates" / "page.html"
    page.write_text("one")
    assert first.jinja_env.get_template("page.html").render() == "one"
    assert compiled == ["page.html"]
    second, compiled = make(tmp_path)
    assert second.jinja_env.get_template("page.html").render() == "one"
    assert compiled == []
    page.write_text("two")
    third, compiled = make(tmp_path)
    assert third.jinja_env.get_template("page.html").render() == "two"
    assert compiled == ["page.html"]
