/**
 * The targets of one column beside the rows of the system table, so that who asks for a year has the answer there.
 * Returns the function to call with the key of the column, or "", whenever other rows are hidden.
 *
 * @param {HTMLTableElement} table whose rows are for rows of the sheets
 */
function yearColumn(table) {
  let [key, texts, added] = ["", new Map(), []];

  function textsOf(asked) {
    const cells = [...document.querySelectorAll("#part\\:sheet-list [data-columns]")];
    const own = cells.filter((cell) => cell.dataset.columns.split("\n").includes(asked));
    return new Map(own.map((cell) => [cell.closest("tr").dataset.for, cell]));
  }

  function copied(cell) {
    const copy = cell.cloneNode(true);
    copy.hidden = false;
    copy.classList.add("target");
    return copy;
  }

  return (asked) => {
    for (const cell of added) cell.remove();
    if (asked !== key) [key, texts] = [asked, asked === "" ? new Map() : textsOf(asked)];
    table.classList.toggle("with-target", texts.size > 0);
    added = [...table.rows]
      .filter((row) => !row.hidden && texts.has(row.dataset.for)) // the head is for none, as the heads of the sheets are
      .map((row) => row.appendChild(copied(texts.get(row.dataset.for))));
  };
}
