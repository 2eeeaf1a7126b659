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
  const found = [row.querySelector(".text"), sheet.querySelector("header")];
  for (let section = sheet.closest(".part-of-plan"); section; section = section.parentElement.closest(".part-of-plan")) {
    found.push(section.querySelector("h3, h4, h5, h6"));
  }
  return found.map(textOf).join("\n");
}

/** For every row its texts: `always`, and by year. Where there are no sheets, those of the system table. */
function readTexts() {
  const texts = new Map();
  for (const row of document.querySelectorAll(".all-sheets tr[data-for]")) {
    const years = [...row.querySelectorAll("td")].map((cell) => [cell.dataset.year, textOf(cell)]);
    texts.set(row.dataset.for, { always: surroundings(row), years: new Map(years) });
  }
  if (texts.size > 0) return texts;
  const above = [];
  for (const row of document.querySelectorAll(".system-table tr[data-for]")) {
    for (const cell of row.cells) above[["vision", "pillar", "policy", "measure", "project"].indexOf(cell.className)] = textOf(cell);
    const own = [row.querySelector(".action"), row.querySelector(".department")].map(textOf);
    texts.set(row.dataset.for, { always: [...above.slice(1), ...own].join("\n"), years: new Map() });
  }
  return texts;
}

// Read before any cell is moved.
const texts = readTexts();
const redrawMerged = [...document.querySelectorAll(".system-table tbody")].map(mergedCells);
const redrawYear = [...document.querySelectorAll(".system-table")].map(yearColumn);

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
  const [rows, projects] = [found.rows.size, found.projects.size];
  if (!isActive(filter)) return `すべて（${action}${rows}件、${project}${projects}件）を表示しています。`;
  const text = filter.text.trim() && `「${filter.text.trim()}」`;
  const conditions = [filter.department, facts.years[filter.year], text].filter(Boolean).join("・");
  if (projects === 0) return `${conditions}：当てはまるものはありません。`;
  const relisted = [...found.rows].filter((id) => facts.rows[id].relisted).length;
  const all = `${action}${rowCount}件中${rows}件${relisted ? `（うち${relisting}${relisted}件）` : ""}`;
  return `${conditions}：${all}、${project}${projectCount}件中${projects}件`;
}

// ---- What is shown ----

const form = document.getElementById("part:filter");
const statusLine = document.querySelector(".status");
let current = NO_FILTER;

const isActive = (filter) => Boolean(filter.department || filter.year || folded(filter.text).trim());
const same = (a, b) => Object.keys(NO_FILTER).every((name) => a[name] === b[name]);

// Looked for once, before the column of a year is there: a large page has thousands of them.
const named = (name) => [...document.querySelectorAll(`main [data-${name}]`)];
const keyed = (name, key) => named(name).map((element) => [element, element.dataset[key]]);
const rowsAndSheets = keyed("for", "for");
const ofYears = keyed("year", "year");
const ofDepartments = keyed("department", "department");
const groups = named("group");
const [ofAllYears, unfiltered] = [named("all-years"), named("unfiltered")];
const entries = [...document.querySelectorAll("nav li")].map((item) => [
  item,
  document.getElementById(item.querySelector("a").getAttribute("href").slice(1)),
]);

function setHidden(element, hidden) {
  if (element.hidden !== hidden) element.hidden = hidden;
}

function show(filter) {
  current = filter;
  const found = matches(filter);
  const year = facts.years[filter.year];
  for (const [element, id] of rowsAndSheets) setHidden(element, !found.rows.has(id) && !found.projects.has(id));
  for (const redraw of redrawMerged) redraw();
  for (const group of groups) setHidden(group, group.querySelector("[data-for]:not([hidden])") === null);
  if (filter.department) for (const [group, name] of ofDepartments) setHidden(group, name !== filter.department);
  for (const element of unfiltered) setHidden(element, isActive(filter));
  for (const [cell, label] of ofYears) setHidden(cell, year !== undefined && label !== year);
  for (const element of ofAllYears) setHidden(element, year !== undefined);
  for (const redraw of redrawYear) redraw(year);
  for (const [item, target] of entries) setHidden(item, Boolean(target?.closest("[hidden]")));
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

// A word that is still being converted, か for 会議, is not what the reader looks for.
form.addEventListener("input", (event) => event.isComposing || take(event.target.name === "text"));
form.addEventListener("compositionend", () => take(true));
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
