/**
 * Merged cells that stay right while rows are hidden: each moves to the first of its rows that is shown, and spans those
 * that are. Returns the function to call whenever other rows are hidden, with what tells whether a row is.
 *
 * @param {HTMLTableSectionElement} body whose cells that span rows, even if only one, bear a rowspan
 */
function mergedCells(body) {
  const rows = [...body.rows];
  // Outer cells come before inner ones that begin with the same row, and it stays so whichever rows are hidden.
  const merged = rows.flatMap((row, at) =>
    [...row.querySelectorAll("[rowspan]")].map((cell) => ({ cell, rows: rows.slice(at, at + cell.rowSpan) })),
  );
  return (hidden) => {
    const beginning = new Map();
    for (const { cell, rows } of merged) {
      const shown = rows.filter((row) => !hidden(row));
      if (shown.length === 0) continue;
      if (cell.rowSpan !== shown.length) cell.rowSpan = shown.length;
      const cells = beginning.get(shown[0]);
      if (cells) cells.push(cell);
      else beginning.set(shown[0], [cell]);
    }
    for (const [row, cells] of beginning) {
      // What is where it belongs stays there: else a large table would be laid out again for every letter typed.
      if (cells.some((cell, at) => row.cells[at] !== cell)) row.prepend(...cells);
    }
  };
}
