// The driver's page: what is typed is kept, a press puts it into the outbox, the outbox says what is waiting.
import { empty, formOf, forms, keep, putBack } from "./driving-forms.js";
import { asks, drop, put, send, shrink, waiting } from "./driving-outbox.js";

const panel = document.getElementById("outbox");
const word = (name) => panel.dataset[`word${name}`];
const correcting = (entry) => {
  const form = formOf(entry);
  if (!form) return [];
  const again = Object.assign(document.createElement("button"), { className: "button primary", type: "button", textContent: word(asks(entry) ? "Answer" : "Correct") });
  again.addEventListener("click", () => {
    putBack(entry);
    form.closest("details").open = true;
    form.querySelector("[data-question]:not([hidden]) select, input:not([type=hidden])").focus();
  });
  return [again];
};
const line = (entry) => {
  const made = document.createElement("li");
  made.append(entry.label);
  if (entry.refused) {
    const why = Object.assign(document.createElement("span"), { className: "wrong", textContent: entry.refused });
    const away = Object.assign(document.createElement("button"), { className: "button", type: "button", textContent: word("Discard") });
    away.addEventListener("click", async () => {
      await drop(entry.key);
      const form = formOf(entry);
      if (form?.dataset.replaces === entry.key) empty(form);
      await show();
      await deliver();
    });
    made.append(why, ...correcting(entry), away);
  }
  return made;
};
const show = async (sent = false) => {
  const left = await waiting();
  panel.hidden = !left.length && navigator.onLine && !sent;
  panel.classList.toggle("is-sent", !left.length && navigator.onLine);
  const told = [];
  if (!navigator.onLine) told.push(word("Offline"));
  if (left.some(asks)) told.push(word("Asked"));
  else if (left.length) told.push(word(left.every((entry) => entry.refused) ? "Refused" : "Waiting"));
  else if (navigator.onLine) told.push(word("Sent"));
  const list = document.createElement("ul");
  list.append(...left.map(line));
  panel.replaceChildren(...told.map((text) => Object.assign(document.createElement("p"), { textContent: text })), list);
  left.filter((entry) => asks(entry) && formOf(entry)).forEach(putBack);
};
const deliver = async () => {
  const heard = await send();
  await show(heard);
  if (heard && !(await waiting()).length) location.reload();
};

const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((each) => each.toString(16).padStart(2, "0")).join("");
const now = () => { const at = new Date(); at.setMinutes(at.getMinutes() - at.getTimezoneOffset()); return at.toISOString().slice(0, 16); };
for (const form of forms) {
  keep(form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.dataset.taken) return;
    form.dataset.taken = "yes";
    const all = [...new FormData(form)];
    const fields = Object.fromEntries(all.filter(([, value]) => typeof value === "string"));
    const before = (await waiting()).find((entry) => entry.key === form.dataset.replaces);
    const photo = (await shrink(form.elements.photo?.files[0])) ?? before?.photo ?? null;
    const at = before && before.field !== "at" ? before.fields.at : now();
    const { key, order } = before ?? { key: newKey(), order: Date.now() };
    await put({ key, order, address: form.action, label: form.dataset.label, photo, fields: { ...fields, at } });
    form.closest("details").open = false;
    empty(form);
    delete form.dataset.taken;
    await show();
    await deliver();
  });
  form.querySelector("button[disabled]").disabled = false;
}
addEventListener("online", deliver);
addEventListener("offline", () => show());
setInterval(async () => { if ((await waiting()).some((entry) => !entry.refused)) deliver(); }, 15000);
show().then(deliver);

if (navigator.serviceWorker) {
  navigator.serviceWorker.register(panel.dataset.worker).then(() => navigator.serviceWorker.ready).then(({ active }) => {
    navigator.serviceWorker.addEventListener("message", () => { panel.dataset.kept = "yes"; });
    const made = performance.getEntriesByType("resource").map((each) => new URL(each.name)).filter((each) => each.pathname.startsWith("/static/"));
    active.postMessage({ keep: [location.pathname, ...new Set(made.map((each) => each.pathname))] });
  });
}
