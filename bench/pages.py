"""Pages through the real server, signed in, against the emptiest signed-in page of the same server."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from ops.core import clock
from tests.server import Visitor, at_once

from .measuring import Line, in_turns, seconds

EMPTY = "/closings"  # a signed-in page whose table is empty in the demo years
LOOKED_AT = {
    "start page of the dispatcher": ("dispatcher", "/"),
    "start page of the performance officer": ("performance", "/"),
    "list of car requests, 1,400 of them": ("dispatcher", "/vehicles/requests"),
    "list of meetings, 4,000 of them": ("meeting", "/meetings"),
    "all figures of 2023": ("leader", "/figures?period=2023"),
    "a figure with its twelve months": ("leader", "/figures/canteen.meals?period=2023"),
    "first page of evidence of 700,000 meals": ("leader", "/figures/canteen.meals/evidence?period=2023"),
    "programmes at a glance, in July": ("leader", "/programmes/glance?year=2023&month=7"),
    "curves of a programme's indicators": ("leader", "/programmes/2/curves?month=7"),
    "monitoring sheet of a programme": ("leader", "/programmes/2/monitoring/7"),
    "monitoring of a year's programmes": ("leader", "/programmes/monitoring?year=2023&month=7"),
    "money of a programme": ("leader", "/programmes/2/funds?month=7"),
    "self-evaluation of a programme": ("leader", "/programmes/2/evaluation"),
    "narrative of 2022": ("leader", "/programmes/narrative/2022"),
}
# what a page of programmes may take of an empty one; the others are for information
BOUNDS = {
    "start page of the performance officer": 30,
    "programmes at a glance, in July": 20,
    "curves of a programme's indicators": 15,
    "monitoring sheet of a programme": 12,
    "monitoring of a year's programmes": 15,
    "money of a programme": 6,
    "self-evaluation of a programme": 10,
    "narrative of 2022": 15,
}
CLIENTS, ROUNDS = 4, 60


def visitor(base: str, role: str) -> Visitor:
    """Somebody who came in by the demo's one click."""
    came = Visitor(base)
    came.get("/sign-in")
    if came.post("/demo-sign-in", {"role": role}).status != 303:
        raise RuntimeError(f"no demo user {role}")
    return came


def latencies(base: str) -> Iterator[Line]:
    reader = visitor(base, "leader")
    for what, (role, path) in LOOKED_AT.items():
        yield Line(f"{what} ÷ empty page", against_empty(visitor(base, role), path, reader), BOUNDS.get(what))


def requests_for_cars(base: str) -> Iterator[Line]:
    """Requests recorded through their page by four clients, as a share of what the empty page gives the same four."""
    clients = [visitor(base, "dispatcher") for _client in range(CLIENTS)]
    for each in clients:
        each.get("/vehicles/requests/new")
    readers = [visitor(base, "leader") for _client in range(CLIENTS)]
    typed = {"unit_id": 1, "purpose": "测速", "destination": "市区", "people": 2}
    typed |= {"contact": "测速", "phone": "0315-0000000", "again": "y"}
    day = clock.today() + timedelta(days=7)
    day += timedelta(days=(1 - day.weekday()) % 7)  # a Tuesday ahead
    typed |= {"starts_at": f"{day}T08:00", "ends_at": f"{day}T10:00"}

    def ask(_round: int, runner: int) -> int:
        return clients[runner].post("/vehicles/requests/new", typed).status

    wrong = [code for codes in at_once(CLIENTS, 1, ask) for code in codes if code != 303]
    if wrong:
        raise RuntimeError(f"a request for a car was refused: {wrong}")
    recorded = seconds(lambda: at_once(CLIENTS, ROUNDS, ask), 3)
    looked = seconds(lambda: at_once(CLIENTS, ROUNDS, lambda _round, runner: readers[runner].get(EMPTY).status), 3)
    yield Line("requests for cars recorded a second, 4 clients ÷ empty pages a second", looked / recorded)


def against_empty(who: Visitor, path: str, reader: Visitor | None = None) -> float:
    """The page ÷ the empty page, each asked in turn, so that a busy moment meets both; `reader` opens the empty one."""
    asked = ((reader or who, EMPTY), (who, path))
    for each, where in asked:
        if (answer := each.get(where)).status != 200:
            raise RuntimeError(f"{where} answered {answer.status}")
    empty, page = in_turns(*(partial(each.get, where) for each, where in asked), runs=25)
    return page / empty
