// Only in the page that `planbook serve` shows: swaps the page for its newest state, and says what is wrong with the plan.
// `startPage(signal)` is the page's own script; `signal` ends its listeners when its elements go.

// ---- What is shown ----

const bodyOf = (page) => page.body.innerHTML.trimEnd();

// Style and script of a page are those that its policy admits: others need a page of their own.
const admitted = [...document.querySelectorAll("style, script:not([type])")].map((element) => element.textContent);
const shown = { version: null, body: bodyOf(document) };
let life = new AbortController();

function start() {
  life = new AbortController();
  if (!document.querySelector("[data-waiting]")) startPage(life.signal);
}

// ---- Where the reader is ----

const NEAR = 40;

/** Elements with an id and how far they are below the top of the window: the nearest first. */
function landmarks() {
  // What is far away on a large page is not laid out, and to measure it would lay it out.
  return [...document.querySelectorAll("main [id]")]
    .filter((element) => element.checkVisibility({ contentVisibilityAuto: true }))
    .map((element) => ({ id: element.id, top: element.getBoundingClientRect().top }))
    .sort((a, b) => Math.abs(a.top) - Math.abs(b.top))
    .slice(0, NEAR);
}

/** How to find an element again: by the nearest id around it, and its place among those of its kind in there. */
function wayTo(element) {
  const around = element.closest("[id]");
  const kin = [...(around ?? document.body).querySelectorAll(element.localName)];
  return { id: around?.id, name: element.localName, at: kin.indexOf(element) };
}

function follow({ id, name, at }) {
  const around = id === undefined ? document.body : document.getElementById(id);
  return at < 0 ? around : around?.querySelectorAll(name)[at];
}

/** Scroll so that an element is as far below the top as it was; again when a large page has been laid out for good. */
function keep({ id, top }, again = true) {
  const moved = document.getElementById(id)?.getBoundingClientRect().top - top;
  if (Math.abs(moved) >= 1) scrollBy({ top: moved, behavior: "instant" });
  const reached = scrollY;
  if (again) requestAnimationFrame(() => setTimeout(() => scrollY === reached && keep({ id, top }, false)));
}

/** Remember scroll, focus, selection and open panels. Returns the function that brings them back. */
function remember() {
  const [left, top, marks] = [scrollX, scrollY, landmarks()];
  const focused = document.activeElement;
  const way = focused && focused !== document.body && !panel.contains(focused) ? wayTo(focused) : null;
  const selection = [focused?.selectionStart, focused?.selectionEnd];
  const opened = [...document.querySelectorAll(".tools details")].map((details) => details.open);
  const boxes = () => [...document.querySelectorAll(".tools, .tools > search, .tools > nav")];
  const tops = boxes().map((box) => box.scrollTop);
  return () => {
    for (const [at, details] of document.querySelectorAll(".tools details").entries()) details.open = opened[at] ?? details.open;
    const found = way && follow(way);
    found?.focus({ preventScroll: true });
    if (found && selection[0] != null) found.setSelectionRange?.(...selection);
    for (const [at, box] of boxes().entries()) box.scrollTop = tops[at] ?? 0;
    scrollTo({ left, top, behavior: "instant" });
    const mark = top > 0 && marks.find(({ id }) => document.getElementById(id)?.getClientRects().length > 0);
    if (mark) keep(mark);
  };
}

// ---- The newest page ----

let composing = null;
document.addEventListener("compositionstart", () => {
  composing = new Promise((done) => document.addEventListener("compositionend", done, { once: true }));
});

function swap(page) {
  const restore = remember();
  const before = textsById();
  life.abort();
  for (const node of [...document.body.childNodes]) if (node !== panel) node.remove();
  panel.before(...page.body.childNodes);
  document.title = page.title;
  start();
  restore();
  showEdited(before);
}

// ---- What was edited ----

