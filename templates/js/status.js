// What is said of the filter beside it: how much it found, its conditions to be removed one by one, and what to try.

const statusLine = document.querySelector(".status");
const chips = document.querySelector(".chips");
const advice = document.querySelector(".advice");
const nothing = document.querySelector(".nothing");

function make(name, properties = {}, ...children) {
  const made = document.createElement(name);
  Object.assign(made, properties);
  made.append(...children);
  return made;
}

/** A button that sets the filter; `control` none, so that it is an entry of the history. */
const setter = (filter, properties, ...children) =>
  make("button", { type: "button", onclick: () => setFilter(filter), ...properties }, ...children);

function countText(found, filter) {
  const { action, sheet, relisting } = facts.words;
  const relisted = [...found.rows.keys()].filter((id) => facts.rows[id].relisted).length;
  const rows = `${action}${rowCount}件中${found.rows.size}件${relisted ? `（うち${relisting}${relisted}件）` : ""}`;
  const wholly = filter.together ? `${sheet}としては共同のもの` : `${sheet}全体だけを担当するもの`;
  const whole = found.whole.size ? `（ほかに、${wholly}${found.whole.size}件）` : "";
  return `${rows}、${sheet}${sheetCount}件中${found.sheets.size}件${whole}`;
}

function statusText(found, filter) {
  const { action, sheet } = facts.words;
  if (!isActive(filter)) return `すべて（${action}${rowCount}件、${sheet}${sheetCount}件）を表示しています。`;
  const conditions = conditionsOf(filter).map(({ text }) => text).join("・");
  if (found.rows.size + found.whole.size === 0) return `${conditions}：当てはまるものはありません。`;
  return `${conditions}：${countText(found, filter)}`;
}

function showConditions(filter) {
  const made = conditionsOf(filter).map(({ text, without }, at) => {
    const away = make("span", { className: "unseen" }, "をはずす");
    const cross = make("span", { ariaHidden: "true" }, "×");
    const button = setter(without, {}, make("span", {}, text), away, cross);
    button.addEventListener("click", () => focusChip(at));
    return make("li", {}, button);
  });
  chips.replaceChildren(...made);
  chips.hidden = made.length === 0;
}

/** The chip that was pressed has gone: the keyboard goes on with the one in its place. */
function focusChip(at) {
  const buttons = chips.querySelectorAll("button");
  const next = buttons[Math.min(at, buttons.length - 1)] ?? form.closest("details").querySelector("summary");
  next.focus({ preventScroll: true });
}

/** Where nothing is found: what would be found without each of the conditions. */
function adviseLoosening(found, filter) {
  const conditions = conditionsOf(filter);
  const better =
    found.rows.size + found.whole.size > 0 || conditions.length === 0
      ? []
      : conditions.map(({ text, without }) => ({ text, without, count: matches(without).rows.size }));
  const useful = better.filter(({ count, without }) => count > 0 && isActive(without));
  const buttons = useful.map(({ text, without, count }) =>
    setter(without, {}, `${text}をはずすと${facts.words.action}${count}件`),
  );
  const words = filter.text.trim().split(/\s+/).filter(Boolean);
  if (better.length > 0 && words.length > 1) {
    for (const word of words) {
      const without = { ...filter, text: words.filter((other) => other !== word).join(" ") };
      const count = matches(without).rows.size;
      if (count > 0) buttons.push(setter(without, {}, `「${word}」をはずすと${facts.words.action}${count}件`));
    }
  }
  if (better.length > 0) buttons.push(setter(NO_FILTER, {}, "条件を消す"));
  return buttons;
}

const KINDS = { department: () => facts.words.department, mark: () => "印", year: () => facts.words.column, target: () => facts.words.target };

/** What the address asks for and the plan does not have: said, with what comes nearest. */
function adviseUnknown(unknown, filter) {
  return unknown.flatMap(({ list, name }) => {
    const text = make("p", {}, `URL にある${KINDS[list]()}「${name}」は、この計画にありません。`);
    const choices = list === "department" ? facts.departments : list === "mark" ? facts.marks : [];
    const ranked = choices.map((choice) => [likeness(choice, name), choice]).sort(([a], [b]) => b - a);
    const near = ranked.filter(([how]) => how >= 0.4).slice(0, 3);
    const buttons = near.map(([, choice]) =>
      setter({ ...filter, [list]: [...filter[list], choice] }, {}, `「${choice}」で表示`),
    );
    return [text, ...buttons];
  });
}

function advise(found, filter, unknown) {
  const children = [...adviseUnknown(unknown, filter), ...adviseElsewhere(filter), ...adviseLoosening(found, filter)];
  advice.replaceChildren(...children);
  advice.hidden = children.length === 0;
  nothing.hidden = found.rows.size + found.whole.size > 0;
}
