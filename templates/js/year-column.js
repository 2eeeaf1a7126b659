/**
 * The targets of one column beside the rows of the system table, so that who asks for a year has the answer there.
 * Returns the function to call with the key of the column, or "", whenever other rows are hidden, and with what tells
 * whether a row is; it says how many cells it has added or removed.
 *
 * @param {HTMLTableSectionElement} body whose rows are for rows of the sheets
 */
function yearColumn(body) {
  const table = body.closest("table");
  const added = new Map();
  let key = "";

  function copyFrom(place) {
    const cells = place?.querySelectorAll("[data-columns]") ?? [];
    const cell = [...cells].find((each) => each.dataset.columns.split("\n").includes(key));
    if (!cell) return null;
    const copy = cell.cloneNode(true);
    [copy.hidden, copy.colSpan] = [false, 1];
    copy.classList.add("target");
    return copy;
  }

  function add(row, place) {
    const copy = added.has(row) ? null : copyFrom(place);
    if (copy) added.set(row, row.appendChild(copy));
  }

  return (asked, hidden) => {
    const before = added.size;
    let removed = 0;
    if (asked !== key) {
      removed = before;
      for (const cell of added.values()) cell.remove();
      added.clear();
      key = asked;
    }
    if (key !== "") {
      add(table.tHead.rows[0], document.querySelector("#part\\:sheet-list .actions thead"));
      for (const row of body.rows) if (!hidden(row)) add(row, document.getElementById(row.dataset.for));
    }
    table.classList.toggle("with-target", added.size > 0);
    return added.size - before + 2 * removed;
  };
}
