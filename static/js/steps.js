// Long work in steps: section[data-steps] holds form[data-step]; each answer brings the section as it is then.
(() => {
  const section = document.querySelector("[data-steps]");
  const go = async () => {
    const form = section.querySelector("form[data-step]");
    if (!form) return;
    form.querySelector("button").setAttribute("aria-disabled", "true");
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
      if (!answer.ok && answer.status !== 422) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      section.replaceChildren(...page.querySelector("[data-steps]").childNodes);
      if (answer.ok) go();  // a refusal waits for the person
    } catch {
      form.querySelector("button").removeAttribute("aria-disabled");
    }
  };
  if (section) section.addEventListener("submit", (event) => {
    if (event.target.matches("[data-step]")) { event.preventDefault(); go(); }
  });
})();
