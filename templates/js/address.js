// The filter in the address of the page, and in the history of the browser.

/** The filter that an address asks for, and what it asks for that the plan does not have: 担当課「高齢福祉課」. */
function filterOfAddress(address) {
  const query = new URLSearchParams(address.search);
  const [known, unknown] = [{ ...NO_FILTER }, []];
  const choices = { department: facts.departments, mark: facts.marks };
  for (const list of LISTS) {
    const asked = [...new Set(query.getAll(list).filter(Boolean))];
    known[list] = choices[list].filter((name) => asked.includes(name));
    for (const name of asked) if (!choices[list].includes(name)) unknown.push({ list, name });
  }
  for (const [list, own] of [["year", facts.columns], ["target", facts.states]]) {
    const name = query.get(list) ?? "";
    if (Object.hasOwn(own, name)) known[list] = name;
    else if (name) unknown.push({ list, name });
  }
  if (query.has("together") && form.elements.together) known.together = "yes";
  known.text = query.get("text") ?? "";
  return { filter: known, unknown };
}

function addressOf(filter, hash) {
  const query = new URLSearchParams();
  for (const list of LISTS) for (const value of filter[list]) query.append(list, value);
  for (const name of [...CHOICES, "text"]) if (filter[name]) query.set(name, filter[name]);
  return `${location.pathname}${query.size > 0 ? "?" : ""}${query}${hash}`;
}

// A browser allows some 100 entries within 30 seconds, and then refuses them.
const PAUSE = 350;
let pending = null;
let lastControl = null;

/** Write the filter into the address once the reader pauses. What one control is set to in one go is one entry. */
function writeAddress(filter, control) {
  if (pending && pending.control !== control) settleAddress();
  clearTimeout(pending?.timer);
  pending = { filter, control, timer: setTimeout(settleAddress, PAUSE) };
}

/** Write at once what waits to be written. */
function settleAddress() {
  if (!pending) return;
  const { filter, control, timer } = pending;
  clearTimeout(timer);
  pending = null;
  const goesOn = control !== null && control === lastControl;
  lastControl = control;
  try {
    history[goesOn ? "replaceState" : "pushState"](null, "", addressOf(filter, ""));
  } catch {
    // Too many: the page shows what was asked for all the same, and its next entry says so.
  }
}

/** From now on a change is an entry of its own. */
function leaveControl() {
  settleAddress();
  lastControl = null;
}

/** Forget what waits to be written: the reader has gone elsewhere in the history. */
function dropAddress() {
  clearTimeout(pending?.timer);
  [pending, lastControl] = [null, null];
}
