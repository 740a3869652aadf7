// What somebody by name may allow: a limit passed, something lapsed. The dialog stays and asks who and why.
export const forget = (dialog) => {
  for (const each of dialog.querySelectorAll(".board-leave")) {
    each.hidden = true;
    each.querySelector("input").value = "";
  }
};

// Whether the refusal is one that a name can lift; then its fields stand there, with the words of the rule above them.
export const mayAllow = (dialog, error, { message, field }) => {
  const wanted = dialog.querySelector(`.board-leave [name="${field}"]`)?.closest(".board-leave");
  if (!wanted) return false;
  for (const each of dialog.querySelectorAll(`.board-leave[data-of="${wanted.dataset.of}"]`)) each.hidden = false;
  error.textContent = message;
  error.hidden = false;
  wanted.querySelector("input").focus();
  return true;
};
