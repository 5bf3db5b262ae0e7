// Keeps what is typed on this device while there is no connection, locked: nothing of it can be read at rest.
//
//   <form data-kept-as="a name that says nothing" data-kept-key="base64 of 32 bytes">
//
// The key comes with the page to whoever is signed in, stays in memory, and is never stored. What lies in IndexedDB is
// the name, a day to forget it by, and AES-GCM of the words; without signing in again nobody reads it.

const DATABASE = "wayhome";
const STORE = "kept";
const KEPT_FOR = 14 * 24 * 3600 * 1000; // milliseconds after which a device forgets what was never sent

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function store(mode) {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: "name" });
  const database = await done(opening);
  const transaction = database.transaction(STORE, mode);
  transaction.oncomplete = transaction.onabort = () => database.close();
  return transaction.objectStore(STORE);
}

async function forgetOld() {
  const kept = await store("readwrite");
  for (const each of await done(kept.getAll())) if (each.until < Date.now()) kept.delete(each.name);
}

/** What one form keeps on this device. */
export class Keeper {
  constructor(name, key) {
    this.name = name;
    this.key = key;
    this.isHolding = false;
    this.writing = Promise.resolve(true);
  }

  /** Does one thing after the other: older words that take longer to lock never lie over newer ones. */
  inTurn(what) {
    this.writing = this.writing.then(what);
    return this.writing;
  }

  /** The keeper of a form; null where there is none, or the browser has no place or no lock for it. */
  static async of(form) {
    const { keptAs, keptKey } = form.dataset;
    delete form.dataset.keptKey;
    if (!keptKey || !window.indexedDB || !window.crypto?.subtle) return null;
    try {
      const bytes = Uint8Array.from(atob(keptKey), (letter) => letter.charCodeAt(0));
      const key = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
      await forgetOld();
      return new Keeper(keptAs, key);
    } catch {
      return null; // a private window may refuse to store anything
    }
  }

  algorithm(iv) {
    return { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(this.name) };
  }

  /** Keeps words, and says whether it could. */
  put(said) {
    return this.inTurn(() => this.write(said));
  }

  async write(said) {
    try {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const words = new TextEncoder().encode(JSON.stringify(said));
      const locked = await crypto.subtle.encrypt(this.algorithm(iv), this.key, words);
      const kept = await store("readwrite");
      await done(kept.put({ name: this.name, until: Date.now() + KEPT_FOR, iv, locked }));
      this.isHolding = true;
      return true;
    } catch {
      return false;
    }
  }

  /** What was kept; null if nothing was, or if it was locked with another key. */
  async get() {
    try {
      const kept = await done((await store("readonly")).get(this.name));
      if (!kept) return null;
      const words = await crypto.subtle.decrypt(this.algorithm(kept.iv), this.key, kept.locked);
      return JSON.parse(new TextDecoder().decode(words));
    } catch {
      return null;
    }
  }

  drop() {
    return this.inTurn(() => this.remove());
  }

  async remove() {
    this.isHolding = false;
    try {
      await done((await store("readwrite")).delete(this.name));
    } catch {
      // What cannot be removed is forgotten after its day.
    }
  }
}
