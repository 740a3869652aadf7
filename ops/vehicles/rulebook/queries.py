"""Reads of the rulebook."""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from ...core.db import db
from .book import Book, Version, bound
from .models import FACTS, RULE_LABELS, SUBJECT_LABELS, RuleVersion, Subject


@dataclass(frozen=True)
class Line:
    """A version as the page lists it: state `holds`, `ahead`, `ended` or `past`."""

    version: Version
    label: object
    facts: list[tuple[object, str, object]]
    state: str


def book() -> Book:
    """All rules; one statement."""
    rows = db.session.scalars(select(RuleVersion).order_by(RuleVersion.id))
    return bound(_version(row) for row in rows)


def _version(row: RuleVersion) -> Version:
    return Version(
        row.rule, row.valid_from, json.loads(row.said), row.document, row.clause, row.source, row.confirmed, row.ends,
        row.set_by,
    )  # fmt: skip


def in_force(rule: str, day: date) -> Version | None:
    return book().in_force(rule, day)


def subject_of(rule: str) -> Subject:
    return next(each for each in Subject if rule.split(".", 1)[0] in (each, each.removesuffix("s")))


def listed(day: date) -> list[tuple[object, list[Line]]]:
    """Every version of every rule by subject: of each rule the one that holds first, then the others, latest first."""
    found: dict[Subject, list[Line]] = {subject: [] for subject in Subject}
    for rule, versions in book().versions.items():
        lines = [_line(version, versions, day) for version in reversed(versions)]
        found[subject_of(rule)] += sorted(lines, key=lambda line: line.state not in ("holds", "ended"))
    return [(SUBJECT_LABELS[subject], lines) for subject, lines in found.items()]


def _line(version: Version, versions: tuple[Version, ...], day: date) -> Line:
    begun = [each for each in versions if each.valid_from <= day]
    state = "ahead" if version.valid_from > day else "past"
    if begun and version is begun[-1]:
        state = "ended" if version.ends else "holds"
    facts = [(FACTS[name].label, _shown(name, value), FACTS[name].unit) for name, value in version.values.items()]
    return Line(version, RULE_LABELS[version.rule], facts, state)


def _shown(name: str, value: str) -> str:
    return value if FACTS[name].places is None else f"{Decimal(value):,}"
