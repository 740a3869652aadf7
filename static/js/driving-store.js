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
// A refusal is noted only on the entry as it was sent: answered anew, sent or discarded meanwhile, it is heard too late.
export const refuse = (entry, refused, field) => store("readwrite", (box) => {
  const asked = box.get(entry.key);
  asked.onsuccess = () => {
    if (asked.result && asked.result.turn === entry.turn) box.put({ ...asked.result, refused, field });
  };
  return asked;
});
