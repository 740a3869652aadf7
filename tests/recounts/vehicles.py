"""The vehicles' figures, counted by hand."""

from ops.vehicles.hire_models import Hire, HiredTrip, HireVoid
from ops.vehicles.models import Departure, Dispatch, DispatchCancellation, TripReturn, Vehicle
from ops.vehicles.register_models import ReformUnit, TransferVoid, VehicleTransfer
from tests.recounts.counted import Counted, rows


def dispatches() -> list[Counted]:
    cancelled = {row.dispatch_id for row in rows(DispatchCancellation)}
    return [Counted(row.day) for row in rows(Dispatch) if row.id not in cancelled]


def kilometres() -> list[Counted]:
    started = {row.dispatch_id: row.odometer for row in rows(Departure)}
    return [Counted(row.day, row.odometer - started[row.dispatch_id]) for row in rows(TripReturn)]


def returns_on_time() -> list[Counted]:
    due = {row.id: row.due_at for row in rows(Dispatch)}
    return [Counted(row.day, int(row.at <= due[row.dispatch_id])) for row in rows(TripReturn)]


def on_register() -> list[Counted]:
    gone = [Counted(row.deregistered_on, -1) for row in rows(Vehicle) if row.deregistered_on]
    return [Counted(row.registered_on) for row in rows(Vehicle)] + gone


def transferred() -> list[Counted]:
    void = {row.transfer_id for row in rows(TransferVoid)}
    return [Counted(row.day, member=row.vehicle_id) for row in rows(VehicleTransfer) if row.id not in void]


def institutions() -> list[Counted]:
    return _under_reform("institution")


def enterprises() -> list[Counted]:
    return _under_reform("enterprise")


def _under_reform(kind: str) -> list[Counted]:
    members = [row for row in rows(ReformUnit) if row.kind == kind]
    return [Counted(row.from_on) for row in members] + [Counted(row.to_on, -1) for row in members if row.to_on]


def hired_activities() -> list[Counted]:
    void = {row.hire_id for row in rows(HireVoid)}
    return [Counted(row.day) for row in rows(Hire) if row.id not in void]


def hired_trips() -> list[Counted]:
    """On the activity's day, whatever day the trip's own row says."""
    void, days = {row.hire_id for row in rows(HireVoid)}, {row.id: row.day for row in rows(Hire)}
    return [Counted(days[row.hire_id]) for row in rows(HiredTrip) if row.hire_id not in void]
