// A board that keeps itself fresh.
//
//   <div data-board="/board/rows?..." data-every="60"> rows with an id and data-version ... </div>
//   <p data-board-time></p>
//
// The address answers with the board's inner HTML. Rows whose data-version is new are marked until seen, and the
// time of the refresh is told. What somebody unfolded in a row stays open. Nothing moves while somebody types or stands
// in a form of the board.

import htmx from "htmx.org";

import { clock, say } from "./speech.js";

const FOCUSABLE = "a, button, summary";
const SEEN_AFTER = 2000; // milliseconds in view, with somebody there

class Board {
  constructor(element) {
    this.element = element;
    this.time = document.querySelector("[data-board-time]");
    this.versions = this.read();
    this.unseen = new Set();
    this.watcher = new IntersectionObserver((entries) => this.look(entries));
    element.addEventListener("focusin", (event) => this.seen(event.target.closest("[data-version]")));
    for (const sign of ["pointermove", "keydown", "scroll", "touchstart"])
      window.addEventListener(sign, () => this.someoneIsThere(), { passive: true });
    const every = Number(element.dataset.every || 60) * 1000;
    this.timer = setInterval(() => this.refresh(), every);
  }

  rows() {
    return [...this.element.querySelectorAll("[data-version][id]")];
  }

  read() {
    return new Map(this.rows().map((row) => [row.id, row.dataset.version]));
  }

  busy() {
    const focused = document.activeElement;
    return document.hidden || (this.element.contains(focused) && focused.matches("input, select, textarea, form *"));
  }

  async refresh() {
    if (this.busy()) return;
    try {
      const answer = await fetch(this.element.dataset.board, { headers: { "HX-Request": "true" }, redirect: "error" });
      if (!answer.ok) throw new Error(String(answer.status));
      this.show(await answer.text());
    } catch {
      this.tell(`Not refreshed since ${this.lastTime || "this page was opened"}. The board may be out of date.`);
    }
  }

  show(html) {
    if (this.busy()) return;
    const before = this.versions;
    const focused = document.activeElement?.closest("[data-version]")?.id;
    const place = [...(focused ? document.getElementById(focused).querySelectorAll(FOCUSABLE) : [])].indexOf(document.activeElement);
    const unfolded = this.rows().filter((row) => row.querySelector("details[open]")).map((row) => row.id);
    htmx.swap(this.element, html, { swapStyle: "innerHTML", settleDelay: 0, swapDelay: 0 });
    this.versions = this.read();
    for (const id of unfolded) document.getElementById(id)?.querySelector("details")?.setAttribute("open", "");
    this.giveBackFocus(focused, place);
    this.mark(before);
  }

  giveBackFocus(id, place) {
    if (!id) return;
    document.getElementById(id)?.querySelectorAll(FOCUSABLE)[Math.max(place, 0)]?.focus({ preventScroll: true });
  }

  mark(before) {
    const changed = this.rows().filter((row) => before.get(row.id) !== row.dataset.version);
    for (const row of changed) this.unseen.add(row.id);
    for (const row of this.rows()) if (this.unseen.has(row.id)) this.showAsChanged(row);
    this.lastTime = clock();
    const news = changed.length === 0 ? "" : changed.length === 1 ? " 1 row changed." : ` ${changed.length} rows changed.`;
    this.tell(`Refreshed ${this.lastTime}.${news}`);
    if (changed.length) say(`Board refreshed.${news}`);
  }

  showAsChanged(row) {
    row.classList.add("wh-changed");
    this.watcher.observe(row);
  }

  look(entries) {
    for (const { target, isIntersecting } of entries) target.inView = isIntersecting;
  }

  /** A mark stays through the night on a screen nobody looks at: only a moving person has seen a row. */
  someoneIsThere() {
    if (this.seeing || this.unseen.size === 0) return;
    this.seeing = setTimeout(() => {
      this.seeing = 0;
      for (const row of this.rows()) if (row.inView) this.seen(row);
    }, SEEN_AFTER);
  }

  seen(row) {
    if (!row || document.hidden) return;
    this.watcher.unobserve(row);
    this.unseen.delete(row.id);
    row.classList.remove("wh-changed");
  }

  tell(sentence) {
    if (this.time) this.time.textContent = sentence;
  }
}

/** Starts refreshing every board on the page. */
export function watchBoards(page) {
  for (const element of page.querySelectorAll("[data-board]")) new Board(element);
}
