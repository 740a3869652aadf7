// Filters apply as soon as a choice is made. Walking through a list with the keyboard waits for Enter or leaving it.
(() => {
  for (const form of document.querySelectorAll("form[data-auto-submit]")) {
    let walking = null;
    const send = () => {
      for (const field of form.elements) if (field.name && !field.value) field.disabled = true;
      form.submit();
    };
    form.addEventListener("submit", (event) => { event.preventDefault(); send(); });
    form.addEventListener("pointerdown", () => { walking = null; });
    form.addEventListener("keydown", (event) => {
      if (event.target.tagName !== "SELECT") return;
      if (event.key === "Enter" && walking) send();
      else walking = event.target;
    });
    form.addEventListener("change", (event) => { if (event.target !== walking) send(); else event.target.dataset.changed = "yes"; });
    form.addEventListener("focusout", (event) => { if (event.target.dataset.changed) send(); });
  }
  addEventListener("pageshow", () => {
    for (const field of document.querySelectorAll("form[data-auto-submit] [disabled]")) field.disabled = false;
  });
})();
