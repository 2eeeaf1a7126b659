// Which rows a filter finds. Nothing here touches the page.

const facts = JSON.parse(document.getElementById("part:facts").textContent);
const sheetCount = Object.keys(facts.sheets).length;
const rowCount = Object.keys(facts.rows).length;

/**
 * What a reader asks for: rows of any of the departments, with all of the marks, in the column, with all the words.
 * `together`: of all of the departments, and of several at least. `target`: in such a state in the column, or in any.
 */
const NO_FILTER = { department: [], together: "", mark: [], year: "", target: "", text: "" };
const LISTS = ["department", "mark"];
const CHOICES = ["together", "year", "target"];

const isActive = (filter) =>
  LISTS.some((list) => filter[list].length > 0) || CHOICES.some((name) => filter[name]) || filter.text.trim() !== "";
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

let texts = null;
/** Read when they are first asked for: on a large page that takes a while. */
const textsOf = (id) => (texts ??= readTexts()).get(id);

const stands = ({ text }, pattern) => text.search(pattern) >= 0;

function textInRow(row, pattern, year) {
  if (!stands(row, pattern)) return undefined;
  const { own, columns } = row.texts();
  const ofColumns = year ? [columns.get(year)].filter(Boolean) : [...columns.values()];
  return [...own, ...ofColumns].find((text) => stands(text, pattern));
}

const textInSection = (section, pattern) =>
  stands(section, pattern) ? section.texts().find((text) => stands(text, pattern)) : undefined;

/** For one word: in which of the texts of a row it stands, or undefined. */
function findText(id, pattern, year, known) {
  const { above, row } = textsOf(id);
  const inRow = textInRow(row, pattern, year);
  if (inRow) return inRow;
  for (let at = above.length - 1; at >= 0; at -= 1) {
    const section = above[at];
    if (!known.has(section)) known.set(section, textInSection(section, pattern));
    if (known.get(section)) return known.get(section);
  }
  return undefined;
}

/** Whether those who have a row are the departments that are asked for. */
function inCharge(own, departments, { together }) {
  if (together) return own.length > 1 && departments.every((each) => own.includes(each));
  return departments.length === 0 || departments.some((each) => own.includes(each));
}

function hasTarget({ columns, states }, { year, target }) {
  const keys = target ? (states[target] ?? []) : columns;
  return year ? keys.includes(year) : !target || keys.length > 0;
}

let sheetDepartments = null;

/** Of a sheet, all that are in charge of it or of one of its actions. */
function departmentsOfSheet(id) {
  if (!sheetDepartments) {
    sheetDepartments = new Map(Object.entries(facts.sheets).map(([sheet, whole]) => [sheet, new Set(whole)]));
    for (const { sheet, departments } of Object.values(facts.rows)) for (const each of departments) sheetDepartments.get(sheet).add(each);
  }
  return [...sheetDepartments.get(id)];
}

/** Whether the sheet as a whole is what is asked for, although the row is not. */
function sheetInCharge(id, departments, filter) {
  if (filter.together) return inCharge(departmentsOfSheet(id), departments, filter);
  return departments.some((each) => facts.sheets[id].includes(each));
}

/**
 * The ids of all rows that match, each with the places of the words in it; of the sheets that are shown with them; and
 * of those that are shown although none of their rows is found, since the sheet as a whole is the department's. With the
 * pattern of each word.
 */
function matches(filter) {
  const departments = filter.department.map((name) => facts.departments.indexOf(name));
  const marks = filter.mark.map((name) => facts.marks.indexOf(name));
  const words = patternsOf(filter.text, facts.same).map((each) => ({ ...each, known: new Map() }));
  const patterns = new Map(words.map(({ word, pattern }) => [word, pattern]));
  const found = { rows: new Map(), sheets: new Set(), whole: new Set(), patterns };
  for (const [id, row] of Object.entries(facts.rows)) {
    if (marks.some((mark) => !row.marks.includes(mark))) continue;
    const places = words.map(({ word, pattern, known }) => ({ word, place: findText(id, pattern, filter.year, known) }));
    if (places.some(({ place }) => !place)) continue;
    if (!inCharge(row.departments, departments, filter)) {
      if (sheetInCharge(row.sheet, departments, filter)) found.whole.add(row.sheet);
      continue;
    }
    if (!hasTarget(row, filter)) continue;
    found.rows.set(id, places);
    found.sheets.add(row.sheet);
  }
  for (const sheet of found.sheets) found.whole.delete(sheet);
  return found;
}

const everything = () => ({
  rows: new Map(Object.keys(facts.rows).map((id) => [id, []])),
  sheets: new Set(Object.keys(facts.sheets)),
  whole: new Set(),
  patterns: new Map(),
});

/** The conditions of a filter one by one: what each is called, and the filter without it. */
function conditionsOf(filter) {
  const conditions = LISTS.flatMap((list) =>
    filter[list].map((value) => ({
      text: value,
      without: { ...filter, [list]: filter[list].filter((other) => other !== value) },
    })),
  );
  const texts = { together: () => "共同", year: (key) => facts.columns[key], target: (state) => facts.states[state] };
  for (const name of CHOICES) if (filter[name]) conditions.push({ text: texts[name](filter[name]), without: { ...filter, [name]: "" } });
  if (filter.text.trim()) conditions.push({ text: `「${filter.text.trim()}」`, without: { ...filter, text: "" } });
  return conditions;
}
