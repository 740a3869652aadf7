// The forms of the driver's page: what is typed is kept, what was refused or asked about stands in them again.
import { asks } from "./driving-outbox.js";

export const forms = [...document.querySelectorAll("form[data-outbox]")];
const placeOf = (form) => `driving-${form.dataset.keep}`;
export const formOf = (entry) => forms.find((form) => form.action === entry.address && form.elements.kind.value === entry.fields.kind);
const refill = (form, fields) => {
  for (const [name, value] of Object.entries(fields)) if (form.elements[name]) form.elements[name].value = value;
};
// What was typed and not pressed is there again, also after a reload.
const kept = (form) => JSON.parse(localStorage.getItem(placeOf(form)) || "{}");
export const keep = (form) => {
  refill(form, kept(form));
  form.addEventListener("input", () => {
    const fields = Object.fromEntries([...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "kind"));
    localStorage.setItem(placeOf(form), JSON.stringify(fields));
  });
};
const question = (form, words) => {
  const asked = form.querySelector("[data-question]");
  if (!asked) return;
  asked.hidden = !words;
  asked.querySelector(".error").textContent = words;
};
// What was refused stands in its form again, as it was typed and changed since. Pressed again it takes the place of
// what waits in the outbox, with its key, its time and, unless there is a new one, its photograph.
export const putBack = (entry) => {
  const form = formOf(entry);
  if (form.dataset.replaces === entry.key) return;
  form.dataset.replaces = entry.key;
  refill(form, { ...entry.fields, ...kept(form) });
  question(form, asks(entry) ? entry.refused : "");
  form.closest("details").open = true;
};
export const empty = (form) => {
  localStorage.removeItem(placeOf(form));
  form.reset();
  question(form, "");
  delete form.dataset.replaces;
};
