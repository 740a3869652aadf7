// One change to the services, by the same door as a machine's; and the refusal beside the bar.
const asked = (change) => {
  const { element: { dataset }, dialog, state: { scale, board } } = change;
  const field = (name) => dialog.querySelector(`[name=${name}]`).value;
  const allowed = { limits_reason: field("limits_reason"), leave_by: field("leave_by"), leave_reason: field("leave_reason") };
  const seen = { seen: dataset.seen, reason_given: field("reason_given"), ...allowed };
  if (change.kind === "assign") {
    const second = Number(field("second_driver_id")) || null;
    const given = { vehicle_id: Number(field("vehicle_id")), driver_id: Number(field("driver_id")), second_driver_id: second, ...allowed };
    return [`requests/${dataset.request}/dispatch`, given];
  }
  if (change.kind === "extend") {
    const oral = { oral_by: field("oral_by"), oral_at: field("oral_at") || null };
    return [`dispatches/${dataset.trip}/extension`, { due_at: scale.moment(change.to), ...seen, ...oral }];
  }
  const given = { vehicle_id: Number(dataset.car), driver_id: Number(dataset.driver) };
  given[board.dataset.rows === "cars" ? "vehicle_id" : (dataset.seat ?? "driver_id")] = Number(change.row.dataset.row);
  const time = { starts_at: scale.moment(change.from), ends_at: scale.moment(change.to) };
  return [`dispatches/${dataset.trip}/move`, { ...given, ...time, ...seen }];
};

// Null when it is done, else why it is not: the words of the rule and its field, or `unheard` when nobody answered.
export const post = async (change, unheard) => {
  const [address, body] = asked(change);
  const token = document.querySelector("meta[name=csrf-token]").content;
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  try {
    const answer = await fetch(`/api/vehicles/${address}`, { method: "POST", headers, body: JSON.stringify(body) });
    if (answer.ok) return null;
    const { message, field } = await answer.json();
    return { message: message || String(answer.status), field };
  } catch {
    return { message: unheard };
  }
};

export const note = (box, message) => {
  const said = Object.assign(document.createElement("p"), { className: "board-refusal", textContent: message });
  said.setAttribute("role", "alert");
  said.style.top = `${box.bottom + scrollY + 4}px`;
  said.style.left = `${Math.max(8, Math.min(box.left, innerWidth - 420))}px`;
  document.querySelector(".board-refusal")?.remove();
  document.body.append(said);
  for (const heard of ["pointerdown", "keydown"]) addEventListener(heard, () => said.remove(), { once: true });
};
