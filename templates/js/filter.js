/** The same text for all ways to write it: full or half width, hiragana or katakana, capitals or small letters. */
function folded(text) {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[ぁ-ゖ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60));
}

const facts = JSON.parse(document.getElementById("part:facts").textContent);
const projectCount = Object.keys(facts.projects).length;
const rowCount = Object.keys(facts.rows).length;

// ---- What stands on the page ----

const NO_FILTER = { department: "", year: "", text: "" };
const textOf = (element) => folded(element?.textContent ?? "");

/** The texts of a row, without those of its years, and of everything that it stands below. */
function surroundings(row) {
  const sheet = row.closest(".sheet");
  const [measure, policy] = [sheet.closest(".measure"), sheet.closest(".policy")];
  return [row.querySelector(".text"), sheet.querySelector("header"), measure.querySelector("h4"), policy.querySelector("h3")]
    .map(textOf)
    .join("\n");
}

/** For every row its texts: `always`, and by year. Where there are no sheets, those of the system table. */
function readTexts() {
  const texts = new Map();
  for (const row of document.querySelectorAll(".policy tr[data-for]")) {
    const years = [...row.querySelectorAll("td")].map((cell) => [cell.dataset.year, textOf(cell)]);
    texts.set(row.dataset.for, { always: surroundings(row), years: new Map(years) });
  }
  if (texts.size > 0) return texts;
  const above = [];
  for (const row of document.querySelectorAll(".system-table tr[data-for]")) {
    for (const cell of row.cells) above[["vision", "policy", "measure", "project"].indexOf(cell.className)] = textOf(cell);
    const own = [row.querySelector(".action"), row.querySelector(".department")].map(textOf);
    texts.set(row.dataset.for, { always: [...above.slice(1), ...own].join("\n"), years: new Map() });
  }
  return texts;
}

// Read before any cell is moved.
const texts = readTexts();
const redrawMerged = [...document.querySelectorAll(".system-table tbody")].map(mergedCells);

// ---- What matches ----

/** The ids of all rows that match, and of the sheets that are shown with them. */
function matches(filter) {
  const department = facts.departments.indexOf(filter.department);
  const words = folded(filter.text).split(/\s+/).filter(Boolean);
  const label = facts.years[filter.year];
  const found = { rows: new Set(), projects: new Set() };
  const has = ({ always, years }) => {
    const ofYears = label === undefined ? [...years.values()] : [years.get(label) ?? ""];
    const text = [always, ...ofYears].join("\n");
    return words.every((word) => text.includes(word));
  };
  for (const [id, row] of Object.entries(facts.rows)) {
    if (!has(texts.get(id))) continue;
    // A sheet is also a department's if only the project is, and none of its actions.
    if (department >= 0 && facts.projects[row.project].includes(department)) found.projects.add(row.project);
    if (department >= 0 && !row.departments.includes(department)) continue;
    if (filter.year && !row.years.includes(filter.year)) continue;
    found.rows.add(id);
    found.projects.add(row.project);
  }
  return found;
}

function statusText(found, filter) {
  const { action, project, relisting } = facts.words;
  if (found.projects.size === 0) return "条件に当てはまるものはありません。";
  const counts = `${action}${found.rows.size}件、${project}${found.projects.size}件`;
  if (!isActive(filter)) return `すべて（${counts}）を表示しています。`;
  const relisted = [...found.rows].filter((id) => facts.rows[id].relisted).length;
  const all = `${action}${rowCount}件のうち${found.rows.size}件${relisted ? `（${relisting}${relisted}件を含む）` : ""}`;
  return `${all}、${project}${projectCount}件のうち${found.projects.size}件を表示しています。`;
}

// ---- What is shown ----

const form = document.getElementById("part:filter");
const statusLine = document.querySelector(".status");
let current = NO_FILTER;

const isActive = (filter) => Boolean(filter.department || filter.year || folded(filter.text).trim());
const same = (a, b) => Object.keys(NO_FILTER).every((name) => a[name] === b[name]);

function hide(elements, isShown) {
  for (const element of elements) {
    const hidden = !isShown(element);
    if (element.hidden !== hidden) element.hidden = hidden;
  }
}

function show(filter) {
  current = filter;
  const found = matches(filter);
  const all = (selector) => document.querySelectorAll(selector);
  const ids = new Set([...found.rows, ...found.projects]);
  hide(all("main [data-for]"), (element) => ids.has(element.dataset.for));
  for (const redraw of redrawMerged) redraw();
  hide(all("main [data-group]"), (group) => group.querySelector("[data-for]:not([hidden])") !== null);
  hide(all("main [data-unfiltered]"), () => !isActive(filter));
  if (filter.department) {
    hide(all("main [data-department]"), (group) => group.dataset.department === filter.department);
  }
  hide(all("main [data-year]"), (cell) => !filter.year || cell.dataset.year === facts.years[filter.year]);
  hide(all("main [data-all-years]"), () => !filter.year);
  hide(all("nav li"), (item) => {
    const target = document.getElementById(item.querySelector("a").getAttribute("href").slice(1));
    return !target?.closest("[hidden]");
  });
  document.documentElement.classList.toggle("filtered", isActive(filter));
  statusLine.textContent = statusText(found, filter);
}

// ---- The address ----

function filterOfAddress() {
  const query = new URLSearchParams(location.search);
  const { department, year, text } = { ...NO_FILTER, ...Object.fromEntries(query) };
  return {
    department: facts.departments.includes(department) ? department : "",
    year: Object.hasOwn(facts.years, year) ? year : "",
    text,
  };
}

function addressOf(filter, hash) {
  const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value)).toString();
  return `${location.pathname}${query && "?"}${query}${hash}`;
}

function fill(filter) {
  for (const [name, value] of Object.entries(filter)) form.elements[name].value = value;
}

function filterOfForm() {
  return Object.fromEntries(Object.keys(NO_FILTER).map((name) => [name, form.elements[name].value]));
}

/** Show what the form says. Typing a text makes one entry of the history, not one for each letter. */
function take(typing) {
  const filter = filterOfForm();
  if (same(filter, current)) return;
  const goesOn = typing && history.state?.typing === true;
  history[goesOn ? "replaceState" : "pushState"]({ typing }, "", addressOf(filter, ""));
  show(filter);
  // What was in view may be gone, or far below what was found.
  const main = document.querySelector("main");
  if (main.getBoundingClientRect().top < 0) main.scrollIntoView();
}

/** A link may lead to what the filter hides: then the filter has to go. */
function reveal() {
  const target = linkTarget();
  if (!target?.closest("[hidden]")) return;
  history.replaceState(null, "", addressOf(NO_FILTER, location.hash));
  fill(NO_FILTER);
  show(NO_FILTER);
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
  const filter = filterOfAddress();
  if (!same(filter, current)) {
    fill(filter);
    show(filter);
  }
  reveal();
}

form.addEventListener("input", (event) => take(event.target.name === "text"));
form.addEventListener("submit", (event) => event.preventDefault());
form.querySelector("button").addEventListener("click", () => {
  fill(NO_FILTER);
  take(false);
});
addEventListener("popstate", followAddress, { signal }); // links within the page do this, too

for (const element of document.querySelectorAll("search, [data-script]")) element.hidden = false;
fill(filterOfAddress());
if (isActive(filterOfForm())) {
  followAddress();
  linkTarget()?.scrollIntoView();
}
