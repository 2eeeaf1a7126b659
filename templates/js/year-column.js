/**
 * The targets of one year beside the rows of the system table, so that who asks for a year has the answer there.
 * Returns the function to call with the label of the year, or none, whenever other rows are hidden.
 *
 * @param {HTMLTableElement} table whose rows are for rows of the sheets
 */
function yearColumn(table) {
  let [label, texts, added] = [undefined, new Map(), []];

  function textsOf(year) {
    const cells = [...document.querySelectorAll(".all-sheets [data-year]")].filter((cell) => cell.dataset.year === year);
    return new Map(cells.map((cell) => [cell.closest("tr").dataset.for, cell]));
  }

  function copied(cell) {
    const copy = cell.cloneNode(true);
    copy.hidden = false;
    copy.classList.add("target");
    return copy;
  }

  return (year) => {
    for (const cell of added) cell.remove();
    if (year !== label) [label, texts] = [year, year === undefined ? new Map() : textsOf(year)];
    table.classList.toggle("with-target", texts.size > 0);
    added = [...table.rows]
      .filter((row) => !row.hidden && texts.has(row.dataset.for)) // the head is for none, as the heads of the sheets are
      .map((row) => row.appendChild(copied(texts.get(row.dataset.for))));
  };
}
