"""What the sign-in page and the permissions say of a role agree."""

from flask import Flask

from ops.people.roles import ROLE_HINTS, Role


def test_the_finance_supervision_reads_what_its_hint_says(app: Flask) -> None:
    """Every record that the auditor reads, but neither where cars were nor the deeds of the house."""
    grants = app.extensions["ledger"].grants
    kept_from = set(grants[Role.AUDITOR]) - set(grants[Role.FINANCE_WATCH])
    assert {each.rpartition(":")[0] for each in kept_from} == {
        "vehicles:track", "vehicles:look", "admin:audit", "admin:matrix",
    }  # fmt: skip
    with app.test_request_context():
        hint = str(ROLE_HINTS[Role.FINANCE_WATCH])
    assert "各项业务记录" in hint
    assert "行车轨迹、审计记录除外" in hint
