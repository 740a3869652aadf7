"""The positioning server as the administrator enters it: its token goes in and never comes out."""

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from flask import Flask
from sqlalchemy import select

from ops.core.access import Actor
from ops.core.audit import AuditEntry
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.people.roles import Role
from ops.vehicles.positions import queries, server_service, service
from ops.vehicles.positions.models import Alarm, PositioningServer
from ops.vehicles.positions.shapes import reported
from ops.vehicles.positions.traccar import Traccar
from tests.app_fixtures import SignIn
from tests.vehicles.positions.test_positions import AT, DAY, UNIQUE, how_many, make_tracker
from tests.vehicles.positions.traccar_server import TOKEN, recorded_day, serving

PAGE = "/vehicles/positions/server"


def test_the_token_is_kept_and_shown_nowhere(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.ADMINISTRATOR)
    answer = client.post(PAGE, data={"address": "https://positions.example:8082/", "token": TOKEN})
    assert answer.status_code == 303
    kept = server_service.server()
    assert kept
    assert (kept.address, kept.token) == ("https://positions.example:8082", TOKEN)
    assert TOKEN not in client.get(PAGE).text
    client.post(PAGE, data={"address": "https://positions.example:8082", "token": ""})
    again = server_service.server()
    assert again
    assert again.token == TOKEN, "an empty token keeps the one that is kept"
    assert how_many(PositioningServer) == 2
    trail = " ".join(f"{row.changes} {row.reason} {row.subject}" for row in db.session.scalars(select(AuditEntry)))
    assert "positions.example" in trail
    assert TOKEN not in trail


def test_a_copy_of_the_database_does_not_open_the_server(app: Flask, by: Actor) -> None:
    """Not one table of it has the token in it, and the app under another secret key cannot say it."""
    with transaction():
        server_service.set_server("https://positions.example", TOKEN, by)
    with db.engine.connect() as copy:
        everything = [str(copy.execute(select(table)).all()) for table in db.metadata.sorted_tables]
    assert any("positions.example" in rows for rows in everything)
    assert not any(TOKEN in rows for rows in everything)
    app.secret_key = "of another house"
    found = server_service.server()
    assert found
    assert found.token is None


def test_a_token_under_another_secret_key_is_asked_for_again_in_words(app: Flask, by: Actor, sign_in: SignIn) -> None:
    make_tracker(by)
    with serving(recorded_day(AT, 80, 6)) as address:
        with transaction():
            server_service.set_server(address, TOKEN, by)
        app.secret_key = "changed by the house"
        administrator = sign_in(Role.ADMINISTRATOR)
        assert "系统密钥已更换" in administrator.get(PAGE).text
        refused = administrator.post("/vehicles/positions/polls/new", data={"day": str(DAY)})
        assert (refused.status_code, "另一密钥" in refused.text) == (422, True)
        assert administrator.post(PAGE, data={"address": address, "token": ""}).status_code == 422, "nothing to keep"
        assert administrator.post(PAGE, data={"address": address, "token": TOKEN}).status_code == 303
        assert administrator.post("/vehicles/positions/polls/new", data={"day": str(DAY)}).status_code == 303
    assert how_many() == 80


def test_the_day_is_judged_even_when_the_server_gives_no_answer(app: Flask, by: Actor) -> None:
    make_tracker(by)
    with transaction():
        service.take([reported(each, UNIQUE, AT + timedelta(days=1)) for each in recorded_day(AT, 80, 6)], "push", by)
        server_service.set_server("http://127.0.0.1:9", TOKEN, by)
    with pytest.raises(Rejected):
        server_service.fill_and_judge(DAY)
    assert how_many(Alarm) > 0


@pytest.mark.parametrize(
    "address",
    ["ftp://positions.example", "positions.example", "https://user:word@positions.example", "https://", "http://a:b",
     "https://positions.example/?token=1"],
)  # fmt: skip
def test_an_address_that_is_none_is_refused_beside_its_field(app: Flask, sign_in: SignIn, address: str) -> None:
    answer = sign_in(Role.ADMINISTRATOR).post(PAGE, data={"address": address, "token": TOKEN})
    assert answer.status_code == 422
    assert TOKEN not in answer.text
    assert how_many(PositioningServer) == 0


