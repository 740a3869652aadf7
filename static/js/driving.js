// The driver's page: what is typed is kept, a press puts it into the outbox, the outbox says what is waiting.
import { drop, put, send, shrink, waiting } from "./driving-outbox.js";

const panel = document.getElementById("outbox");
const word = (name) => panel.dataset[`word${name}`];
// What was refused goes back into its form as it was typed, but for the photograph; nothing is sent until it is pressed.
const correcting = (entry) => {
  const forms = [...document.querySelectorAll("form[data-outbox]")];
  const form = forms.find((each) => each.action === entry.address && each.elements.kind.value === entry.fields.kind);
  if (!form) return [];
  const again = Object.assign(document.createElement("button"), { className: "button primary", type: "button", textContent: word("Correct") });
  again.addEventListener("click", async () => {
    for (const [name, value] of Object.entries(entry.fields)) if (form.elements[name] && name !== "at") form.elements[name].value = value;
    form.closest("details").open = true;
    form.querySelector("input:not([type=hidden])").focus();
    await drop(entry.key);
    await show();
  });
  return [again];
};
const line = (entry) => {
  const made = document.createElement("li");
  made.append(entry.label);
  if (entry.refused) {
    const why = Object.assign(document.createElement("span"), { className: "wrong", textContent: entry.refused });
    const away = Object.assign(document.createElement("button"), { className: "button", type: "button", textContent: word("Discard") });
    away.addEventListener("click", async () => { await drop(entry.key); await show(); });
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
  if (left.length) told.push(word(left.every((entry) => entry.refused) ? "Refused" : "Waiting"));
  else if (navigator.onLine) told.push(word("Sent"));
  const list = document.createElement("ul");
  list.append(...left.map(line));
  panel.replaceChildren(...told.map((text) => Object.assign(document.createElement("p"), { textContent: text })), list);
};
const deliver = async () => {
  const heard = await send();
  await show(heard);
  if (heard && !(await waiting()).length) location.reload();
};

const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((each) => each.toString(16).padStart(2, "0")).join("");
const now = () => { const at = new Date(); at.setMinutes(at.getMinutes() - at.getTimezoneOffset()); return at.toISOString().slice(0, 16); };
for (const form of document.querySelectorAll("form[data-outbox]")) {
  const place = `driving-${form.dataset.keep}`;
  const typed = JSON.parse(localStorage.getItem(place) || "{}");
  for (const [name, value] of Object.entries(typed)) if (form.elements[name]) form.elements[name].value = value;
  form.addEventListener("input", () => {
    const fields = Object.fromEntries([...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "kind"));
    localStorage.setItem(place, JSON.stringify(fields));
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.dataset.taken) return;
    form.dataset.taken = "yes";
    const all = [...new FormData(form)];
    const fields = Object.fromEntries(all.filter(([, value]) => typeof value === "string"));
    const photo = await shrink(form.elements.photo?.files[0]);
    const entry = { key: newKey(), order: Date.now(), address: form.action, label: form.dataset.label, photo };
    await put({ ...entry, fields: { ...fields, at: now() } });
    localStorage.removeItem(place);
    form.closest("details").open = false;
    form.reset();
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
