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
let partOf = new Map();
let columnsToo = false;

/** `columns`: cells of columns, too, of which there are most. Without a column being chosen nobody needs them. */
function makeParts(columns) {
  // Where there are no sheets, these texts are read from the table, and cells of it are going to move.
  if (!document.getElementById("part:sheet-list")) texts ??= readTexts();
  const main = document.querySelector("main");
  const own = "[data-for], [data-group], [data-department], [data-unfiltered], [data-drawn], .system-table tbody, .others";
  const groups = []; // that the element stands in, outermost first, each with the ids of the rows in it
  const made = (element) => {
    while (groups.length > 0 && !groups.at(-1).element.contains(element)) groups.pop();
    return { element, hides: hidesOf(element, groups), redraw: redrawOf(element), hidden: element.hidden };
  };
  const elements = [...main.querySelectorAll(columns ? `${own}, [data-columns]` : own)];
  // Those that there are know what the page was like before anything was hidden.
  parts = elements.map((element) => partOf.get(element) ?? made(element));
  partOf = new Map(parts.map((part) => [part.element, part]));
  columnsToo = columns;
}

/** When to hide an element. The attributes are read one by one: `dataset` takes many times as long in Firefox. */
function hidesOf(element, groups) {
  const hides = [];
  for (const { name, value } of element.attributes) {
    if (name === "data-for") {
      for (const { ids } of groups) ids.add(value);
      hides.push((asked) => !asked.shown(value));
    } else if (name === "data-group") {
      const ids = new Set();
      groups.push({ element, ids });
      hides.push((asked) => !asked.someShown(ids));
    } else if (name === "data-department") {
      hides.push(({ filter }) => filter.department.length > 0 && !filter.department.includes(value));
    } else if (name === "data-unfiltered") {
      hides.push(({ filter }) => isActive(filter));
    } else if (name === "data-drawn") {
      hides.push(({ filter }) => filter.year !== "");
    } else if (name === "data-columns") {
      const keys = value.split("\n");
      hides.push(({ filter }) => filter.year !== "" && !keys.includes(filter.year));
    }
  }
  return hides;
}

function redrawOf(element) {
  if (element.localName === "tbody") return systemTable(element);
  if (element.classList.contains("others")) return othersOf(element);
  // A cell of several columns is as wide as those of it that are shown.
  const span = element.hasAttribute("colspan") ? element.colSpan : 1;
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

/** Show what is asked for: the first of it now, the rest soon, then call `done`. */
function showParts(filter, found, done) {
  if (!parts || (filter.year !== "" && !columnsToo)) makeParts(filter.year !== "");
  const shown = (id) => found.rows.has(id) || found.sheets.has(id) || found.whole.has(id);
  const someShown = (ids) => {
    for (const id of ids) if (shown(id)) return true;
    return false;
  };
  const asked = { filter, found, shown, someShown };
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
    const goesOn = left;
    afterDrawing(() => {
      if (left === goesOn) showSome(most);
    });
    return;
  }
  const { done } = left;
  left = null;
  done();
}

/** Show the rest now: who prints the page, or goes to a place in it, needs all of it. */
function finishShowing() {
  if (left) showSome(Infinity);
}

addEventListener("beforeprint", finishShowing, { signal });
signal.addEventListener("abort", () => { left = null; });
