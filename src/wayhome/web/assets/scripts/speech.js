// Sentences spoken politely by a screen reader, and nothing else.

/** Says a sentence in the page's live region (web/skeleton.html). */
export function say(sentence) {
  const region = document.getElementById("spoken");
  if (region) region.textContent = sentence;
}

const LONDON = { hour: "numeric", minute: "2-digit", hour12: false, timeZone: "Europe/London" };

/** "10:42pm" on a London clock, as the server writes it (web/showing.py). */
export function clock(instant = new Date()) {
  const [hour, minute] = instant.toLocaleTimeString("en-GB", LONDON).split(":").map(Number);
  if (minute === 0 && hour % 12 === 0) return hour === 12 ? "midday" : "midnight";
  const minutes = minute === 0 ? "" : `:${String(minute).padStart(2, "0")}`;
  return `${hour % 12 || 12}${minutes}${hour < 12 ? "am" : "pm"}`;
}
