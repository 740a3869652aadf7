"""Page languages through gettext: Chinese by default, English by choice. English text is its own key."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, request, session
from flask_babel import Babel, LazyString, force_locale

CHINESE, ENGLISH = "zh_Hans_CN", "en"
LANGUAGES = [(CHINESE, "中文"), (ENGLISH, "English")]
PACKAGES = Path(__file__).parent.parent
babel = Babel()
# a lazy sentence calls itself ready-made HTML, though the values in it may be what somebody typed
del LazyString.__html__


def init_language(app: Flask) -> None:
    catalogues = sorted(PACKAGES.rglob("translations"))
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = ";".join(map(str, catalogues))
    app.config["BABEL_DEFAULT_LOCALE"] = CHINESE
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Asia/Shanghai"
    babel.init_app(app, locale_selector=chosen_language)


def chosen_language() -> str:
    """What the reader chose; Chinese otherwise, whatever the browser asks for."""
    if not request:
        return CHINESE
    chosen = session.get("language", CHINESE)
    return chosen if chosen in dict(LANGUAGES) else CHINESE


def in_all(label: object) -> list[str]:
    """The word in every language of the pages: what people hand in may be in any of them, whoever reads."""
    said = []
    for language, _name in LANGUAGES:
        with force_locale(language):
            said.append(str(label))
    return said


def compile_catalogues() -> int:
    """Write the .mo file beside each .po that is newer. Returns how many were written."""
    written = 0
    for source in PACKAGES.rglob("translations/*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            with source.open("rb") as read, target.open("wb") as write:
                write_mo(write, read_po(read))
            written += 1
    return written
