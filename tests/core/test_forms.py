"""Fields: what is typed is read exactly or refused in words, never in an error page."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask, render_template_string
from flask_babel import force_locale, lazy_gettext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from ops.core.errors import Rejected
from ops.core.forms import ChoiceOf, Form, MomentField, QuantityField, choices


class Sample(Form):
    number = QuantityField("number", places=2, least=0, most=1000)
    maybe = QuantityField("maybe", required=False)
    at = MomentField("at")
    choice = ChoiceOf("choice")
    perhaps = ChoiceOf("perhaps", required=False)


GOOD = {"number": "3.50", "at": "2023-05-09T08:30", "choice": "1"}


def typed(**values: str) -> Sample:
    form = Sample(MultiDict({**GOOD, **values}), meta={"csrf": False})
    form.choice.choices = form.perhaps.choices = choices([(1, "a"), (2, "b")])
    form.validate()
    return form


def test_what_is_right_is_read_exactly(app: Flask) -> None:
    form = typed()
    assert form.errors == {}
    assert (form.number.data, form.maybe.data) == (Decimal("3.50"), None)
    assert (form.at.data, form.choice.data, form.perhaps.data) == (datetime(2023, 5, 9, 8, 30), 1, None)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("number", wrong) for wrong in ("", " ", "两", "1.005", "-1", "1000.01", "--1")),
        *(("number", wrong) for wrong in ("NaN", "sNaN", "Infinity", "1e400", "1e999999")),
        *(("maybe", wrong) for wrong in ("x", "0.5", "1e30")),
        *(("at", wrong) for wrong in ("", "2023-02-30T08:00", "1999-01-01T00:00", "9999-01-01T00:00", "morning")),
        *(("choice", wrong) for wrong in ("", "3", "None", "x", "1 OR 1", "9" * 40)),
        *(("perhaps", wrong) for wrong in ("3", "None", "x")),
    ],
)
def test_what_is_wrong_is_refused_beside_its_field_once_and_kept(app: Flask, field: str, value: str) -> None:
    with app.test_request_context():
        form = typed(**{field: value})
        assert list(form.errors) == [field]
        assert len(form.errors[field]) == 1
        assert all(str(message) for message in form.errors[field])
        if field in ("number", "maybe", "at"):
            assert form[field]._value() == value


def test_a_number_is_refused_for_what_is_wrong_with_it(app: Flask) -> None:
    with app.test_request_context():
        for field, value, said in (
            ("number", "9" * 25, "Enter a number from 0 to 1000."),
            ("maybe", "2.5", "Write it as a whole number."),
            ("number", "1.005", "At most 2 decimal places."),
        ):
            with force_locale("en"):
                assert [str(message) for message in typed(**{field: value}).errors[field]] == [said]


@pytest.mark.parametrize("value", ["1,000", " 12 ", "１２", "0", "12.00"])
def test_a_number_may_be_written_as_people_write_it(app: Flask, value: str) -> None:
    assert typed(number=value).errors == {}


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=30))
def test_nothing_typed_ends_in_an_error(app: Flask, value: str) -> None:
    form = typed(number=value, maybe=value, at=value, choice=value, perhaps=value)
    read: list[Any] = [form.number.data, form.maybe.data]
    assert form.errors or all(each is None or each.is_finite() for each in read)


def test_what_somebody_typed_is_never_markup_in_a_lazy_sentence(app: Flask) -> None:
    said = lazy_gettext("%(column)s: %(words)s", column="<meta http-equiv=refresh>", words="x")
    form = typed()
    form.refuse(Rejected(said, "number"))
    with app.test_request_context():
        shown = render_template_string("{{ said }} {{ form.number.errors | join }}", said=said, form=form)
    assert "<meta" not in shown
    assert shown.count("&lt;meta") == 2
