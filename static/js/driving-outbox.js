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

const body = ({ key, fields, photo }) => {
  const made = new FormData();
  for (const [name, value] of Object.entries({ ...fields, key })) made.append(name, value);
  if (photo) made.append("photo", photo, "photo.jpg");
  return made;
};
// A question has to be answered first: it is not sent again, and what comes after it on the same trip waits with it.
export const asks = (entry) => Boolean(entry.refused) && entry.field === "dial_reason";
let busy = false;
let asked = false;
// In the order they were entered; gives true when something was heard. Without a connection the rest waits.
// Asked while it is at it (the connection came back meanwhile), it goes through them once more.
export const send = async () => {
  asked = true;
  if (busy) return false;
  busy = true;
  let heard = false;
  while (asked) {
    asked = false;
    heard = (await sendAll()) || heard;
  }
  busy = false;
  return heard;
};
const sendAll = async () => {
  let heard = false;
  const held = new Set();
  try {
    for (let entry of await waiting()) {
      if (asks(entry)) held.add(entry.address);
      if (entry.refused || held.has(entry.address)) continue;
      const token = document.querySelector("meta[name=csrf-token]").content;
      const answer = await fetch(entry.address, { method: "POST", headers: { "X-CSRFToken": token }, body: body(entry) });
      if (answer.redirected || (answer.status !== 200 && answer.status !== 422)) break;
      heard = true;
      if (answer.status === 200) await drop(entry.key);
      else {
        const { message, field } = await answer.json();
        entry = { ...entry, refused: message || String(answer.status), field };
        await put(entry);
        if (asks(entry)) held.add(entry.address);
      }
    }
  } catch { /* no connection: what is left waits */ }
  return heard;
};

// A photograph of at most 1600 pixels, as JPEG; what cannot be drawn is sent as it is.
export const shrink = async (file) => {
  if (!file?.size) return null;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, 1600 / Math.max(picture.width, picture.height));
    const canvas = Object.assign(document.createElement("canvas"), { width: picture.width * scale, height: picture.height * scale });
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve) => { canvas.toBlob(resolve, "image/jpeg", 0.8); });
  } catch {
    return file;
  }
};