/** The text of every place that has an id; in a table, of every cell. */
function textsById() {
  const found = new Map();
  for (const element of document.querySelectorAll("main [id], .masthead")) {
    if (!element.closest(".sample")) found.set(element.id, element.textContent);
  }
  return found;
}

/** Show what differs from before: its smallest place, preferring the sheets, unless it is in view already. */
function showEdited(before) {
  const changed = [...textsById()].filter(([id, text]) => id && before.get(id) !== text).map(([id]) => document.getElementById(id));
  const shown = changed.filter((element) => element.getClientRects().length > 0 && !element.closest(".tools"));
  const smallest = shown.filter((element) => !shown.some((other) => other !== element && element.contains(other)));
  const inSheets = smallest.filter((element) => element.closest(".sheet"));
  const [edited] = inSheets.length > 0 ? inSheets : smallest;
  if (!edited) return;
  const sheet = edited.closest(".sheet");
  if (sheet) sessionStorage.setItem("edited", sheet.id);
  edited.classList.add("preview-edited");
  edited.addEventListener("animationend", () => edited.classList.remove("preview-edited"), { once: true });
  if (!following.checked) return;
  const { top, bottom } = edited.getBoundingClientRect();
  if (bottom < 0 || top > innerHeight) edited.scrollIntoView({ block: "center", behavior: "instant" });
}

/** Load the page anew, which keeps the scroll position too; but never twice for the same state. */
function reload(version) {
  if (sessionStorage.getItem("preview") === version) return;
  sessionStorage.setItem("preview", version);
  location.reload();
}

async function refresh(version) {
  const response = await fetch("/", { cache: "no-store" });
  const html = await response.text();
  if (!response.ok) return;
  if (!admitted.every((text) => html.includes(text))) {
    reload(version);
    return;
  }
  const page = new DOMParser().parseFromString(html, "text/html");
  await composing; // a word that is being typed into the filter
  const body = bodyOf(page);
  if (body === shown.body) return;
  swap(page);
  shown.body = body;
}

let newest = null;
let refreshing = false;

async function take(state) {
  newest = state;
  describe(state);
  if (refreshing) return;
  refreshing = true;
  try {
    while (newest.page !== shown.version) {
      const version = newest.page;
      await refresh(version);
      shown.version = version;
    }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // the server has gone; when it is back, it says what is new
  } finally {
    refreshing = false;
  }
}

// ---- The panel ----

function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  Object.assign(made, properties);
  made.append(...children);
  return made;
}

const summary = element("summary");
const list = element("ol", { lang: "ja" });
const report = element("details", { open: true }, summary, list);
const line = element("p", { role: "status" });
const alarm = element("p", { className: "preview-alarm", role: "alert" });
const following = element("input", { type: "checkbox", checked: sessionStorage.getItem("following") !== "no" });
const place = element("p", { className: "preview-place", role: "status", hidden: true });
const panel = element(
  "aside",
  { className: "preview", ariaLabel: "プレビューの状態" },
  alarm,
  report,
  place,
  line,
  element("label", {}, following, " 直した所を表示"),
);
following.addEventListener("change", () => sessionStorage.setItem("following", following.checked ? "yes" : "no"));

function problem({ place, severity, message, rule, before, marked, after, hint }) {
  const made = element("li", { className: severity });
  made.append(element("p", {}, element("b", {}, place), ` ${message} `, element("code", {}, `[${rule}]`)));
  if (before || marked || after) made.append(element("pre", {}, before, element("mark", {}, marked || " "), after));
  if (hint) made.append(element("p", { className: "preview-hint" }, `直し方: ${hint}`));
  return made;
}

function pdfStatus({ state, trouble }) {
  if (state === "ready") return [element("a", { href: "/plan.pdf", target: "plan-pdf" }, "PDF を開く"), ...besideLink];
  return state === "making" ? ["PDF を作っています…"] : [element("span", { className: "preview-trouble" }, trouble)];
}

// In the frame of /beside it stands there already.
const besideLink = window === window.top ? [element("a", { href: "/beside" }, "PDF を横に表示")] : [];

