"""Kept files."""

from io import BytesIO

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage

from ops.core import audit, files
from ops.core.access import Actor
from ops.core.db import transaction
from ops.core.errors import Rejected


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
