// The side menu on a phone. Without this script the links #menu and #main open and close it.
(() => {
  const menu = document.querySelector("[data-drawer]");
  const opener = document.querySelector("[data-drawer-open]");
  if (!menu || !opener) return;
  const isOpen = () => location.hash === "#menu";
  const close = () => {
    location.replace("#main");
    history.replaceState(null, "", location.pathname + location.search);
    opener.focus();
  };
  const tell = () => {
    opener.setAttribute("aria-expanded", String(isOpen()));
    if (isOpen()) menu.querySelector("[data-drawer-close]").focus();
  };
  menu.querySelector("[data-drawer-close]").addEventListener("click", (event) => {
    event.preventDefault();
    close();
    tell();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isOpen()) { close(); tell(); }
  });
  document.addEventListener("click", (event) => {
    if (isOpen() && !menu.contains(event.target) && !opener.contains(event.target)) { close(); tell(); }
  });
  menu.addEventListener("focusout", (event) => {
    if (isOpen() && event.relatedTarget && !menu.contains(event.relatedTarget)) menu.querySelector("[data-drawer-close]").focus();
  });
  addEventListener("hashchange", tell);
  opener.setAttribute("aria-controls", "menu");
  tell();
})();
