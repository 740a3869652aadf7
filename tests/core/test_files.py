"""Kept files."""

from io import BytesIO

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage

from ops.core import audit, files
from ops.core.access import Actor
from ops.core.db import transaction
from ops.core.errors import Rejected
from ops.people.roles import Role
from ops.vehicles.register import life_service
from tests.app_fixtures import SignIn
from tests.factories import make_vehicle


def keep(content: bytes, name: str, by: Actor) -> files.Attachment:
    with transaction():
        kept = files.keep(FileStorage(BytesIO(content), name), "proof", by)
        audit.record("test.kept", "attachment", by)
    return kept


def test_a_file_comes_back_as_it_was_handed_in_and_the_same_content_is_stored_once(app: Flask, by: Actor) -> None:
    one, other = keep(b"%PDF", "证明.pdf", by), keep(b"%PDF", "copy.PDF", by)
    assert (one.path, one.path.read_bytes()) == (other.path, b"%PDF")
    assert (one.name, one.media_type, one.size) == ("证明.pdf", "application/pdf", 4)
    assert [path.name for path in one.path.parent.iterdir() if path.name == one.sha256 or "tmp" in path.name] == [
        one.sha256
    ]


def test_a_name_leads_nowhere_else(app: Flask, by: Actor) -> None:
    kept = keep(b"text", "../../etc/passwd.txt", by)
    assert (kept.name, kept.path.name) == ("passwd.txt", kept.sha256)


@pytest.mark.parametrize(
    ("content", "name"), [(b"", "a.pdf"), (b"x", "a.exe"), (b"x", "pdf"), (b"<html>", "a.html"), (b"x", "")]
)
def test_what_is_no_document_is_refused_beside_its_field(app: Flask, by: Actor, content: bytes, name: str) -> None:
    with pytest.raises(Rejected) as refusal:
        keep(content, name, by)
    assert refusal.value.field == "proof"


def test_a_file_that_is_too_large_is_refused(app: Flask, by: Actor) -> None:
    with pytest.raises(Rejected):
        keep(b"x" * (files.LARGEST + 1), "a.pdf", by)


def test_a_file_that_is_gone_is_told_of_with_its_fingerprint_logged_and_found(
    app: Flask, by: Actor, sign_in: SignIn, caplog: pytest.LogCaptureFixture
) -> None:
    with transaction():
        vehicle = make_vehicle()
        scan = FileStorage(BytesIO(b"%PDF-1"), "行驶证.pdf")
        paper = life_service.keep_paper(vehicle, "licence", "1", vehicle.registered_on, scan, by)
    kept, whole = paper.attachment, keep(b"whole", "完好.txt", by)
    client, page = sign_in(Role.DISPATCHER), f"/vehicles/car-papers/{paper.id}/scan"
    assert client.get(page).data == b"%PDF-1"
    assert list(files.faults()) == []
    kept.path.unlink()
    with caplog.at_level("ERROR"):
        answer = client.get(page)
    assert answer.status_code == 410
    for word in ("行驶证.pdf", "6 字节", kept.sha256, "已登记", by.name):
        assert word in answer.text, word
    assert kept.sha256 in caplog.text
    whole.path.write_bytes(b"other")
    assert [fault.rpartition(" ")[2] for fault in files.faults()] == ["missing", "altered"]
    said = app.test_cli_runner().invoke(args=["indicators", "verify"])
    assert said.exit_code == 1
    assert f"kept file {kept.id} 行驶证.pdf (6 bytes, sha256 {kept.sha256}) is missing" in said.output
    assert "2 kept files, 2 faults" in said.output
    kept_again = keep(b"%PDF-1", "再次.pdf", by)
    assert (kept_again.sha256, client.get(page).data) == (kept.sha256, b"%PDF-1"), "handed in again it is back"
