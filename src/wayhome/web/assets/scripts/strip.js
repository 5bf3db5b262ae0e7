// A strip of time that does not fit a phone begins at its end: what is new is what is looked for.

/** Moves every strip to its newest part. */
export function beginAtTheEnd(page) {
  for (const strip of page.querySelectorAll("[data-newest-at-the-end]")) strip.scrollLeft = strip.scrollWidth;
}
