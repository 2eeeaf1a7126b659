// Shows why a row is there: marks the words that were found, and says where they stand if that is elsewhere.

// Without it (old browsers) the reasons are said all the same.
const highlights = globalThis.CSS?.highlights && globalThis.Highlight ? CSS.highlights : null;
const AT_ONCE = 400;
let marking = 0;

/**
 * Do something once the reader sees what was done until now, and `pause` milliseconds later; soon, where nobody sees the
 * window and it is not drawn.
 */
function afterDrawing(action, pause = 0) {
  let waits = true;
  const act = () => {
    if (waits) action();
    waits = false;
  };
  requestAnimationFrame(() => setTimeout(act, pause));
  setTimeout(act, 300);
}

/** The ranges of a pattern in the text of an element, which may be in several nodes. */
function* rangesIn(element, patterns) {
  const nodes = [];
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let [node, start] = [walker.nextNode(), 0]; node; node = walker.nextNode()) {
    nodes.push({ node, start, end: start + node.length });
    start += node.length;
  }
  const { text, places } = foldedWithPlaces(element.textContent);
  const pointAt = (place, end) => {
    const found = nodes.find((each) => (end ? place <= each.end : place < each.end));
    return found && [found.node, place - found.start];
  };
  for (const { pattern } of patterns) {
    for (const { 0: found, index } of text.matchAll(pattern)) {
      const [start, end] = [pointAt(places[index], false), pointAt(places[index + found.length], true)];
      if (!start || !end) continue;
      const range = new Range();
      range.setStart(...start);
      range.setEnd(...end);
      yield range;
    }
  }
}

/** From now on nothing is marked. */
function unmarkWords() {
  marking += 1;
  highlights?.delete("found");
}

/** Mark the words of a filter in all that it shows. */
function markWords(filter) {
  const shown = "main :is(.title, .fields dd, [data-label], td[data-columns], .system-table .text)";
  markWordsIn(filter.text.trim() ? document.querySelectorAll(shown) : [], filter);
}

/** Mark them in some elements: a piece at a time, so that nobody waits for it. */
function markWordsIn(elements, filter) {
  unmarkWords();
  const now = marking;
  const patterns = patternsOf(filter.text, facts.same);
  if (!highlights || patterns.length === 0) return;
  const highlight = new Highlight();
  highlights.set("found", highlight);
  const left = [...elements];
  const step = () => {
    if (now !== marking) return;
    for (const element of left.splice(0, AT_ONCE)) {
      if (element.closest("[hidden], .sample")) continue;
      for (const range of rangesIn(element, patterns)) highlight.add(range);
    }
    if (left.length > 0) setTimeout(step);
  };
  afterDrawing(step);
}

/**
 * Say in the rows of the system table where the words stand, unless they stand in the row itself. Returns the function
 * to call with what a filter finds.
 *
 * @param {HTMLTableSectionElement} body
 */
function reasonsIn(body) {
  let reasons = [];
  return ({ rows, patterns }) => {
    for (const reason of reasons) reason.remove();
    reasons = [];
    if (patterns.size === 0) return;
    for (const row of body.rows) {
      // The titles of all sections that it is in stand beside it, in merged cells.
      const places = rows.get(row.dataset.for) ?? [];
      const said = places.filter(({ place }) => !place.element.matches("[data-section] :is(h3, h4, h5, h6) .title"));
      if (said.length === 0) continue;
      const text = folded(row.textContent);
      const elsewhere = said.filter(({ word }) => text.search(patterns.get(word)) < 0);
      if (elsewhere.length === 0) continue;
      const reason = document.createElement("small");
      reason.className = "reason";
      reason.textContent = elsewhere.map(({ word, place }) => `${place.label}に「${word}」`).join("、");
      row.querySelector(".action").append(reason);
      reasons.push(reason);
    }
  };
}
