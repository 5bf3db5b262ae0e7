// Saves a long form as it is typed. The form works without this: it has its own "Save and come back later".
//
//   <form data-draft-url="/drafts/..."> ... <p data-draft-status role="status"></p>
//
// The server answers {"saved_at": "<ISO instant>"}; the page then says "Saved 10:42am", which is therefore always true.

import { clock } from "./speech.js";

const QUIET = 1500; // milliseconds without a key before it is saved
const RETRY = 10000;
const LARGEST_LAST_WORD = 60000; // browsers refuse a keepalive body above 64 KiB
const LOST = "Not saved: no connection. What you typed is kept on this page; we will try again.";
const REFUSED = "Not saved. What you typed is kept on this page. Use the button at the end of the form to save it.";

class Draft {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[data-draft-status]");
    // A form that comes back with errors holds words that no draft has yet.
    this.saved = "draftUnsaved" in form.dataset ? "" : this.text();
    this.timer = 0;
    this.sending = false;
    form.addEventListener("input", () => this.saveIn(QUIET));
    form.addEventListener("focusout", () => this.save());
    form.addEventListener("submit", () => this.stop());
    window.addEventListener("pageshow", () => (this.stopped = false)); // also back from the page after
    window.addEventListener("pagehide", () => this.lastWord());
    window.addEventListener("online", () => this.save());
    document.addEventListener("visibilitychange", () => (document.hidden ? this.lastWord() : this.save()));
  }

  text() {
    const fields = new FormData(this.form);
    fields.delete("csrfmiddlewaretoken");
    return new URLSearchParams([...fields].filter(([, value]) => typeof value === "string")).toString();
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  saveIn(delay) {
    clearTimeout(this.timer);
    if (!this.stopped) this.timer = setTimeout(() => this.save(), delay);
  }

  request(text, keepalive) {
    return fetch(this.form.dataset.draftUrl, {
      method: "POST",
      body: text,
      keepalive,
      redirect: "error",
      headers: {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-CSRFToken": this.form.elements.csrfmiddlewaretoken.value,
        "X-Requested-With": "fetch",
      },
    });
  }

  async save() {
    const text = this.text();
    if (this.sending || this.stopped || text === this.saved) return;
    this.sending = true;
    try {
      await this.keep(text);
    } catch {
      this.tell(LOST);
      this.saveIn(RETRY);
    } finally {
      this.sending = false;
    }
  }

  async keep(text) {
    const answer = await this.request(text, false);
    if (!answer.ok) return this.tell(REFUSED);
    const { saved_at } = await answer.json();
    this.saved = text;
    this.tell(`Saved ${clock(new Date(saved_at))}`, true);
    if (this.text() !== text) this.saveIn(QUIET);
  }

  /** The page is going away: what is not yet saved is sent after it, without waiting for an answer. */
  lastWord() {
    const text = this.text();
    if (this.stopped || text === this.saved || text.length > LARGEST_LAST_WORD) return;
    this.request(text, true).catch(() => undefined);
  }

  tell(sentence, good = false) {
    if (!this.status) return;
    this.status.textContent = sentence;
    this.status.classList.toggle("wh-saved--lost", !good);
  }
}

/** Starts saving every form that names where its draft is kept. */
export function keepDrafts(page) {
  for (const form of page.querySelectorAll("form[data-draft-url]")) new Draft(form);
}
