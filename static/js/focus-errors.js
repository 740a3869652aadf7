// A refused form opens on its summary, so that it is read first and announced.
// Its links put the cursor into the field, also where a list or a group of choices stands for it.
(() => {
  const summary = document.querySelector("[data-focus]");
  if (!summary) return;
  summary.focus();
  summary.addEventListener("click", (event) => {
    const target = document.getElementById(event.target.hash?.slice(1));
    if (!target) return;
    event.preventDefault();
    target.closest(".field").scrollIntoView({ block: "center" });
    (target.tomselect ?? target.querySelector("input") ?? target).focus();
  });
})();
