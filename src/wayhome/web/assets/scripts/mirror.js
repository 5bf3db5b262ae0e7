// The language mirror: under a long text, after a pause, words that blame a child and better ones. It never blocks.
//
//   <textarea data-mirror="/wording/list">
//
// The address answers {"terms": [{"expression", "better", "why"}]}; the server finds the same with the same expressions
// (codelists/wording.py) for those without scripts. What is put aside is not shown again on this page.

const PAUSE = 1200; // milliseconds without a key
let asked;

/** The list, asked for once a page. Without it nothing is pointed out. */
function terms(address) {
  asked ||= fetch(address, { headers: { "X-Requested-With": "fetch" }, redirect: "error" })
    .then((answer) => (answer.ok ? answer.json() : { terms: [] }))
    .then((list) => list.terms.map((term) => ({ ...term, expression: new RegExp(term.expression, "gi") })))
    .catch(() => []);
  return asked;
}

/** What is pointed out in a text, in order; of two that share characters the first, or the longer. */
export function pointedOut(text, list) {
  const found = list.flatMap((term) =>
    [...text.matchAll(term.expression)].map((hit) => ({ start: hit.index, words: hit[0], term }))
  );
  found.sort((a, b) => a.start - b.start || b.words.length - a.words.length);
  let end = 0;
  return found.filter(({ start, words }) => start >= end && (end = start + words.length));
}

class Mirror {
  constructor(box) {
    this.box = box;
    this.aside = new Set();
    this.place = document.createElement("div");
    this.place.className = "wh-mirror";
    this.place.setAttribute("aria-live", "polite");
    box.after(this.place);
    box.addEventListener("focus", () => this.look());
    box.addEventListener("input", () => this.lookIn(PAUSE));
    box.addEventListener("blur", () => this.look());
    box.form?.addEventListener("submit", () => this.tellServer());
  }

  lookIn(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), delay);
  }

  async look() {
    this.list = await terms(this.box.dataset.mirror);
    const found = new Map();
    for (const each of pointedOut(this.box.value, this.list))
      if (!this.aside.has(each.term) && !found.has(each.term)) found.set(each.term, each);
    const key = [...found.values()].map((each) => each.words).join("|");
    if (key !== this.key) this.show([...found.values()]);
    this.key = key;
  }

  show(found) {
    this.place.replaceChildren();
    if (found.length === 0) return;
    const list = element("ul", "govuk-list");
    for (const each of found) list.append(this.line(each));
    this.place.append(element("p", "wh-mirror__title", "Another way to say it"), list, this.leave(found));
  }

  line({ words, term }) {
    const line = element("li");
    line.append(element("strong", "", `“${words}”`), `: better ${term.better}. `, element("span", "wh-quiet", term.why));
    return line;
  }

  leave(found) {
    const button = element("button", "wh-link-button", "Leave it as it is");
    button.type = "button";
    button.addEventListener("click", () => {
      for (const each of found) this.aside.add(each.term);
      this.look();
      this.box.focus();
    });
    return button;
  }

  /** Who has been shown it is not told again after sending. */
  tellServer() {
    if (!this.list?.length || this.box.form.elements.wording_shown) return;
    const shown = element("input");
    Object.assign(shown, { type: "hidden", name: "wording_shown", value: "1" });
    this.box.form.append(shown);
  }
}

function element(name, className = "", text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}

/** Holds the mirror under every long text that asks for it. */
export function holdMirrors(page) {
  for (const box of page.querySelectorAll("textarea[data-mirror]")) new Mirror(box);
}
