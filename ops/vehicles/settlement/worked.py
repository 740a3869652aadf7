"""How the amount of a line came about: the terms of its tariff and what they come to. Pure but for the words."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from flask_babel import gettext as _

from .models import Method, StatementLine, Tariff
from .rules import Use, price

HOUR = 60


class Term(NamedTuple):
    """One product of the sum, in words and in yuan before rounding."""

    words: str
    amount: Decimal


@dataclass(frozen=True)
class Worked:
    """`terms` add up to `total`, rounded to the fen; those aboard share it; `line` is as it was frozen."""

    line: StatementLine
    tariff: Tariff
    terms: Sequence[Term]
    total: Decimal

    @property
    def told(self) -> str:
        """In one line: 1 day × 300.00 + 20 km over × 1.50 = 330.00 yuan, of it 2/5 by people."""
        shared = _(", of it %(share)s by people", share=self.line.share) if self.line.share else ""
        total = _("%(amount)s yuan", amount=f"{self.total:,.2f}")
        return f"{' + '.join(each.words for each in self.terms)} = {total}{shared}"


def work_out(line: StatementLine, tariff: Tariff, use: Use) -> Worked:
    """By the very tariff and kilometres that the line was issued with."""
    terms = _by_km(tariff, use) if tariff.method == Method.BY_KM else _day_hire(tariff, use)
    return Worked(line, tariff, terms, price(tariff, use))


def _by_km(tariff: Tariff, use: Use) -> list[Term]:
    """A short trip is charged as its least kilometres, and says so."""
    charged = max(use.kilometres, tariff.least_km)
    near = min(charged, tariff.far_from) if tariff.far_from else charged
    terms = [Term(_("%(km)s km × %(price)s", km=near, price=tariff.km_price), near * tariff.km_price)]
    if far := charged - near:
        terms.append(Term(_("%(km)s km × %(price)s", km=far, price=tariff.far_price), far * tariff.far_price))
    if charged > use.kilometres:
        terms[0] = Term(_("at least %(km)s km: ", km=charged) + terms[0].words, terms[0].amount)
    return terms


def _day_hire(tariff: Tariff, use: Use) -> list[Term]:
    """What is beyond the kilometres and hours of the days is an overrun; a trip over midnight has none of time."""
    terms = [Term(_("%(days)s days × %(price)s", days=use.days, price=tariff.day_price), use.days * tariff.day_price)]
    if (over := use.kilometres - use.days * tariff.base_km) > 0 and tariff.km_price:
        terms.append(Term(_("%(km)s km over × %(price)s", km=over, price=tariff.km_price), over * tariff.km_price))
    minutes = use.minutes - HOUR * tariff.base_hours if use.days == 1 else 0
    if minutes > 0 and tariff.hour_price:
        said = _("%(minutes)s minutes over × %(price)s an hour", minutes=minutes, price=tariff.hour_price)
        terms.append(Term(said, Decimal(minutes) / HOUR * tariff.hour_price))
    return terms
