// Deeds that wait to be sent, with their photographs, in the browser's own database; each key is sent until it is heard.
const opened = new Promise((resolve, reject) => {
  const asked = indexedDB.open("driving", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("outbox", { keyPath: "key" });
  asked.onsuccess = () => resolve(asked.result);
  asked.onerror = () => reject(asked.error);
});
const store = async (mode, deed) => {
  const transaction = (await opened).transaction("outbox", mode);
  const asked = deed(transaction.objectStore("outbox"));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(asked.result);
    transaction.onerror = () => reject(transaction.error);
  });
};
export const waiting = async () => (await store("readonly", (box) => box.getAll())).sort((one, other) => one.order - other.order);
export const put = (entry) => store("readwrite", (box) => box.put(entry));
export const drop = (key) => store("readwrite", (box) => box.delete(key));

// Both by this phone's clock: when it was pressed and what it is now. The office takes the time that lies between.
const body = ({ key, order, fields, photo }) => {
  const made = new FormData();
  const clocks = { pressed_at: order, phone_now: Date.now() };
  for (const [name, value] of Object.entries({ ...fields, ...clocks, key })) made.append(name, value);
  if (photo) made.append("photo", photo, "photo.jpg");
  return made;
};
// A start or an end that is to be corrected is no deed yet: what comes after it on the same trip waits with it.
// What merely cannot be done any more holds nothing up.
const holds = (entry) => Boolean(entry.refused && entry.field) && ["departure", "return"].includes(entry.fields.kind);
export const asks = (entry) => holds(entry) && ["dial_reason", "early_reason"].includes(entry.field);
export const isHeld = (entry, all) => all.some((other) => holds(other) && other.address === entry.address && other.order < entry.order);

// The page as the office has it now; null without a connection, and when somebody else or nobody is signed in.
export const fresh = async () => {
  const answer = await fetch(location.href).catch(() => null);
  if (!answer?.ok || answer.redirected) return null;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const token = (where) => where.querySelector("meta[name=csrf-token]");
  token(document).content = token(page).content;
  return page;
};
const post = async (entry, again = true) => {
  const token = document.querySelector("meta[name=csrf-token]").content;
  const answer = await fetch(entry.address, { method: "POST", headers: { "X-CSRFToken": token }, body: body(entry) });
  if (answer.status !== 400 || !again || !(await fresh())) return answer; // a page that was kept has an old token
  return post(entry, false);
};
const GONE = [403, 404];
let busy = false;
let asked = false;
// In the order they were entered; gives the addresses of those that were accepted, whether any answer was heard and
// whether nobody is signed in. Without a connection the rest waits.
// Asked while it is at it (the connection came back meanwhile), it goes through them once more.
export const send = async () => {
  const result = { accepted: [], heard: false, signedOut: false };
  asked = true;
  if (busy) return result;
  busy = true;
  while (asked) {
    asked = false;
    try {
      await sendAll(result);
    } catch { /* no connection: what is left waits */ }
  }
  busy = false;
  return result;
};
const sendAll = async (result) => {
  for (const entry of await waiting()) {
    if (entry.refused || isHeld(entry, await waiting())) continue;
    const answer = await post(entry);
    result.signedOut = answer.redirected;
    if (answer.redirected || ![200, 422, ...GONE].includes(answer.status)) break;
    result.heard = true;
    if (answer.status === 200) {
      await drop(entry.key);
      result.accepted.push(entry.address);
    } else {
      const { message, field } = GONE.includes(answer.status) ? { message: "gone", field: null } : await answer.json();
      await put({ ...entry, refused: message || String(answer.status), field });
    }
  }
};
