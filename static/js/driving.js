// The driver's page: what is typed is kept, a press puts it into the outbox, the outbox says what is waiting.
import { empty, focusOn, formOf, forms, isAnew, keep, putBack } from "./driving-forms.js";
import { asks, fresh, isHeld, send } from "./driving-outbox.js";
import { shrink } from "./driving-photo.js";
import { drop, put, waiting } from "./driving-store.js";
import "./driving-kept.js";

const panel = document.getElementById("outbox");
const word = (name) => panel.dataset[`word${name}`];
const made = (tag, className, textContent) => Object.assign(document.createElement(tag), { className, textContent });
const button = (className, words, deed) => {
  const one = Object.assign(made("button", className, words), { type: "button" });
  one.addEventListener("click", deed);
  return one;
};
const discard = async (entry) => {
  await drop(entry.key);
  const form = formOf(entry);
  if (form?.dataset.replaces === entry.key) empty(form);
  await show();
  await deliver();
};
// Which time will count: as it was typed, or when it was pressed by the clock that the driver sees.
const timeOf = ({ fields, order }) => fields.at?.slice(11) || new Date(order).toLocaleTimeString("zh", { hour: "2-digit", minute: "2-digit" });
const line = (entry, all) => {
  const one = document.createElement("li");
  one.append(made("span", "", `${entry.label} ${timeOf(entry)}`));
  if (entry.refused) {
    one.append(made("span", "wrong", entry.refused === "gone" ? word("Gone") : entry.refused));
    const edit = () => { putBack(entry, true); focusOn(entry); };
    if (formOf(entry)) one.append(button("button primary", word(asks(entry) ? "Answer" : "Correct"), edit));
    one.append(button("button", word("Discard"), () => discard(entry)));
  } else if (isHeld(entry, all)) one.append(made("span", "quiet", word("Held")));
  return one;
};
const show = async ({ heard = false, signedOut = false } = {}) => {
  const left = await waiting();
  const online = navigator.onLine;
  panel.hidden = !left.length && online && !heard;
  panel.classList.toggle("is-sent", !left.length && online);
  const told = [];
  if (!online) told.push(word("Offline"));
  else if (signedOut) told.push(word("SignedOut"));
  if (left.some(asks)) told.push(word("Asked"));
  else if (left.length) told.push(word(left.some((entry) => entry.refused) ? "Refused" : "Waiting"));
  else if (online) told.push(word("Sent"));
  const list = document.createElement("ul");
  list.append(...left.map((entry) => line(entry, left)));
  panel.replaceChildren(...told.map((text) => made("p", "", text)), list);
  left.filter((entry) => entry.refused).forEach((entry) => putBack(entry));
};
// Trips of which something was accepted, as the office has them now; what is typed in them and not pressed stays.
const redraw = async (addresses) => {
  const page = await fresh();
  if (!page) return;
  const changed = forms().filter((form) => addresses.includes(form.action)).map((form) => form.closest("[data-drive]"));
  for (const trip of new Set(changed)) {
    const now = page.querySelector(`[data-drive="${trip.dataset.drive}"]`);
    if (!now) trip.remove();
    else {
      trip.replaceWith(now);
      now.querySelectorAll("form[data-outbox]").forEach(start);
    }
  }
};
const deliver = async () => {
  const result = await send();
  if (result.accepted.length) await redraw(result.accepted);
  await show(result);
};

const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((each) => each.toString(16).padStart(2, "0")).join("");
const press = async (form) => {
  const all = [...new FormData(form)];
  const fields = Object.fromEntries(all.filter(([, value]) => typeof value === "string"));
  const before = (await waiting()).find((entry) => entry.key === form.dataset.replaces || isAnew(form, entry));
  const photo = (await shrink(form.elements.photo?.files[0])) ?? before?.photo ?? null;
  const { key, order, turn } = before ?? { key: form.dataset.replaces ?? newKey(), order: Date.now(), turn: 0 };
  await put({ key, order, turn: (turn ?? 0) + 1, address: form.action, label: form.dataset.label, photo, fields });
  form.closest("details").open = false;
  empty(form);
  await show();
  await deliver();
};
const start = (form) => {
  keep(form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.dataset.taken) return;
    form.dataset.taken = "yes";
    await press(form);
    delete form.dataset.taken;
  });
  form.querySelector("button[disabled]").disabled = false;
};
forms().forEach(start);
addEventListener("online", deliver);
addEventListener("offline", () => show());
setInterval(async () => { if ((await waiting()).some((entry) => !entry.refused)) deliver(); }, 15000);
show().then(deliver);
