// Shows on the page what a filter finds: what the reader sees at once, and what is far below it a piece at a time.

// So many elements are shown or hidden before the browser may draw. The plan of a city is done in one go.
const AT_A_TIME = 400;
// Milliseconds between two pieces, for what the reader does meanwhile.
const BETWEEN = 20;

/**
 * What a filter shows or hides, in the order of the page. What there is to do with each is found out when it is first
 * reached: a large page has thousands, and who looks at its first screen does not wait for the others.
 */
let elements = null;
let columnsToo = false;

/** `columns`: cells of columns, too, of which there are most. Without a column being chosen nobody needs them. */
function findElements(columns) {
  // Where there are no sheets, these texts are read from the table, and cells of it are going to move.
  if (!document.getElementById("part:sheet-list")) texts ??= readTexts();
  const own = "[data-for], [data-group], [data-department], [data-unfiltered], [data-drawn], .system-table tbody, .others";
  elements = [...document.querySelector("main").querySelectorAll(columns ? `${own}, [data-columns]` : own)];
  columnsToo = columns;
}

/**
 * `hides` say when to hide an element, `redraw` does what else there is to do, and may say how many elements that
 * changes. `hidden` is what the filter `asked` for makes of it.
 *
 * @typedef {{hides: Function[], redraw: Function | null, asked: object | null, hidden: boolean}} Part
 */
const parts = new Map();

function partOf(element) {
  let part = parts.get(element);
  if (!part) {
    part = { hides: hidesOf(element), redraw: redrawOf(element), asked: null, hidden: false };
    parts.set(element, part);
  }
  return part;
}

function isHidden(element, asked) {
  const part = partOf(element);
  if (part.asked !== asked) {
    part.asked = asked;
    part.hidden = part.hides.some((hides) => hides(asked));
  }
  return part.hidden;
}

// What differs from the column before is not understood without it.
const COMPARING = ["changed", "up", "down"];
/** The key of the one column that is shown, "" for all. */
const onlyColumn = ({ year, target }) => (COMPARING.includes(target) ? "" : year);

/** When to hide an element. The attributes are read one by one: `dataset` takes many times as long in Firefox. */
function hidesOf(element) {
  const id = element.getAttribute("data-for");
  if (id !== null) return [({ shown }) => !shown.has(id)];
  const hides = [];
  for (const { name, value } of element.attributes) {
    if (name === "data-group") {
      let ids = null;
      hides.push(({ shown }) => !(ids ??= idsIn(element)).some((each) => shown.has(each)));
    } else if (name === "data-department") {
      hides.push(({ filter }) => filter.department.length > 0 && !filter.department.includes(value));
    } else if (name === "data-unfiltered") {
      hides.push(({ filter }) => isActive(filter));
    } else if (name === "data-drawn") {
      hides.push(({ filter }) => onlyColumn(filter) !== "");
    } else if (name === "data-columns") {
      const keys = value.split("\n");
      hides.push(({ filter }) => onlyColumn(filter) !== "" && !keys.includes(filter.year));
    }
  }
  return hides;
}

const idsIn = (group) => [...group.querySelectorAll("[data-for]")].map((element) => element.getAttribute("data-for"));

function redrawOf(element) {
  if (element.localName === "tbody") return systemTable(element);
  if (element.classList.contains("others")) return othersOf(element);
  // A cell of several columns is as wide as those of it that are shown.
  const span = element.hasAttribute("colspan") ? element.colSpan : 1;
  return span > 1 ? ({ filter }) => void setSpan(element, onlyColumn(filter) === "" ? span : 1) : null;
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
    redrawMerged((row) => isHidden(row, asked));
    const added = redrawYear(asked.filter.year, (row) => isHidden(row, asked));
    giveReasons(asked.found);
    return added;
  };
}

/** Below a sheet of which some rows are hidden: how many these are, and a link that shows them. */
function othersOf(element) {
  const sheet = element.closest(".sheet");
  const rows = [...sheet.querySelectorAll("tr[data-for]")];
  return (asked) => {
    const hidden = isHidden(sheet, asked) ? 0 : rows.filter((row) => isHidden(row, asked)).length;
    element.hidden = hidden === 0;
    if (hidden === 0) return;
    const text = hidden < rows.length ? `ほか${hidden}件` : `条件に当てはまる${facts.words.action}はありません。ほか${hidden}件`;
    const link = make("a", { href: `#${sheet.id}`, className: "lift" }, "すべて表示");
    element.replaceChildren(`${text} `, link);
  };
}

let entries = null;

/** The contents beside the page lead only to what is shown. */
function showEntries(asked) {
  entries ??= [...document.querySelectorAll("nav li")].map((item) => {
    const around = [];
    const target = document.getElementById(item.querySelector("a").getAttribute("href").slice(1));
    for (let each = target; each; each = each.parentElement) if (partOf(each).hides.length > 0) around.push(each);
    return { item, around };
  });
  for (const { item, around } of entries) {
    const hidden = around.some((element) => isHidden(element, asked));
    if (item.hidden !== hidden) item.hidden = hidden;
  }
}

let left = null;

/** Show what is asked for: the first of it now, the rest soon, then call `done`. */
function showParts(filter, found, done) {
  const columns = onlyColumn(filter) !== "";
  if (!elements || (columns && !columnsToo)) findElements(columns);
  const asked = { filter, found, shown: new Set([...found.rows.keys(), ...found.sheets, ...found.whole]) };
  left = { asked, done, at: 0 };
  showSome(AT_A_TIME);
}

function showSome(most) {
  let changed = 0;
  for (; left.at < elements.length && changed < most; left.at += 1) {
    const element = elements[left.at];
    const { hides, redraw } = partOf(element);
    if (hides.length > 0 && element.hidden !== isHidden(element, left.asked)) {
      element.hidden = !element.hidden;
      changed += 1;
    }
    changed += redraw?.(left.asked) ?? 0;
  }
  if (left.at < elements.length) {
    const goesOn = left;
    afterDrawing(() => {
      if (left === goesOn) showSome(most);
    }, BETWEEN);
    return;
  }
  const { asked, done } = left;
  left = null;
  showEntries(asked);
  done();
}

/** Show the rest now: who prints the page, or goes to a place in it, needs all of it. */
function finishShowing() {
  if (left) showSome(Infinity);
}

addEventListener("beforeprint", finishShowing, { signal });
signal.addEventListener("abort", () => { left = null; });