/** What page and PDF are, said once. */
function newsOf({ failed, shown, pdf }) {
  if (!shown) return "まだ表示できるページがありません。";
  if (failed) return "直前の正しい状態を表示しています。";
  return pdf.state === "ready" ? "ページも PDF も最新です。" : "ページは最新です。";
}

function say(text, ...more) {
  line.replaceChildren(element("span", {}, text), ...more);
}

let described = "";

function mark(failed) {
  for (const each of [panel, document.body, document.documentElement]) each.classList.toggle("failed", failed);
}

function describe(state) {
  const { trouble, summary: counts, failed, problems, more, pdf } = state;
  say(newsOf(state), ...(state.shown ? pdfStatus(pdf) : []));
  mark(failed);
  const key = JSON.stringify([trouble, counts, problems]);
  if (key === described) return;
  described = key;
  alarm.textContent = trouble;
  alarm.hidden = !trouble;
  summary.textContent = counts;
  list.replaceChildren(...problems.map(problem), ...(more ? [element("li", {}, `ほか ${more} 件`)] : []));
  report.hidden = problems.length === 0;
  report.open = failed;
  panel.scrollTop = 0;
}

// ---- The place in the plan file ----

// What is made of other texts than it says itself: the keys at the top of the plan file.
const KEYS = [
  [".vision", ["vision"]],
  [".motto", ["vision"]],
  [".date .whole", ["years"]],
  [".date", ["date"]],
  ["thead [data-columns]", ["columns", "years"]],
  [".counts tfoot", ["pillars", "policies", "measures", "projects"]],
];

/** What the reader clicked at: the nearest id around it, the text, and the keys that it is made of. */
function clicked(target) {
  const counted = target.closest(".counts tr")?.cells[0];
  const holder = counted ?? target.closest("p, li, dd, td, .title, .text, h1, h2, h3, h4, h5, h6, th, caption") ?? target;
  const around = target.closest("[data-for], [data-place], tr[id], .sheet[id]");
  const anchor = around?.dataset.for ?? around?.dataset.place ?? around?.id ?? "";
  const words = holder.querySelector(":scope .title, :scope .text") ?? holder;
  const keys = KEYS.find(([selector]) => target.closest(selector))?.[1] ?? [];
  const query = new URLSearchParams({ anchor: anchor.replace(/^part:.*$|^example:/, ""), text: words.textContent.trim() });
  for (const key of keys) query.append("key", key);
  return query;
}

async function showPlace(event) {
  if (event.target.closest("a, button, input, select, label, summary, .preview, .tools") || !getSelection().isCollapsed) return;
  if (!event.target.closest("main, .masthead, footer")) return;
  try {
    const response = await fetch(`/place?${clicked(event.target)}`);
    if (!response.ok) return;
    const found = await response.json();
    const link = found.editor ? [" ", element("a", { href: found.editor }, "エディターで開く")] : [];
    place.replaceChildren(element("b", {}, found.place), ...link);
    place.hidden = false;
    if (event.detail === 2 && found.editor) location.assign(found.editor);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // the server has gone
  }
}

document.addEventListener("click", showPlace);

// ---- The connection ----

const RETRY = 1000;
let events = null;

/** A tab in the background needs no connection, and a browser allows only six to one server. */
function connect() {
  events?.close();
  events = null;
  if (document.hidden) return;
  events = new EventSource("/events");
  events.onmessage = (event) => take(JSON.parse(event.data));
  events.onerror = () => {
    mark(true);
    say("planbook serve につながりません。動いているかを確かめてください。つながると、自動で最新になります。");
    if (events.readyState === EventSource.CLOSED) setTimeout(connect, RETRY);
  };
}

alarm.hidden = true;
report.hidden = true;
document.body.append(panel);
document.body.classList.add("with-preview");
say("つないでいます…");
document.addEventListener("visibilitychange", connect);
start();
connect();
