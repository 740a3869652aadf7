// What stands in the field is chosen when it gets the focus, so that the next card replaces it.
for (const field of document.querySelectorAll("[data-select-typed]")) {
  field.addEventListener("focus", () => field.select());
  if (field === document.activeElement) field.select();
}
