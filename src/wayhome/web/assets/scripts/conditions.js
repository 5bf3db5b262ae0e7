// A form as data: asks only what its conditions ask, and opens the box for evidence where an answer needs some.
//
//   <form data-conditions="what is recorded about harm, in words"> <div data-item="key" data-kind="level"
//     data-levels="least ... most" data-when='{"item": "other", "at_least": "some"}'>
//
// Without scripts the server hides and shows when answers are saved; it decides in the end what was asked
// (exploitation/instruments/conditions.py says the same as `holds`).

const NO_EVIDENCE = new Set(["", "no", "not_known"]);

/** What is answered to an item, as a list; nothing where it is hidden. */
export function answered(item) {
  if (!item || item.hidden) return [];
  const inputs = [...item.querySelectorAll(`[name="a-${item.dataset.item}"]`)];
  const chosen = inputs.filter((input) => !["radio", "checkbox"].includes(input.type) || input.checked);
  return chosen.map((input) => input.value.trim()).filter((value) => value !== "");
}

function isAtLeast(item, level) {
  const levels = item?.dataset.levels?.split(" ") ?? [];
  const [given] = answered(item);
  return levels.includes(given) && levels.includes(level) && levels.indexOf(given) >= levels.indexOf(level);
}

/** Whether a condition holds. `items` by key, `harm` what is recorded. */
export function holds(when, items, harm) {
  if (when.all) return when.all.every((part) => holds(part, items, harm));
  if (when.any) return when.any.some((part) => holds(part, items, harm));
  if (when.harm) return when.harm.some((each) => harm.has(each));
  if (when.count) return when.items.filter((key) => isAtLeast(items.get(key), when.at_least)).length >= when.count;
  const item = items.get(when.item);
  if (when.is) return answered(item).some((value) => when.is.includes(value));
  return when.at_least ? isAtLeast(item, when.at_least) : answered(item).length > 0;
}

function openEvidence(item) {
  const evidence = item.querySelector("[data-evidence]");
  if (!evidence) return;
  const lowest = item.dataset.levels?.split(" ")[0];
  if (answered(item).some((value) => !NO_EVIDENCE.has(value) && value !== lowest)) evidence.open = true;
}

/** Follows every form that has conditions. */
export function followConditions(page) {
  for (const form of page.querySelectorAll("[data-conditions]")) {
    const harm = new Set(form.dataset.conditions.split(" "));
    const items = new Map([...form.querySelectorAll("[data-item]")].map((item) => [item.dataset.item, item]));
    const conditional = [...items.values()].filter((item) => item.dataset.when);
    const conditions = new Map(conditional.map((item) => [item, JSON.parse(item.dataset.when)]));
    const look = () => {
      // In the order of the form: what is hidden counts as not answered.
      for (const [item, when] of conditions) item.hidden = !holds(when, items, harm);
    };
    form.addEventListener("change", (event) => {
      look();
      const item = event.target.closest("[data-item]");
      if (item && event.target.name === `a-${item.dataset.item}`) openEvidence(item);
    });
    look();
  }
}
