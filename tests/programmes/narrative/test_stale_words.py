"""Words that somebody else changed meanwhile are not overwritten; a signature does not hang on the language."""

import re

from flask import Flask
from flask_babel import force_locale

from ops.core.access import Actor
from ops.core.db import transaction
from ops.people.roles import Role
from ops.programmes.narrative import queries, service
from ops.programmes.narrative.telling import narrative
from tests.app_fixtures import SignIn

ADDRESS = "/programmes/narrative/2023/paragraphs/1"


def seen(page: str) -> str:
    found = re.search(r'name="seen"[^>]*value="([^"]*)"', page)
    assert found
    return found[1]


def test_a_stale_edit_is_refused_and_what_was_typed_stays(app: Flask, sign_in: SignIn) -> None:
    client, other = sign_in(Role.PERFORMANCE), sign_in(Role.PERFORMANCE)
    mark = seen(client.get(ADDRESS).text)
    theirs = {"heading": "一是规范管理", "text": "先改的一稿。", "seen": seen(other.get(ADDRESS).text)}
    assert other.post(ADDRESS, data=theirs).status_code == 303
    refused = client.post(ADDRESS, data={"heading": "一是规范管理", "text": "后改的一稿。", "seen": mark})
    assert refused.status_code == 422
    assert "后改的一稿。" in refused.text
    assert "此段刚被他人改过" in refused.text
    assert queries.drafts(2023)[0].text == "先改的一稿。"
    fresh = {"heading": "一是规范管理", "text": "对照后的一稿。", "seen": seen(client.get(ADDRESS).text)}
    assert client.post(ADDRESS, data=fresh).status_code == 303


def test_two_new_paragraphs_at_one_place_do_not_meet(app: Flask, by: Actor) -> None:
    place = len(queries.drafts(2023)) + 1
    mark = service.mark(queries.drafts(2023), place)
    with transaction():
        service.write(2023, place, "新段", "甲写的。", by, mark)
    assert service.mark(queries.drafts(2023), place) != mark


def test_the_fingerprint_is_the_same_in_either_language(app: Flask) -> None:
    said = []
    for language in ("zh_Hans_CN", "en"):
        with app.test_request_context(), force_locale(language):
            told = narrative(2023)
            assert told.missing
            said.append((service.fingerprint(told), told.missing[0].text))
    assert said[0][0] == said[1][0]
    assert said[0][1] != said[1][1]
