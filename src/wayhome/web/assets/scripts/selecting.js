// Words chosen in the text of an interview lead to the page on which they are marked. Every sentence can be marked
// without this, by the links under the answers.
//
//   <div data-mark-words="address of the marking page">
//     <div data-answer="field"> <span data-start="12">words</span> <a data-not-said>...</a> ... </div>
//
// Each run of the text says with which character of the answer it begins, counted as the server counts (code points).

/** The address on which the chosen words are marked; nothing if none of one answer are chosen. */
function address(place) {
  const chosen = getSelection();
  if (!chosen || chosen.isCollapsed || chosen.rangeCount === 0) return "";
  const range = chosen.getRangeAt(0);
  const answer = range.commonAncestorContainer;
  const of = (answer.nodeType === Node.TEXT_NODE ? answer.parentElement : answer).closest("[data-answer]");
  if (!of || !place.contains(of)) return "";
  const parts = [...of.querySelectorAll("[data-start]")].filter((run) => range.intersectsNode(run));
  const [start, end] = [edge(parts[0], range, true), edge(parts.at(-1), range, false)];
  return end > start ? `${place.dataset.markWords}?answer=${of.dataset.answer}&words=${start}-${end}` : "";
}

/** Where in the answer the choice begins or ends, which is in this run or at its border. */
function edge(run, range, isStart) {
  if (!run) return 0;
  const node = run.firstChild;
  const [container, offset] = isStart
    ? [range.startContainer, range.startOffset]
    : [range.endContainer, range.endOffset];
  const inside = container === node ? offset : isStart ? 0 : node.data.length;
  return Number(run.dataset.start) + [...node.data.slice(0, inside)].length;
}

class Selecting {
  constructor(place) {
    this.place = place;
    this.bar = document.createElement("div");
    this.bar.className = "wh-selected";
    this.bar.hidden = true;
    this.link = document.createElement("a");
    this.link.className = "govuk-button";
    this.link.textContent = "Mark the words you chose";
    this.bar.append(this.link);
    place.append(this.bar);
    document.addEventListener("selectionchange", () => this.look());
  }

  look() {
    const found = address(this.place);
    this.bar.hidden = !found;
    if (found) this.link.href = found;
  }
}

/** Lets words be chosen wherever a text can be marked. */
export function selectWords(page) {
  for (const place of page.querySelectorAll("[data-mark-words]")) new Selecting(place);
  for (const hint of page.querySelectorAll("[data-selecting-works]")) hint.hidden = false;
}
