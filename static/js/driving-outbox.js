// Sends what waits on this phone: in its order, by one page at a time, each key until the office was heard.
import { drop, refuse, waiting } from "./driving-store.js";

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

// A connection that is dead and does not say so holds nobody up for ever; what came of it is heard the next time.
const patience = () => AbortSignal.timeout?.(120000);
// The page as the office has it now; null without a connection, and when somebody else or nobody is signed in.
export const fresh = async () => {
  const answer = await fetch(location.href, { signal: patience() }).catch(() => null);
  if (!answer?.ok || answer.redirected) return null;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const token = (where) => where.querySelector("meta[name=csrf-token]");
  token(document).content = token(page).content;
  return page;
};
const post = async (entry, again = true) => {
  const token = document.querySelector("meta[name=csrf-token]").content;
  const answer = await fetch(entry.address, { method: "POST", headers: { "X-CSRFToken": token }, body: body(entry), signal: patience() });
  if (answer.status !== 400 || !again || !(await fresh())) return answer; // a page that was kept has an old token
  return post(entry, false);
};
const GONE = [403, 404];
// However many pages are open, one sends, and the next finds gone what was sent. Where the browser has no locks (it is
// old, or there is no https) each page sends for itself: the office takes a key once and answers a copy alike.
const alone = (deed) => (navigator.locks ? navigator.locks.request("driving-outbox", deed) : deed());
let busy = false;
let asked = false;
// Gives the addresses of those that were accepted, here or meanwhile by another page, whether any answer was heard and
// whether nobody is signed in. Without a connection the rest waits.
// Asked while it is at it (the connection came back meanwhile), it goes through them once more.
export const send = async () => {
  const result = { accepted: [], heard: false, signedOut: false };
  asked = true;
  if (busy) return result;
  busy = true;
  try {
    const before = await waiting();
    while (asked) {
      asked = false;
      await alone(() => sendAll(result)).catch(() => { /* no connection: what is left waits */ });
      const left = new Set((await waiting()).map((entry) => entry.key));
      result.accepted.push(...before.filter((entry) => !left.has(entry.key)).map((entry) => entry.address));
    }
  } finally {
    busy = false;
  }
  return result;
};
const sendAll = async (result) => {
  for (const { key } of await waiting()) {
    const all = await waiting();
    const entry = all.find((each) => each.key === key); // as it is now: it may have been discarded meanwhile
    if (!entry || entry.refused || isHeld(entry, all)) continue;
    const answer = await post(entry);
    result.signedOut = answer.redirected;
    if (answer.redirected || ![200, 422, ...GONE].includes(answer.status)) break;
    result.heard = true;
    if (answer.status === 200) {
      await drop(entry.key);
      result.accepted.push(entry.address);
    } else {
      const { message, field } = GONE.includes(answer.status) ? { message: "gone", field: null } : await answer.json();
      await refuse(entry, message || String(answer.status), field);
    }
  }
};
