"""Lists: pages without gaps, searches taken as they are typed."""

from flask import Flask
from sqlalchemy import select

from ops.core.db import db
from ops.core.listing import Column, Filter, listing
from ops.people.models import Unit
from tests.factories import make_unit

COLUMNS = (Column("kind", "kind", Unit.kind), Column("name", "name", Unit.name))


def names(app: Flask, query: str, per_page: int = 3) -> list[str]:
    with app.test_request_context(f"/?{query}"):
        found = listing(select(Unit), COLUMNS, sort="kind", search=(Unit.name,), per_page=per_page)
        return [unit.name for unit in found.rows]


def test_the_pages_of_rows_that_sort_alike_are_the_whole_list_once(app: Flask) -> None:
    made = {make_unit().name for _ in range(8)}
    db.session.commit()
    pages = [names(app, f"page={number}&sort=kind{down}") for down in ("", "&down=1") for number in (1, 2, 3)]
    for three in (pages[:3], pages[3:]):
        listed = [name for page in three for name in page]
        assert len(listed) == 8
        assert set(listed) == made


def test_marks_of_the_search_language_are_searched_as_they_stand(app: Flask) -> None:
    for name in ("100%", "100x", "a_b", "axb", "a/b", "O'Neil"):
        make_unit(name=name)
    for typed, found in (
        ("100%25", ["100%"]),
        ("a_b", ["a_b"]),
        ("a/b", ["a/b"]),
        ("O'N", ["O'Neil"]),
        ("A_B", ["a_b"]),
    ):
        assert names(app, f"q={typed}") == found


def test_a_page_that_there_is_not_is_the_nearest_one(app: Flask) -> None:
    for _ in range(4):
        make_unit()
    assert len(names(app, "page=99")) == 1
    assert len(names(app, "page=0")) == len(names(app, "page=x")) == 3


def test_a_filter_may_start_chosen_and_be_taken_off(app: Flask) -> None:
    kept, other = make_unit(name="kept"), make_unit(name="other")
    only = Filter("name", "name", [("kept", "kept"), ("other", "other")], lambda name: Unit.name == name, start="kept")
    for query, found, narrowed in (
        ("", [kept], False),
        ("name=other", [other], True),
        ("name=", [kept, other], True),
        ("name=nonsense", [kept, other], True),
    ):
        with app.test_request_context(f"/sign-in?{query}"):
            shown = listing(select(Unit), COLUMNS, sort="name", filters=[only])
            assert list(shown.rows) == found
            assert shown.narrowed is narrowed
            assert ("name=" in shown.page_url(2)) is bool(query)
