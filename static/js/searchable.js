// select[data-searchable] becomes a list one types into: name, number, or pinyin initials (option data-pinyin).
// The library is fetched only where such a list stands; without it the plain list works.
(() => {
  const own = document.currentScript.dataset;
  const lists = document.querySelectorAll("select[data-searchable]");
  if (!lists.length) return;
  const line = (data, escape) =>
    `<div class="option"><span>${escape(data.text)}</span>${data.note ? `<span class="also">${escape(data.note)}</span>` : ""}</div>`;
  const enhance = (list) => {
    const control = new window.TomSelect(list, {
      searchField: ["text", "pinyin", "note"],
      maxOptions: 200,
      allowEmptyOption: false,
      selectOnTab: true,
      render: { option: line, no_results: () => `<div class="no-results">${own.wordNone}</div>` },
    });
    for (const name of ["aria-describedby", "aria-invalid"]) {
      const value = list.getAttribute(name);
      if (value) control.control_input.setAttribute(name, value);
    }
  };
  const script = document.createElement("script");
  script.src = own.library;
  script.addEventListener("load", () => lists.forEach(enhance));
  document.head.append(script);
})();
