// A deed that cannot be taken back says what it will do and is asked once more: form[data-confirm].
(() => {
  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const ask = (form, button) => {
    const yes = make("button", { type: "button", className: button?.className || "button primary", textContent: button?.textContent });
    const no = make("button", { type: "button", className: "button", textContent: document.body.dataset.wordCancel, autofocus: true });
    const words = make("p", { id: "confirm-words", textContent: form.dataset.confirm });
    const dialog = make("dialog", {}, words, make("div", { className: "actions" }, yes, no));
    dialog.setAttribute("aria-labelledby", "confirm-words");
    no.addEventListener("click", () => dialog.close());
    yes.addEventListener("click", () => {
      form.dataset.confirmed = "yes";
      dialog.close();
      form.requestSubmit(button);
    });
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  };
  addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-confirm]")) return;
    if (form.dataset.confirmed) { delete form.dataset.confirmed; return; }
    event.preventDefault();
    event.stopPropagation();
    ask(form, event.submitter);
  }, true);
})();
