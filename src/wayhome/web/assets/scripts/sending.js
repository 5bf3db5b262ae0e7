// Sends a form that is kept on this device (kept.js) without leaving the page: a lost connection loses nothing.
//
// What was sent waits until there is a connection, and is recorded once: the form carries its key, and the server gives a
// repeat the first answer.

import { clock, say } from "./speech.js";

const PATIENCE = 30000; // milliseconds before an answer counts as lost
const RETRY = 15000;
const NO_CONNECTION = [502, 503, 504];
const SIGNED_OUT =
  "Not sent: you are signed out, or this page is too old. What you typed is saved on this phone. Open this page again, and sign in if you are asked to: it will be here.";

export class Sending {
  constructor(draft) {
    this.draft = draft;
    this.form = draft.form;
    this.timer = 0;
    this.form.dataset.keptReady = "";
    this.form.addEventListener("submit", (event) => this.take(event));
    this.form.addEventListener("input", () => this.takeBack());
    window.addEventListener("online", () => this.isWaiting && this.attempt());
  }

  /** The button that sends the form is taken over; one that asks for something else is left alone. */
  take(event) {
    if (event.submitter?.name) return;
    event.preventDefault();
    this.isWaiting = true;
    this.attempt();
  }

  takeBack() {
    if (!this.isWaiting && !this.draft.stopped) return;
    this.isWaiting = false;
    clearTimeout(this.timer);
    this.draft.goOn();
  }

  async attempt() {
    if (this.isTrying) return;
    this.isTrying = true;
    clearTimeout(this.timer);
    this.draft.stop();
    const isKept = await this.draft.keepHere();
    const answer = await this.post();
    this.isTrying = false;
    if (!this.isWaiting) return;
    if (!answer || NO_CONNECTION.includes(answer.status)) this.wait(isKept);
    else if (isKept && (answer.type === "opaqueredirect" || answer.status === 403)) this.stopWith(SIGNED_OUT);
    else await this.follow(answer.headers.get("HX-Redirect"));
  }

  /** The answer; null if there is none. */
  async post() {
    try {
      return await fetch(this.form.action, {
        method: "POST",
        body: new URLSearchParams([
          ...new URLSearchParams(this.draft.text()),
          ["csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value],
        ]),
        redirect: "manual",
        signal: AbortSignal.timeout?.(PATIENCE),
        headers: { "HX-Request": "true" },
      });
    } catch {
      return null;
    }
  }

  /** Recorded: on to the next page. Not recorded: the form is sent as it always was, and the page says what is wrong. */
  async follow(address) {
    if (!address) return HTMLFormElement.prototype.submit.call(this.form);
    await this.draft.keeper.drop();
    window.location.assign(address);
  }

  wait(isKept) {
    const where = isKept ? `Saved on this phone ${clock()}, not sent yet` : "Not sent yet";
    this.tell(`${where}. There is no connection: it is sent when there is one. Keep this page open, or open it again later.`);
    this.timer = setTimeout(() => this.attempt(), RETRY);
  }

  stopWith(sentence) {
    this.isWaiting = false;
    this.tell(sentence);
  }

  tell(sentence) {
    this.draft.tell(sentence);
    say(sentence);
  }
}
