// Keeps the driver's page and what it is made of for when there is no connection; nothing else passes through here.
const CACHE = "driving-1";
const PAGE = "/vehicles/driving/";
const ours = (request) => {
  const { pathname, origin } = new URL(request.url);
  return request.method === "GET" && origin === location.origin && (pathname === PAGE || pathname.startsWith("/static/"));
};
const keep = async (address) => {
  const answer = await fetch(address);
  if (answer.ok && !answer.redirected) await (await caches.open(CACHE)).put(address, answer);
};
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => event.waitUntil(Promise.allSettled(event.data.keep.map(keep))
  .then(() => event.source.postMessage({ kept: true }))));
self.addEventListener("fetch", (event) => {
  if (!ours(event.request)) return;
  event.respondWith(fetch(event.request).then(async (answer) => {
    if (answer.ok && !answer.redirected) await (await caches.open(CACHE)).put(event.request.url, answer.clone());
    return answer;
  }).catch(async () => (await caches.match(event.request.url)) ?? Response.error()));
});
