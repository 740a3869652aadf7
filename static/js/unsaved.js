// Leaving a form that holds unsaved typing asks first: form[data-guard].
(() => {
  const touched = new Set();
  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("form[data-guard]");
    if (form) touched.add(form);
  });
  document.addEventListener("submit", (event) => { if (!event.defaultPrevented) touched.delete(event.target); });
  addEventListener("beforeunload", (event) => { if (touched.size) event.preventDefault(); });
})();