@pytest.mark.parametrize("token", ["two words", "line\nbreak", "全角ＡＢ"])
def test_a_token_that_fits_no_head_is_refused_and_not_shown(app: Flask, sign_in: SignIn, token: str) -> None:
    """It would come back in the words of a failed request."""
    answer = sign_in(Role.ADMINISTRATOR).post(PAGE, data={"address": "https://positions.example", "token": token})
    assert answer.status_code == 422
    assert token not in answer.get_data(as_text=True)
    assert queries.server_set() is None


def test_a_token_never_goes_to_another_server(app: Flask, by: Actor) -> None:
    with transaction():
        server_service.set_server("https://one.example", TOKEN, by)
    with transaction(), pytest.raises(Rejected) as refused:
        server_service.set_server("https://other.example", "", by)
    assert refused.value.field == "token"
    with transaction():
        server_service.set_server("", "", by)
    assert server_service.server() is None


def test_a_server_that_points_elsewhere_gets_no_second_request(app: Flask, by: Actor) -> None:
    with serving([]) as there, pointing_to(f"{there}/api/devices") as address:
        with transaction():
            server_service.set_server(address, TOKEN, by)
        with pytest.raises(Rejected):
            server_service.fetch(server_service.server(), DAY)


def test_positions_are_fetched_now_by_those_who_may(app: Flask, by: Actor, sign_in: SignIn) -> None:
    make_tracker(by)
    dispatcher = sign_in(Role.DISPATCHER)
    poll = {"day": str(DAY)}
    assert dispatcher.post("/vehicles/positions/polls/new", data=poll).status_code == 422, "no server is named"
    with serving(recorded_day(AT, 80, 6)) as address:
        with transaction():
            server_service.set_server(address, TOKEN, by)
        assert dispatcher.post("/vehicles/positions/polls/new", data=poll).status_code == 303
        assert how_many() == 80
        server_service.fill_and_judge(DAY)
    assert how_many() == 80
    assert dispatcher.post("/vehicles/positions/polls/new", data=poll).status_code == 422, "it gives no answer"
    assert sign_in(Role.DISCIPLINE).post("/vehicles/positions/polls/new", data=poll).status_code == 403
    assert dispatcher.get(PAGE).status_code == 403
    administrator = sign_in(Role.ADMINISTRATOR)
    assert administrator.get("/vehicles/positions/polls/new").status_code == 200
    assert administrator.get("/vehicles/positions/looks").status_code == 200


@pytest.mark.parametrize(
    "answer", [b'{"a": 1}', b"[1, 2]", b"[" * 100_000, b"<html>", b"", b"\xff", b'[{"id": 7, "uniqueId": "869900001"}']
)
def test_an_answer_that_is_none_is_told_and_no_fault_of_ours(app: Flask, sign_in: SignIn, answer: bytes) -> None:
    client = sign_in(Role.ADMINISTRATOR)
    with answering(200, {}, answer) as address:
        assert client.post(PAGE, data={"address": address, "token": TOKEN}).status_code == 303
        told = client.post("/vehicles/positions/polls/new", data={"day": str(DAY)})
    assert (told.status_code, "定位服务器无应答" in told.text) == (422, True)


def test_devices_without_a_name_are_left_out(app: Flask) -> None:
    listed = b'[{"id": "x", "uniqueId": "a"}, {"id": 7}, {"id": 8, "uniqueId": "b"}]'
    with answering(200, {}, listed) as address:
        assert Traccar(address, TOKEN).devices() == {8: "b"}


def pointing_to(target: str) -> AbstractContextManager[str]:
    """A server that answers every question with another address."""
    return answering(302, {"Location": target}, b"")


@contextmanager
def answering(code: int, heads: dict[str, str], content: bytes) -> Iterator[str]:
    """A server that answers every question alike."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(code)
            for name, value in {**heads, "Content-Length": str(len(content))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
