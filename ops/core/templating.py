"""Templates are compiled once: kept on disk between starts, and by one thread when many ask in the same moment."""

import threading
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from flask import Flask
from flask.templating import Environment
from jinja2 import FileSystemBytecodeCache, Template


class OneCompiles(Environment):
    """Sixteen people who open a page first after a start wait for one compilation, and do not each do it."""

    def __init__(self, app: Flask, **options: Any) -> None:
        super().__init__(app, **options)
        self._turn = threading.RLock()

    def _load_template(self, name: str, globals: MutableMapping[str, Any] | None) -> Template:
        with self._turn:
            return super()._load_template(name, globals)


def init_templates(app: Flask, instance: Path) -> None:
    """What is kept is known by the template's text: a changed template is compiled anew."""
    kept = instance / "templates"
    kept.mkdir(parents=True, exist_ok=True)
    app.jinja_environment = OneCompiles  # type: ignore[assignment]  # flask types it as its own class only
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(kept))
