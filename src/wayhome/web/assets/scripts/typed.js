// What is typed into a form, read and written back.

/** Everything typed, as it is sent: without the token, and with the line ends that a browser sends. */
export function wordsOf(form) {
  const fields = new FormData(form);
  fields.delete("csrfmiddlewaretoken");
  const typed = [...fields].filter(([, value]) => typeof value === "string");
  return new URLSearchParams(typed.map(([name, value]) => [name, value.replace(/\r\n|\r|\n/g, "\r\n")]));
}

/** Writes words into a form as if they had been typed there. */
export function fill(form, words) {
  for (const field of form.elements) {
    if (!field.name || field.name === "csrfmiddlewaretoken" || field.type === "submit") continue;
    if (field.type === "checkbox" || field.type === "radio") {
      field.checked = words.getAll(field.name).includes(field.value);
    } else if (words.has(field.name)) {
      field.value = words.get(field.name);
    }
  }
  window.dispatchEvent(new Event("pageshow")); // so that the fields under a choice are shown
}
