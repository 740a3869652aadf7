"""What those who must explain, and those who decide, are told."""

from collections.abc import Callable
from typing import Any

from flask_babel import lazy_gettext as _l

from .models import VIOLATION_LABELS, Filing, ViolationCode

Words = Callable[[dict[str, Any]], Any]


def filed(facts: dict[str, Any]) -> Any:
    return _l("%(subject)s is filed under “%(violation)s”. Explain it by %(day)s.", **facts)


def explained(facts: dict[str, Any]) -> Any:
    return _l("%(subject)s, filed under “%(violation)s”, is explained. Decide on it.", **facts)


def asked_again(facts: dict[str, Any]) -> Any:
    return _l("%(subject)s, filed under “%(violation)s”: a question is left open. Answer it by %(day)s.", **facts)


def decided(facts: dict[str, Any]) -> Any:
    return _l("%(subject)s, filed under “%(violation)s”, is decided on. Read the outcome.", **facts)


def withdrawn(facts: dict[str, Any]) -> Any:
    return _l("%(subject)s is no longer filed under “%(violation)s”.", **facts)


def said(words: Words, filing: Filing) -> Any:
    label = VIOLATION_LABELS[ViolationCode(filing.violation)]
    return words({"subject": filing.subject, "violation": label, "day": str(filing.explain_by)})
