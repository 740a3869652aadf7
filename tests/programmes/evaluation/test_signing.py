"""Signatures: in order, each by another person, for exactly the content that was shown; files kept byte for byte."""

import hashlib
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.demo import DemoYear
from ops.core.errors import Rejected
from ops.core.period import month, year
from ops.indicators import closing
from ops.people.roles import Role
from ops.programmes import service as programmes
from ops.programmes.evaluation import demo, queries, service, signing_service, together
from ops.programmes.evaluation.models import FormSignature, KeptReport
from ops.programmes.evaluation.permissions import Permission
from ops.programmes.evaluation.signing import Standing, standing
from ops.programmes.evaluation.together import in_reach
from ops.programmes.models import Programme
from ops.programmes.queries import programmes as all_programmes
from tests.app_fixtures import SignIn
from tests.programmes.evaluation.full import full_programme
from tests.programmes.factories import enter_figure, make_payment

STEPS = {"filled": Permission.FORM_FILL, "checked": Permission.FORM_CHECK, "approved": Permission.FORM_APPROVE}


def signer(step: str, name: str | None = None) -> Actor:
    return Actor(None, name or f"签署人-{step}", permissions=frozenset({STEPS[step], Permission.FORM_SIGN}))


def sign(programme: Programme, step: str, by: Actor | None = None, content_hash: str | None = None) -> FormSignature:
    shown = content_hash or standing(programme).content_hash
    with transaction():
        return signing_service.sign(programme, step, shown, by or signer(step))


def signed_by_all() -> Programme:
    programme = full_programme()
    for step in STEPS:
        sign(programme, step)
    return programme


def states(found: Standing) -> list[str]:
    return ["signed" if each.signature else "stale" if each.stale else "open" for each in found.steps]


def refusal(programme: Programme, step: str, **given: Any) -> str:
    before = db.session.scalar(select(func.count()).select_from(FormSignature))
    with pytest.raises(Rejected) as refused:
        sign(programme, step, **given)
    assert db.session.scalar(select(func.count()).select_from(FormSignature)) == before
    return str(refused.value.message)


def test_the_steps_are_signed_in_their_order(app: Flask) -> None:
    programme = full_programme()
    assert refusal(programme, "checked") == "下一环节是“填报”。"
    sign(programme, "filled")
    assert refusal(programme, "filled", by=signer("filled", "他人")) == "下一环节是“财务核对资金”。"
    sign(programme, "checked")
    sign(programme, "approved")
    assert states(standing(programme)) == ["signed"] * 3
    assert refusal(programme, "approved", by=signer("approved", "他人")) == "自评表已全部签署。"


def test_a_form_is_in_reach_of_those_whose_signature_may_be_the_next(app: Flask) -> None:
    programme = full_programme()

    def reach() -> list[str]:
        return [step for step in STEPS if in_reach([programme], signer(step))]

    assert reach() == ["filled"]
    sign(programme, "filled")
    given = sign(programme, "checked")
    assert reach() == ["filled", "checked", "approved"], "a change may ask for each of them anew"
    with transaction():
        signing_service.withdraw(given, "有误", signer("checked"))
    assert reach() == ["filled", "checked"]
    assert in_reach([programme], Actor(None, "旁人")) == []


