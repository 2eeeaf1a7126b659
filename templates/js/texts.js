// What the page says of each row: the texts of the plan, without the words that are printed around them.

/** A text and what it is, for the reader: 主な取り組み. `element` is where it stands. */
const textIn = (element, label) => ({ element, label, text: folded(element.textContent) });

/** What a section says of itself: its title and its fields. */
function textsOfSection(section) {
  const title = section.querySelector(".title");
  const list = section.querySelector(":scope > .fields, :scope > header > .fields");
  const fields = [...(list?.children ?? [])].map(({ firstElementChild: term, lastElementChild: detail }) =>
    textIn(detail.querySelector("tbody") ?? detail, term.textContent),
  );
  return [textIn(title, title.dataset.label), ...fields];
}

/**
 * For every row its texts: `above`, a list for each of the sections that it stands in, outermost first, shared between
 * rows; `own`; and `columns`, by the key of the column. Where there are no sheets, those of the system table.
 */
function readTexts() {
  const list = document.getElementById("part:sheet-list");
  if (!list) return readTextsOfTable();
  const texts = new Map();
  const above = new Map([[list, []]]);
  for (const section of list.querySelectorAll("[data-section]")) {
    above.set(section, [...above.get(section.parentElement), textsOfSection(section)]);
  }
  for (const row of list.querySelectorAll("tr[data-for]")) {
    const [own, columns] = [[], new Map()];
    for (const element of row.querySelectorAll("[data-label]")) own.push(textIn(element, element.dataset.label));
    for (const cell of row.querySelectorAll("td[data-columns]")) {
      const found = textIn(cell, facts.words.target);
      for (const key of cell.dataset.columns.split("\n")) columns.set(key, found);
    }
    texts.set(row.dataset.for, { above: above.get(row.closest("[data-section]")), own, columns });
  }
  return texts;
}

function readTextsOfTable() {
  const texts = new Map();
  for (const table of document.querySelectorAll(".system-table")) {
    const labels = new Map([...table.tHead.rows[0].cells].map((cell) => [cell.classList[0], cell.textContent]));
    const current = new Map();
    for (const row of table.tBodies[0].rows) {
      for (const cell of row.querySelectorAll("th:not(.vision), td:not(.target)")) {
        const column = cell.classList[0];
        current.set(column, [textIn(cell.querySelector(".text"), labels.get(column))]);
      }
      const { action, department = [], ...sections } = Object.fromEntries(current);
      texts.set(row.dataset.for, {
        above: Object.values(sections),
        own: [...action, ...department],
        columns: new Map(),
      });
    }
  }
  return texts;
}
