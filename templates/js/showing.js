// Shows on the page what a filter finds: what the reader sees at once, and what is far below it a piece at a time.

// So many elements are shown or hidden before the browser may draw. The plan of a city is done in one go.
const AT_A_TIME = 400;

/**
 * What a filter shows or hides, in the order of the page; `hides` says which, `hidden` is what the part is going to be,
 * `redraw` does what is left to do and may say how many elements that changes. Made when it is first needed: a large
 * page has thousands.
 *
 * @typedef {{element: Element, hides: Function[], redraw: Function | null, hidden: boolean}} Part
 */
let parts = null;
let partOf = null;

function makeParts() {
  // Where there are no sheets, these texts are read from the table, and cells of it are going to move.
  if (!document.getElementById("part:sheet-list")) texts ??= readTexts();
  const main = document.querySelector("main");
  const own = "[data-for], [data-group], [data-department], [data-unfiltered], [data-columns], [data-drawn]";
  parts = [...main.querySelectorAll(`${own}, .system-table tbody, .others`)].map((element) => ({
    element,
    hides: hidesOf(element),
    redraw: redrawOf(element),
    hidden: element.hidden,
  }));
  partOf = new Map(parts.map((part) => [part.element, part]));
}

function hidesOf(element) {
  const { dataset } = element;
  const hides = [];
  if (dataset.for !== undefined) hides.push((asked) => !asked.shown(dataset.for));
  if (dataset.group !== undefined) {
    const ids = [...new Set([...element.querySelectorAll("[data-for]")].map((each) => each.dataset.for))];
    hides.push((asked) => !ids.some(asked.shown));
  }
  if (dataset.department !== undefined) {
    hides.push(({ filter }) => filter.department.length > 0 && !filter.department.includes(dataset.department));
  }
  if (dataset.unfiltered !== undefined) hides.push(({ filter }) => isActive(filter));
  if (dataset.drawn !== undefined) hides.push(({ filter }) => filter.year !== "");
  if (dataset.columns !== undefined) {
    const keys = dataset.columns.split("\n");
    hides.push(({ filter }) => filter.year !== "" && !keys.includes(filter.year));
  }
  return hides;
}

function redrawOf(element) {
  if (element.localName === "tbody") return systemTable(element);
  if (element.matches(".others")) return othersOf(element);
  // A cell of several columns is as wide as those of it that are shown.
  const span = element.dataset.columns === undefined ? 1 : (element.colSpan ?? 1);
  return span > 1 ? ({ filter }) => void setSpan(element, filter.year === "" ? span : 1) : null;
}

function setSpan(cell, span) {
  if (cell.colSpan !== span) cell.colSpan = span;
}

/** The rows of the system table: merged cells, the column of the year, and why each is there. */
function systemTable(body) {
  const redrawMerged = mergedCells(body);
  const redrawYear = yearColumn(body);
  const giveReasons = reasonsIn(body);
  return (asked) => {
    redrawMerged((row) => partOf.get(row).hidden);
    const added = redrawYear(asked.filter.year, (row) => partOf.get(row).hidden);
    giveReasons(asked.found);
    return added;
  };
}

/** Below a sheet of which some rows are hidden: how many these are, and a link that shows them. */
function othersOf(element) {
  const sheet = element.closest(".sheet");
  const rows = [...sheet.querySelectorAll("tr[data-for]")];
  return () => {
    const hidden = partOf.get(sheet).hidden ? 0 : rows.filter((row) => partOf.get(row).hidden).length;
    element.hidden = hidden === 0;
    if (hidden === 0) return;
    const text = hidden < rows.length ? `ほか${hidden}件` : `条件に当てはまる${facts.words.action}はありません。ほか${hidden}件`;
    const link = make("a", { href: `#${sheet.id}`, className: "lift" }, "すべて表示");
    element.replaceChildren(`${text} `, link);
  };
}

let entries = null;

/** The contents beside the page lead only to what is shown. */
function showEntries() {
  entries ??= [...document.querySelectorAll("nav li")].map((item) => {
    const around = [];
    const target = document.getElementById(item.querySelector("a").getAttribute("href").slice(1));
    for (let each = target; each; each = each.parentElement) if (partOf.has(each)) around.push(partOf.get(each));
    return { item, around };
  });
  for (const { item, around } of entries) {
    const hidden = around.some((part) => part.hidden);
    if (item.hidden !== hidden) item.hidden = hidden;
  }
}

let left = null;
let timer = null;

/** Show what is asked for: the first of it now, the rest soon, then call `done`. */
function showParts(filter, found, done) {
  clearTimeout(timer);
  if (!parts) makeParts();
  const shown = (id) => found.rows.has(id) || found.sheets.has(id) || found.whole.has(id);
  const asked = { filter, found, shown };
  for (const part of parts) if (part.hides.length > 0) part.hidden = part.hides.some((hides) => hides(asked));
  left = { asked, done, at: 0 };
  showEntries();
  showSome(AT_A_TIME);
}

function showSome(most) {
  let changed = 0;
  for (; left.at < parts.length && changed < most; left.at += 1) {
    const { element, hides, hidden, redraw } = parts[left.at];
    if (hides.length > 0 && element.hidden !== hidden) {
      element.hidden = hidden;
      changed += 1;
    }
    changed += redraw?.(left.asked) ?? 0;
  }
  if (left.at < parts.length) {
    timer = setTimeout(showSome, 0, most);
    return;
  }
  const { done } = left;
  left = null;
  done();
}

/** Show the rest now: who prints the page, or goes to a place in it, needs all of it. */
function finishShowing() {
  if (!left) return;
  clearTimeout(timer);
  showSome(Infinity);
}

addEventListener("beforeprint", finishShowing, { signal });
signal.addEventListener("abort", () => clearTimeout(timer));
