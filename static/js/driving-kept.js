// Has the page kept on this phone, with what it is made of, for when there is no connection.
const panel = document.getElementById("outbox");
if (navigator.serviceWorker) {
  navigator.serviceWorker.register(panel.dataset.worker).then(() => navigator.serviceWorker.ready).then(({ active }) => {
    navigator.serviceWorker.addEventListener("message", () => { panel.dataset.kept = "yes"; });
    const parts = performance.getEntriesByType("resource").map((each) => new URL(each.name)).filter((each) => each.pathname.startsWith("/static/"));
    active.postMessage({ keep: [location.pathname, ...new Set(parts.map((each) => each.pathname))] });
  });
}
