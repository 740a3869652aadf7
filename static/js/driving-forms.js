// The forms of the driver's page: what is typed is kept, what was refused or asked about stands in them again.
export const forms = () => [...document.querySelectorAll("form[data-outbox]")];
const placeOf = (form) => `driving-${form.dataset.keep}`;
const isOf = (form, entry) => form.action === entry.address && form.elements.kind.value === entry.fields.kind;
export const formOf = (entry) => forms().find((form) => isOf(form, entry));
// A trip starts, ends and is confirmed once; expenses are as many as there were.
const isOnce = (form) => form.elements.kind.value !== "expense";
export const isAnew = (form, entry) => Boolean(entry.refused) && isOnce(form) && isOf(form, entry);

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
// Why it was refused, beside the field it is about; a field that is asked for only then is shown with it.
const clear = (form) => {
  for (const told of form.querySelectorAll(".error")) told.remove();
  for (const field of form.querySelectorAll(".field.wrong")) field.classList.remove("wrong");
  for (const input of form.querySelectorAll("[aria-describedby]")) input.removeAttribute("aria-describedby");
  for (const asked of form.querySelectorAll("[data-question]")) asked.hidden = true;
};
const say = (form, { field, refused }) => {
  clear(form);
  const input = form.elements[field];
  const place = input?.closest?.(".field");
  if (!place) return;
  const told = Object.assign(document.createElement("p"), { className: "error", id: `${input.id}-error`, textContent: refused });
  place.classList.add("wrong");
  place.hidden = false;
  if (place.dataset.question === undefined) place.append(told);
  else place.prepend(told);
  input.setAttribute("aria-describedby", told.id);
};
// What was refused stands in its form again, as it was typed and changed since. Pressed again it takes the place of
// what waits in the outbox, with its key, its time and, unless there is a new one, its photograph.
export const putBack = (entry, wanted = false) => {
  const form = formOf(entry);
  if (!form || (!wanted && (!isOnce(form) || form.dataset.replaces))) return;
  if (form.dataset.replaces !== entry.key) refill(form, { ...entry.fields, ...kept(form) });
  form.dataset.replaces = entry.key;
  say(form, entry);
  form.closest("details").open = true;
};
export const focusOn = (entry) => {
  const form = formOf(entry);
  const named = form.elements[entry.field];
  (named?.focus ? named : form.querySelector("input:not([type=hidden])")).focus();
};
export const empty = (form) => {
  localStorage.removeItem(placeOf(form));
  form.reset();
  clear(form);
  delete form.dataset.replaces;
};