def test_the_start_page_counts_no_form_that_its_reader_could_not_sign_next(
    app: Flask, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    programme, counted = full_programme(), []
    monkeypatch.setattr(together, "standing", lambda each: counted.append(each.id) or standing(each))
    leader = sign_in(Role.LEADER)
    assert "待签署的自评表" not in leader.get("/").text
    assert counted == []
    sign(programme, "filled")
    sign(programme, "checked")
    assert f"{programme.name} · 待领导审定" in leader.get("/").text
    assert counted == [programme.id]


def test_nobody_signs_twice_nor_for_another_role(app: Flask) -> None:
    programme = full_programme()
    both = Actor(None, "兼任", permissions=frozenset({*STEPS.values(), Permission.FORM_SIGN}))
    sign(programme, "filled", both)
    assert "您已签署过本表" in refusal(programme, "checked", by=both)
    assert "应由其他岗位签署" in refusal(programme, "checked", by=signer("approved"))


def test_nobody_signs_a_page_that_is_out_of_date(app: Flask) -> None:
    programme = full_programme()
    shown = standing(programme).content_hash
    enter_figure(programme.indicators[4], "98", "%")
    assert "自评表已有变化" in refusal(programme, "filled", content_hash=shown)


def test_a_form_with_errors_is_not_signed(app: Flask) -> None:
    programme = full_programme()
    enter_figure(programme.indicators[1], "89", "%")
    assert refusal(programme, "filled") == "审核发现1处错误，改正后方可签署。"


def test_a_later_change_leaves_the_signatures_uncovering_until_they_are_given_anew(app: Flask, by: Actor) -> None:
    programme = signed_by_all()
    enter_figure(programme.indicators[4], "97", "%")
    assert states(standing(programme)) == ["stale"] * 3
    assert standing(programme).signed == []
    sign(programme, "filled")
    assert states(standing(programme)) == ["signed", "stale", "stale"]
    enter_figure(programme.indicators[4], "96", "%")
    with transaction():
        service.explain(programme, 0, "无", "无", by)
    assert "signed" not in states(standing(programme))


def test_the_same_values_entered_again_with_another_proof_are_another_content(app: Flask) -> None:
    programme = signed_by_all()
    enter_figure(programme.indicators[4], "96", "%")
    assert states(standing(programme)) == ["stale"] * 3


def test_a_weight_a_definition_and_a_rule_are_part_of_what_is_signed(app: Flask, by: Actor) -> None:
    programme = full_programme()
    hashes = {standing(programme).content_hash}
    with transaction():
        programmes.define(programme.indicators[0], "另一口径", by)
    hashes.add(standing(programme).content_hash)
    weights = queries.weights(programme)
    first, second = programme.indicators[0].id, programme.indicators[1].id
    with transaction():
        service.weigh(programme, weights | {first: weights[first] + 1, second: weights[second] - 1}, "重点", by)
    hashes.add(standing(programme).content_hash)
    with transaction():
        given = {"excellent": "95", "good": "80", "fair": "60"}
        service.revise("grade_bands", given, date(2023, 1, 1), "区财政局通知", "第五条", "", True, by)
    hashes.add(standing(programme).content_hash)
    assert len(hashes) == 4


def test_a_signature_is_withdrawn_with_its_reason_by_who_gave_it_the_last_first(app: Flask) -> None:
    programme = signed_by_all()
    first, _second, last = queries.signatures(programme)
    for signature, actor, words in (
        (first, signer("filled"), "应先撤回后续签署"),
        (last, signer("approved", "他人"), "本人撤回"),
    ):
        with pytest.raises(Rejected, match=words), transaction():
            signing_service.withdraw(signature, "有误", actor)
    with pytest.raises(Rejected, match="请填写原因"), transaction():
        signing_service.withdraw(last, "  ", signer("approved"))
    with transaction():
        signing_service.withdraw(last, "有误", signer("approved"))
    assert states(standing(programme)) == ["signed", "signed", "open"]
    with pytest.raises(Rejected, match="已撤回"), transaction():
        signing_service.withdraw(last, "有误", signer("approved"))
    sign(programme, "approved")
    assert len(queries.signatures(programme)) == 4


def test_the_last_signature_keeps_the_files_and_nothing_moves_them(app: Flask) -> None:
    programme = signed_by_all()
    kept = queries.kept_reports(programme)
    assert [each.attachment.name.rpartition(".")[2] for each in kept] == ["docx", "xlsx", "pdf"]
    contents = [each.attachment.path.read_bytes() for each in kept]
    assert [hashlib.sha256(each).hexdigest() for each in contents] == [each.attachment.sha256 for each in kept]
    assert contents == [signing_service.render(standing(programme), kind) for kind in ("docx", "xlsx", "pdf")]
    enter_figure(programme.indicators[4], "97", "%")
    assert [each.attachment.path.read_bytes() for each in queries.kept_reports(programme)] == contents
    assert signing_service.render(standing(programme), "pdf") != contents[2]


def test_closing_the_year_keeps_the_reports_once_and_a_later_change_leaves_them(app: Flask, by: Actor) -> None:
    programme = signed_by_all()
    with transaction():
        closing.close(month(2023, 1), by)
    assert {each.occasion for each in queries.kept_reports(programme)} == {"signed"}
    with transaction():
        signing_service.keep_report(programme, 2023, by)
        assert signing_service.keep_report(programme, 2023, by) == []
    closed = [each for each in queries.kept_reports(programme) if each.occasion == "closed"]
    contents = [each.attachment.path.read_bytes() for each in closed]
    assert len(contents) == 3
    enter_figure(programme.indicators[4], "97", "%")
    with transaction():
        assert len(signing_service.keep_report(programme, 2023, by)) == 3
    assert [each.attachment.path.read_bytes() for each in closed] == contents
    with pytest.raises(ValueError, match="2023"):
        signing_service.keep_report(programme, 2022, by)


def test_the_closing_of_a_year_keeps_every_programme(app: Flask, by: Actor) -> None:
    programme = full_programme()
    make_payment(programme, "1", paid_on=date(2023, 12, 31))
    made = closing.Closing(first=year(2023).first, last=year(2023).last)
    with transaction():
        signing_service.keep_closed(made, by)
    rows = db.session.scalars(select(KeptReport)).all()
    assert {each.occasion for each in rows} == {"closed"}
    assert len(rows) == 18


def test_each_role_signs_on_the_page_and_the_leader_last(app: Flask, sign_in: SignIn) -> None:
    programme = full_programme()
    address = f"/programmes/{programme.id}/signatures"
    clients = [sign_in(role) for role in (Role.PERFORMANCE, Role.FINANCE, Role.LEADER)]
    assert 'name="content_hash"' not in clients[2].get(address).text
    for client, step in zip(clients, STEPS, strict=True):
        page = client.get(address).text
        assert 'name="content_hash"' in page
        data = {"step": step, "content_hash": standing(programme).content_hash}
        assert client.post(address, data=data).status_code == 303
        refused = client.post(address, data=data)
        assert refused.status_code == 422
        assert "未签署" in refused.text
    page = clients[2].get(address).text
    assert "留存文件" in page
    assert page.count("全部签署") >= 3
    assert "已全部签署" in clients[0].get(f"/programmes/{programme.id}/evaluation").text
    assert_the_leader_takes_it_back(clients[2], programme)


def assert_the_leader_takes_it_back(leader: FlaskClient, programme: Programme) -> None:
    signature = queries.signatures(programme)[-1]
    address = f"/programmes/signatures/{signature.id}/withdrawal"
    assert leader.get(address).status_code == 200
    assert leader.post(address, data={"because": ""}).status_code == 422
    assert leader.post(address, data={"because": "再核一次"}).status_code == 303
    assert "再核一次" in leader.get(f"/programmes/{programme.id}/signatures").text


def test_those_without_a_step_do_not_sign(app: Flask, sign_in: SignIn) -> None:
    programme = full_programme()
    address = f"/programmes/{programme.id}/signatures"
    signature = sign(programme, "filled")
    for role in (Role.AUDITOR, Role.ADMINISTRATOR):
        client = sign_in(role)
        assert client.get(address).status_code == 200
        assert client.post(address).status_code == 403
        assert client.post(f"/programmes/signatures/{signature.id}/withdrawal").status_code == 403
    assert sign_in(Role.CANTEEN).get(address).status_code == 403


def test_the_start_page_tells_each_signer_what_waits_for_him(app: Flask, sign_in: SignIn) -> None:
    programme = full_programme()
    assert "待签署的自评表" in sign_in(Role.PERFORMANCE).get("/").text
    assert f"{programme.name} · 待填报" in sign_in(Role.PERFORMANCE).get("/").text
    assert "待签署的自评表" not in sign_in(Role.FINANCE).get("/").text
    sign(programme, "filled")
    finance = sign_in(Role.FINANCE)
    assert f"{programme.name} · 待财务核对资金" in finance.get("/").text
    finance.post("/language", data={"language": "en"})
    assert f"{programme.name} · the money to be checked" in finance.get("/").text
    assert "待签署的自评表" not in sign_in(Role.PERFORMANCE).get("/").text


def test_the_demo_year_shows_forms_signed_so_far_and_in_full(app: Flask) -> None:
    programme = full_programme()
    for _again in range(2):
        with transaction():
            demo.make(DemoYear(2023, []))
    assert states(standing(programme)) == ["signed"] * 3
    assert len(queries.kept_reports(programme)) == 3
    others = [each for each in all_programmes(2023) if each.id != programme.id]
    assert [list(queries.signatures(each)) for each in others] == [[]] * 5
