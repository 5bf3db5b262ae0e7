// A form is not sent into a dead connection: the text would be lost with the page.

import { say } from "./speech.js";

const WARNING = "There is no connection. Nothing was sent and what you typed is still here. Try again when you are back online.";

function showWarning(form) {
  let notice = form.querySelector("[data-offline-notice]");
  if (!notice) {
    notice = document.createElement("p");
    notice.className = "wh-notice wh-notice--stopped";
    notice.dataset.offlineNotice = "";
    notice.tabIndex = -1;
    form.append(notice);
  }
  notice.textContent = WARNING;
  notice.focus();
  say(WARNING);
}

/** Whether what is sent waits on this device until there is a connection (sending.js). */
function willWait(event) {
  return "keptReady" in event.target.dataset && !event.submitter?.name;
}

/** Stops a form from being sent while the browser knows that it is offline. */
export function warnWhenOffline(page) {
  page.addEventListener(
    "submit",
    (event) => {
      if (navigator.onLine || willWait(event)) return;
      event.preventDefault();
      event.stopPropagation();
      showWarning(event.target);
    },
    true,
  );
  window.addEventListener("online", () => {
    const notices = page.querySelectorAll("[data-offline-notice]");
    for (const notice of notices) notice.remove();
    if (notices.length) say("You are back online.");
  });
}
