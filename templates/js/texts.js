// What the page says of each row: the texts of the plan, without the words that are printed around them.

/** A text and what it is, for the reader: 主な取り組み. `element` is where it stands. */
const textIn = (element, label) => ({ element, label, text: folded(element.textContent) });

/**
 * A place of the page: `text` is all that stands there, with the words around the texts of the plan; `texts()` are those,
 * read only when somebody looks for what stands in `text`: a large page has ten thousand of them.
 */
function placeOf(elements, read) {
  let texts = null;
  return { text: elements.map((element) => element.textContent).join("\n"), texts: () => (texts ??= read()) };
}

/** What a section says of itself: its title and its fields. */
function placeOfSection(section) {
  const head = section.firstElementChild;
  const [heading, list] = head.localName === "header" ? [head, head.lastElementChild] : [head, head.nextElementSibling];
  const fields = list?.classList.contains("fields") ? list : null;
  return placeOf(fields && head !== fields.parentElement ? [heading, fields] : [heading], () => {
    const title = heading.querySelector(".title");
    const details = [...(fields?.children ?? [])].map(({ firstElementChild: term, lastElementChild: detail }) =>
      textIn(detail.querySelector("tbody") ?? detail, term.textContent),
    );
    return [textIn(title, title.getAttribute("data-label")), ...details];
  });
}

/** Texts that hold for all columns, and those of one column, by its key. */
function textsOfRow(row) {
  const own = [...row.querySelectorAll("[data-label]")];
  const columns = new Map();
  for (const cell of row.querySelectorAll("td[data-columns]")) {
    const text = textIn(cell, facts.words.target);
    for (const key of cell.getAttribute("data-columns").split("\n")) columns.set(key, text);
  }
  return { own: own.map((element) => textIn(element, element.getAttribute("data-label"))), columns };
}

/**
 * For every row its place, and those of the sections that it stands in, outermost first, shared between rows. Where
 * there are no sheets, both are of the system table.
 *
 * @returns {Map<string, {above: object[], row: object}>}
 */
function readTexts() {
  const list = document.getElementById("part:sheet-list");
  const texts = list ? textsOfSheets(list) : textsOfTable();
  const places = [...new Set([...texts.values()].flatMap(({ above, row }) => [...above, row]))];
  // All at once is much quicker than one by one; no page has this character.
  const all = folded(places.map(({ text }) => text).join("\0")).split("\0");
  for (const [at, text] of all.entries()) places[at].text = text;
  return texts;
}

function textsOfSheets(list) {
  const texts = new Map();
  const above = new Map([[list, []]]);
  let section = null;
  // In the order of the page: a section, then its rows.
  for (const element of list.querySelectorAll("[data-section], tr[data-for]")) {
    if (element.localName === "tr") {
      const row = placeOf([element], () => textsOfRow(element));
      texts.set(element.getAttribute("data-for"), { above: above.get(section), row });
    } else {
      section = element;
      above.set(section, [...above.get(section.parentElement), placeOfSection(section)]);
    }
  }
  return texts;
}

function textsOfTable() {
  const texts = new Map();
  for (const table of document.querySelectorAll(".system-table")) {
    const labels = new Map([...table.tHead.rows[0].cells].map((cell) => [cell.classList[0], cell.textContent]));
    const current = new Map();
    for (const row of table.tBodies[0].rows) {
      for (const cell of row.querySelectorAll("th:not(.vision), td:not(.target)")) current.set(cell.classList[0], cell);
      const [own, above] = [[], []];
      for (const [column, cell] of current) {
        (column === "action" || column === "department" ? own : above).push([cell.querySelector(".text"), labels.get(column)]);
      }
      texts.set(row.getAttribute("data-for"), {
        above: above.map((named) => placeOf([named[0]], () => [textIn(...named)])),
        row: placeOf(own.map(([element]) => element), () => ({
          own: own.map((named) => textIn(...named)),
          columns: new Map(),
        })),
      });
    }
  }
  return texts;
}
