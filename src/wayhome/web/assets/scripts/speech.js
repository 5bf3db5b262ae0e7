// Sentences spoken politely by a screen reader, and nothing else.

/** Says a sentence in the page's live region (web/skeleton.html). */
export function say(sentence) {
  const region = document.getElementById("spoken");
  if (region) region.textContent = sentence;
}

/** "10:42" on a London clock. */
export function clock(instant = new Date()) {
  return instant.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/London" });
}
