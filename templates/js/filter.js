// The filter: what the form says is shown, said, and written into the address.

const form = document.getElementById("part:filter");
let current = NO_FILTER;
let currentlyFound = null;

function show(filter, unknown = []) {
  current = filter;
  const found = isActive(filter) ? matches(filter) : everything();
  currentlyFound = found;
  document.documentElement.classList.toggle("filtered", isActive(filter));
  document.documentElement.classList.toggle("one-column", onlyColumn(filter) !== "");
  statusLine.textContent = statusText(found, filter);
  showConditions(filter);
  advise(found, filter, unknown);
  unmarkWords();
  showParts(filter, found, () => markWords(filter));
}

// ---- The form ----

function fill(filter) {
  for (const list of LISTS) for (const box of form.querySelectorAll(`[name=${list}]`)) box.checked = filter[list].includes(box.value);
  for (const name of ["year", "target"]) if (form.elements[name]) form.elements[name].value = filter[name];
  if (form.elements.together) form.elements.together.checked = filter.together !== "";
  // Who is typing has the words already: to set them would move the cursor.
  if (form.elements.text.value !== filter.text) form.elements.text.value = filter.text;
}

function filterOfForm() {
  const checked = (list) => [...form.querySelectorAll(`[name=${list}]:checked`)].map((box) => box.value);
  const { together, year, target, text } = form.elements;
  return {
    department: checked("department"),
    together: together?.checked ? "yes" : "",
    mark: checked("mark"),
    year: year?.value ?? "",
    target: target?.value ?? "",
    text: text.value,
  };
}

/** Show what a filter finds, and say so in form and address. `control` names what it was set with, if that may go on. */
function setFilter(filter, control = null) {
  if (same(filter, current)) return;
  // What is in view may be gone then, or far below what is found. Asked before anything changes: a place on a page that
  // has changed is known only when all of it has been laid out anew.
  const main = document.querySelector("main");
  const below = main.getBoundingClientRect().top < 0;
  fill(filter);
  show(filter);
  writeAddress(filter, control);
  if (below) main.scrollIntoView();
}

const take = ({ name, value, type }) => setFilter(filterOfForm(), type === "checkbox" ? `${name} ${value}` : name);

// ---- Links and history ----

/** A link may lead to what the filter hides: then the filter has to go. */
function reveal(lift = false) {
  const target = linkTarget();
  finishShowing();
  if (!(target?.closest("[hidden]") || (lift && isActive(current)))) return;
  history.replaceState(null, "", addressOf(NO_FILTER, location.hash));
  fill(NO_FILTER);
  show(NO_FILTER);
  finishShowing();
  statusLine.textContent = `リンク先を表示するため、しぼり込みを解除しました。${statusLine.textContent}`;
  target.scrollIntoView();
}

function linkTarget() {
  try {
    return document.getElementById(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return null; // an address that someone cut off or mistyped
  }
}

function followAddress() {
  dropAddress();
  const { filter, unknown } = filterOfAddress(location);
  if (!same(filter, current) || unknown.length > 0) {
    fill(filter);
    show(filter, unknown);
    finishShowing(); // the browser scrolls to where the reader was
  }
  reveal(lifting);
  lifting = false;
}

let lifting = false;
// A word that is still being converted, か for 会議, is not what the reader looks for.
form.addEventListener("input", (event) => event.isComposing || take(event.target));
form.addEventListener("compositionend", ({ target }) => take(target));
// Who is about to filter for the first time does not wait for what a filter needs.
form.addEventListener("focusin", () => afterDrawing(() => {
  if (!elements) findElements(false);
  texts ??= readTexts();
}), { once: true });
form.addEventListener("focusout", leaveControl);
form.addEventListener("submit", (event) => event.preventDefault());
form.querySelector("[data-clear]").addEventListener("click", () => setFilter(NO_FILTER));
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a");
  if (!link) return;
  settleAddress();
  if (link.getAttribute("href").startsWith("?") && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
    event.preventDefault();
    setFilter(filterOfAddress(link).filter);
    return;
  }
  lifting = link.classList.contains("lift");
  if (lifting && link.hash === location.hash) followAddress();
}, { capture: true, signal });
addEventListener("popstate", followAddress, { signal }); // links within the page do this, too
addEventListener("pagehide", settleAddress, { signal });

for (const element of document.querySelectorAll("search, [data-script]")) element.hidden = false;
for (const element of document.querySelectorAll("[data-script-off]")) element.hidden = true;
const asked = filterOfAddress(location);
fill(asked.filter);
if (isActive(asked.filter) || asked.unknown.length > 0) {
  followAddress();
  linkTarget()?.scrollIntoView();
} else {
  statusLine.textContent = statusText({ rows: new Map(), sheets: new Set() }, NO_FILTER);
}
