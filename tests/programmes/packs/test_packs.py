"""Evidence packs: the published script, which knows nothing of this system, finds each one right and each change."""

import io
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from ops.core.access import Actor, system
from ops.core.db import db, transaction
from ops.core.period import year
from ops.indicators import closing
from ops.indicators.models import Closing, LateDecision
from ops.people.roles import Role
from ops.programmes import service
from ops.programmes.evaluation.models import KeptReport
from ops.programmes.models import Programme
from ops.programmes.packs.models import KeptPack
from tests.app_fixtures import SignIn
from tests.programmes.factories import bound_programme, define_names, enter_figure, make_payment

SCRIPT = Path(__file__).parent.parent.parent.parent / "docs" / "check_pack.py"
YEAR = year(2023)


def filled(seq: int = 3) -> Programme:
    programme = bound_programme(seq)
    for number in range(1, 5):
        make_payment(programme, "3500", payee_kind="person", payee=f"人员{number:02}", paid_on=date(2023, 12, 31))
    enter_figure(programme.indicators[1], "100", "%")
    return programme


def close_year(by: Actor) -> Closing:
    with transaction():
        define_names()
        return closing.close(YEAR, by)


def checked(tmp_path: Path, content: bytes) -> tuple[int, str]:
    """What the script says of a pack, run as an auditor runs it: alone, isolated from everything installed."""
    path = tmp_path / "pack.zip"
    path.write_bytes(content)
    ran = subprocess.run([sys.executable, "-I", str(SCRIPT), str(path)], capture_output=True, text=True, check=False)
    assert ran.stderr == ""
    return ran.returncode, ran.stdout


def taken(client: FlaskClient, programme: Programme) -> bytes:
    answer = client.get(f"/programmes/{programme.id}/pack.zip")
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    return bytes(answer.data)


