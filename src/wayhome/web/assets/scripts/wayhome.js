// Everything the pages do beyond HTML. Each part finds its own elements; a page without them is left alone.

import htmx from "htmx.org";

import { followConditions } from "./conditions.js";
import { warnWhenOffline } from "./connection.js";
import { keepDrafts } from "./draft.js";
import { wake } from "./govuk.js";
import { holdMirrors } from "./mirror.js";
import { watchBoards } from "./refresh.js";
import { selectWords } from "./selecting.js";
import { beginAtTheEnd } from "./strip.js";

// The content security policy forbids both; htmx must not try.
htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyCacheSize = 0; // a child's record is not left in the browser's storage
// A refusal is an answer: its sentence is shown where the answer would have been.
htmx.config.responseHandling = [
  { code: "204", swap: false },
  { code: "[23]..", swap: true },
  { code: "4(03|04|09)", swap: true, error: true },
  { code: "...", swap: false, error: true },
];

wake(document);
document.body.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) wake(event.detail.elt);
});

keepDrafts(document);
followConditions(document);
warnWhenOffline(document);
watchBoards(document);
beginAtTheEnd(document);
holdMirrors(document);
selectWords(document);
