// The plan, or what the filter finds of it, as CSV: the same files as those of `planbook export --format csv`.

const buttonsOfData = [...form.querySelectorAll("[data-file]")];
let data = null;
/** Read when they are first asked for. */
const dataOfPlan = () => (data ??= JSON.parse(document.getElementById("part:data").textContent));

const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/**
 * A table as CSV (RFC 4180): all its rows, or those of what is found, in the chosen column.
 *
 * @returns {string | null} null where no row is left
 */
function csvOf(name, filter, found) {
  const { texts, tables } = dataOfPlan();
  const { columns, rows } = tables[name];
  const anchors = isActive(filter) ? new Set(found.rows.keys()) : null;
  // Targets and figures are of an action, wherever it is shown.
  const actions = anchors && name !== "actions" ? new Set([...anchors].map((id) => id.split(":").at(-1))) : anchors;
  const chosen = rows.filter(([anchor, column]) => {
    if (!actions) return true;
    return actions.has(texts[anchor]) && (!filter.year || !texts[column] || texts[column] === filter.year);
  });
  if (chosen.length === 0) return null;
  const lines = [columns, ...chosen.map(([, , ...cells]) => cells.map((at) => texts[at]))];
  return lines.map((cells) => `${cells.map(quoted).join(",")}\r\n`).join("");
}

function saveData(button) {
  const name = button.dataset.file;
  const csv = csvOf(name, current, currentlyFound);
  if (csv === null) {
    tell(`この表示に当てはまる${button.textContent}はありません。`);
    return;
  }
  // With a byte order mark Excel reads it as what it is.
  const address = URL.createObjectURL(new Blob(["\ufeff", csv], { type: "text/csv;charset=utf-8" }));
  make("a", { href: address, download: `${name}${isActive(current) ? "-selection" : ""}.csv` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

for (const button of buttonsOfData) button.addEventListener("click", () => saveData(button));
