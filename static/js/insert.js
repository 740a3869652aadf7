// A press on button[data-insert] puts its words where the cursor stands in the field marked data-insert-into.
(() => {
  const field = document.querySelector("[data-insert-into]");
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-insert]");
    if (!button || !field) return;
    field.setRangeText(button.dataset.insert, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
})();
