// Saves a long form as it is typed. The form works without this: it has its own "Save and come back later".
//
//   <form data-draft-url="/drafts/..." data-draft-saved="<ISO instant>"> ... <p data-draft-status role="status"></p>
//
// The server answers {"saved_at": "<ISO instant>", "sent": false}; the page then says "Saved 10:42am", which is
// therefore always true. A form that may be kept on this device (kept.js) says "Saved on this phone" while there is no
// connection, is restored when it is opened again, and is sent once (sending.js).

import { Keeper } from "./kept.js";
import { Sending } from "./sending.js";
import { clock } from "./speech.js";
import { fill, wordsOf } from "./typed.js";

const QUIET = 1500; // milliseconds without a key before it is saved
const A_BREATH = 300; // and before it is kept on this device
const RETRY = 10000;
const LARGEST_LAST_WORD = 60000; // browsers refuse a keepalive body above 64 KiB
const LOST = "Not saved: no connection. What you typed is kept on this page; we will try again.";
const REFUSED = "Not saved. What you typed is kept on this page. Use the button at the end of the form to save it.";
const OTHER = "There are other words on this phone, saved at $ and not sent. What you see here was saved later, or elsewhere.";

class Draft {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[data-draft-status]");
    // A form that comes back with errors holds words that no draft has yet.
    this.saved = "draftUnsaved" in form.dataset ? "" : this.text();
    this.base = form.dataset.draftSaved ?? "";
    this.underWay = "";
    this.timer = this.keeping = 0;
    this.sending = false;
    form.addEventListener("input", () => this.typed());
    form.addEventListener("focusout", () => this.save());
    form.addEventListener("submit", () => this.stop());
    window.addEventListener("pageshow", () => (this.stopped = false)); // also back from the page after
    window.addEventListener("pagehide", () => this.lastWord());
    window.addEventListener("online", () => this.save());
    document.addEventListener("visibilitychange", () => (document.hidden ? this.lastWord() : this.save()));
    if (form.dataset.keptAs) this.begin();
  }

  text() {
    return wordsOf(this.form).toString();
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
    clearTimeout(this.keeping);
  }

  goOn() {
    this.stopped = false;
    this.saveIn(QUIET);
  }

  typed() {
    this.saveIn(QUIET);
    clearTimeout(this.keeping);
    if (this.keeper && !this.stopped) this.keeping = setTimeout(() => this.keepHere(), A_BREATH);
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
      signal: keepalive ? undefined : AbortSignal.timeout?.(RETRY),
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
    this.underWay = text;
    try {
      await this.keep(text);
    } catch {
      if (!this.stopped) await this.notSaved();
    } finally {
      this.sending = false;
    }
  }

  async keep(text) {
    const answer = await this.request(text, false);
    if (!answer.ok) return this.stopped || this.tell((await this.keepHere()) ? this.onThisPhone() : REFUSED);
    const { saved_at, sent } = await answer.json();
    if (sent && this.keeper) return this.wasSent();
    this.saved = text;
    this.base = saved_at;
    this.underWay = "";
    // Once the form is on its way, what becomes of that is what the reader has to know.
    if (!this.stopped) this.tell(`Saved ${clock(new Date(saved_at))}`, true);
    if (this.text() !== text) {
      // What was kept meanwhile was typed after this, not elsewhere.
      if (this.keeper?.isHolding) await this.keepHere();
      return this.saveIn(QUIET);
    }
    if (!this.stopped) await this.keeper?.drop();
  }

  async notSaved() {
    this.tell((await this.keepHere()) ? this.onThisPhone() : LOST);
    this.saveIn(RETRY);
  }

  onThisPhone() {
    return `Saved on this phone ${clock()}, not sent yet`;
  }

  /** Keeps the words on this device as they are now, and says whether it could. */
  async keepHere(more = {}) {
    const said = { text: this.text(), at: Date.now(), base: this.base, underWay: this.underWay, ...more };
    return this.keeper ? this.keeper.put(said) : false;
  }

  /** What this device has kept of this form is brought back; if the server has other words, the reader chooses. */
  async begin() {
    this.keeper = await Keeper.of(this.form);
    if (!this.keeper) return;
    this.leaving = new Sending(this);
    const kept = await this.keeper.get();
    if (!kept) return;
    if (wordsAlone(kept.text) === wordsAlone(this.text())) return this.keeper.drop();
    // The server may have got what was under way when the page was left, without the page having heard of it.
    const isFromHere = kept.underWay && wordsAlone(kept.underWay) === wordsAlone(this.text());
    if (isFromHere || instant(kept.base) === instant(this.base)) this.restore(kept);
    else this.offer(kept);
  }

  restore(kept) {
    fill(this.form, new URLSearchParams(kept.text));
    this.tell(`Brought back: saved on this phone ${clock(new Date(kept.at))}, not sent yet`);
    this.save();
  }

  offer(kept) {
    const notice = document.createElement("div");
    notice.className = "wh-notice wh-notice--stopped";
    notice.setAttribute("role", "group");
    notice.setAttribute("aria-label", "Other words on this phone");
    const sentence = document.createElement("p");
    sentence.textContent = OTHER.replace("$", clock(new Date(kept.at)));
    const choose = (words, what) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "govuk-button govuk-button--secondary";
      button.textContent = words;
      button.addEventListener("click", () => {
        notice.remove();
        what();
      });
      return button;
    };
    notice.append(
      sentence,
      choose("Use the words on this phone", () => this.restore(kept)),
      choose("Keep what is here", () => this.keeper.drop()),
    );
    this.form.prepend(notice);
  }

  /** These words were recorded before, and only the answer was lost: nothing is sent a second time. */
  async wasSent() {
    this.stop();
    await this.keeper.drop();
    this.form.reset();
    window.location.reload();
  }

  /** The page is going away: what is not yet saved is sent after it, without waiting for an answer. */
  lastWord() {
    const text = this.text();
    if (this.stopped || text === this.saved) return;
    this.keepHere();
    if (text.length <= LARGEST_LAST_WORD) this.request(text, true).catch(() => undefined);
  }

  tell(sentence, good = false) {
    if (!this.status) return;
    this.status.textContent = sentence;
    this.status.classList.toggle("wh-saved--lost", !good);
  }
}

function wordsAlone(text) {
  const words = new URLSearchParams(text);
  words.delete("submission_key");
  return [...words].filter(([, value]) => value !== "").toString();
}

function instant(iso) {
  return iso ? new Date(iso).getTime() : 0;
}

/** What was kept for a form that its page no longer has, because it was sent, or because a colleague was faster. */
async function bringInLeftovers(form) {
  const keeper = await Keeper.of(form);
  const kept = await keeper?.get();
  if (!kept) return;
  const answer = await Draft.prototype.request.call({ form }, kept.text, false);
  if (!answer.ok) return;
  const { sent } = await answer.json();
  await keeper.drop();
  if (!sent) window.location.reload(); // the page shows the draft beside what is on the record
}

/** Starts saving every form that names where its draft is kept. */
export function keepDrafts(page) {
  for (const form of page.querySelectorAll("form[data-draft-url]:not([data-kept-only])")) new Draft(form);
  for (const form of page.querySelectorAll("form[data-kept-only]")) bringInLeftovers(form).catch(() => undefined);
}
