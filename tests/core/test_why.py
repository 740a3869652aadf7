"""A one-button deed in a closed period: there is a place to say why."""

from flask import Flask

from ops.core.errors import Rejected
from ops.core.forms import Deed
from ops.core.page import refused
from ops.core.shell import exact, signed


def test_the_page_asks_why_and_carries_along_what_was_sent(app: Flask) -> None:
    with app.test_request_context("/programmes/1/bindings", method="POST", data={"row": "3"}):
        form = Deed()
        form.validate()
        form.refuse(Rejected("2023 已结账", "reason"))
        answer = refused(form, "programmes.programmes")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert '<input type="hidden" name="row" value="3">' in text
    assert 'name="reason"' in text
    assert "2023 已结账" in text


def test_any_other_refusal_leads_back_to_the_page(app: Flask) -> None:
    with app.test_request_context("/programmes/1/bindings", method="POST"):
        form = Deed()
        form.validate()
        form.refuse(Rejected("不可以"))
        answer = refused(form, "programmes.programmes")
    assert (answer.status_code, answer.location) == (303, "/programmes")


def test_numbers_are_shown_without_trailing_zeros_and_changes_with_their_sign() -> None:
    assert [exact(1084), signed(1), signed(-2), signed(0)] == ["1084", "+1", "−2", "0"]