def rewritten(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The pack with one file changed."""
    made = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for each in old.namelist():
            new.writestr(each, change(old.read(each)) if each == name else old.read(each))
    return made.getvalue()


def test_a_pack_holds_the_form_the_records_and_the_proofs_and_checks_out(
    app: Flask, sign_in: SignIn, tmp_path: Path
) -> None:
    programme = filled()
    content = taken(sign_in(Role.AUDITOR), programme)
    with ZipFile(io.BytesIO(content)) as pack:
        names = pack.namelist()
        paid = pack.read(f"evidence/programmes.paid-{programme.id}.tsv").decode().splitlines()
    assert {"form/form.docx", "form/form.xlsx", "manifest.json"} <= set(names)
    assert sum(name.endswith("proof.txt") for name in names) == 1
    assert [line.split("\t")[3] for line in paid] == ["part", "3500.00", "3500.00", "3500.00", "3500.00"]
    code, said = checked(tmp_path, content)
    assert (code, said.splitlines()[-1].endswith(" 0 faults")) == (0, True), said


def test_the_same_state_gives_the_same_bytes(app: Flask, sign_in: SignIn) -> None:
    programme, client = filled(), sign_in(Role.AUDITOR)
    assert taken(client, programme) == taken(client, programme)


def test_the_pack_of_a_closed_year_holds_the_form_that_the_closing_kept(app: Flask, sign_in: SignIn, by: Actor) -> None:
    programme, client = filled(), sign_in(Role.AUDITOR)
    close_year(by)
    kept = {each.attachment.name.rpartition(".")[2]: each.attachment.path.read_bytes() for each in reports(programme)}
    assert sorted(kept) == ["docx", "pdf", "xlsx"]
    make_late(programme)
    with ZipFile(io.BytesIO(taken(client, programme))) as pack:
        assert {kind: pack.read(f"form/form.{kind}") for kind in kept} == kept


def reports(programme: Programme) -> list[KeptReport]:
    return list(db.session.scalars(select(KeptReport).where(KeptReport.programme_id == programme.id)))


def test_a_decision_that_a_closed_form_rests_on_needs_a_reason_and_stands_with_the_closing(
    app: Flask, sign_in: SignIn, by: Actor
) -> None:
    programme = filled()
    made = close_year(by)
    client = sign_in(Role.PERFORMANCE)
    address = f"/programmes/{programme.id}/deviations/6"
    typed = {"cause": "问卷回收偏少", "measure": "改用电子问卷"}
    refused = client.post(address, data=typed)
    assert (refused.status_code, "已结账" in refused.text) == (422, True)
    assert client.post(address, data={**typed, "reason": "复核时补充"}).status_code == 303
    [late] = db.session.scalars(select(LateDecision))
    assert (late.closing_id, late.reason) == (made.id, "复核时补充")
    page = client.get(f"/closings/{made.id}").text
    assert "偏差原因和改进措施" in page
    assert "复核时补充" in page


def test_an_open_year_and_a_closed_one_give_packs_that_check_out_and_so_does_one_with_adjustments(
    app: Flask, sign_in: SignIn, by: Actor, tmp_path: Path
) -> None:
    programme = filled()
    close_year(by)
    client = sign_in(Role.AUDITOR)
    assert checked(tmp_path, taken(client, programme))[0] == 0
    make_late(programme)
    content = taken(client, programme)
    code, said = checked(tmp_path, content)
    assert code == 0, said
    assert "漏记一笔" in ZipFile(io.BytesIO(content)).read("manifest.json").decode()


def make_late(programme: Programme, reason: str = "漏记一笔") -> None:
    """A payment that was forgotten, recorded after the closing."""
    with transaction(reason):
        service.pay(
            programme, amount=Decimal("1000"), by=system("test"), paid_on=date(2023, 11, 30), source="fiscal",
            payee_kind="firm", payee="供应单位01", voucher="late", note="",
        )  # fmt: skip


def with_part(manifest: bytes, which: str) -> bytes:
    """The manifest with another sum in its first figure."""
    facts = json.loads(manifest)
    facts["figures"][0][which]["part"] = "15000.00"
    return json.dumps(facts).encode()


EVIDENCE, MANIFEST = "evidence", "manifest.json"
TAMPERED = {
    "a record left out": (EVIDENCE, lambda text: b"\n".join(text.split(b"\n")[:-2]) + b"\n"),
    "an amount changed": (EVIDENCE, lambda text: text.replace(b"3500.00", b"3600.00", 1)),
    "a day changed": (EVIDENCE, lambda text: text.replace(b"2023-12-31", b"2023-12-30", 1)),
    "a record twice": (EVIDENCE, lambda text: text + text.split(b"\n")[1] + b"\n"),
    "a figure changed": (MANIFEST, lambda text: with_part(text, "now")),
    "a reported figure changed": (MANIFEST, lambda text: with_part(text, "reported")),
}


@pytest.mark.parametrize("what", sorted(TAMPERED))
def test_the_script_finds_what_was_changed(app: Flask, sign_in: SignIn, by: Actor, tmp_path: Path, what: str) -> None:
    programme = filled()
    close_year(by)
    content = taken(sign_in(Role.AUDITOR), programme)
    kind, change = TAMPERED[what]
    name = f"evidence/programmes.paid-{programme.id}.tsv" if kind == EVIDENCE else MANIFEST
    changed = rewritten(content, name, change)
    assert changed != rewritten(content, name, bytes), "the change changes nothing"
    code, said = checked(tmp_path, changed)
    assert (code, "NOT AS IT SHOULD BE" in said) == (1, True)


def test_a_file_that_was_put_in_or_taken_out_is_found(app: Flask, sign_in: SignIn, tmp_path: Path) -> None:
    content = taken(sign_in(Role.AUDITOR), filled())
    added = io.BytesIO(content)
    with ZipFile(added, "a") as pack:
        pack.writestr("form/other.docx", b"x")
    assert "form/other.docx" in checked(tmp_path, added.getvalue())[1]


def test_the_packs_of_a_closed_year_are_kept_step_by_step_and_stay_byte_for_byte(
    app: Flask, sign_in: SignIn, by: Actor, tmp_path: Path
) -> None:
    programme = filled()
    client = sign_in(Role.PERFORMANCE)
    assert client.post("/programmes/packs/2023").status_code == 200  # an open year: nothing to keep
    assert db.session.query(KeptPack).count() == 0
    close_year(by)
    for step in range(1, 7):
        assert client.post("/programmes/packs/2023").status_code == 200
        assert db.session.query(KeptPack).count() == step
    assert "data-step>" not in client.get("/programmes/packs/2023").text
    kept = db.session.query(KeptPack).filter_by(programme_id=programme.id).one()
    before = client.get(f"/attachments/{kept.attachment_id}").data
    code, said = checked(tmp_path, before)
    assert (code, kept.manifest_sha256 in said) == (0, True)
    make_late(programme)
    assert client.get(f"/attachments/{kept.attachment_id}").data == before
    assert checked(tmp_path, taken(client, programme))[0] == 0


def test_those_who_may_not_see_all_records_get_no_pack(app: Flask, sign_in: SignIn) -> None:
    programme = filled()
    for address in (
        "/programmes/packs/2023",
        f"/programmes/{programme.id}/pack",
        f"/programmes/{programme.id}/pack.zip",
    ):
        assert sign_in(Role.LIAISON).get(address).status_code == 403
        assert sign_in(Role.LEADER).get(address).status_code == 200
    assert sign_in(Role.LEADER).post("/programmes/packs/2023").status_code == 403
    assert sign_in(Role.LEADER).get("/programmes/9999/pack").status_code == 404
