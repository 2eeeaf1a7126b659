// Words in what a filter does not show: the chapters, and the list of indicators of the plan.

const unfiltered = [...document.querySelectorAll("main > .chapter, main > [data-place='part:indicators']")];
let textsElsewhere = null;

/** The smallest places of such a part that can be said to hold a word, with their texts: read when first asked for. */
function placesElsewhere() {
  textsElsewhere ??= unfiltered.map((part) => {
    const places = [...part.querySelectorAll("tr, p, li, dt, dd, h2, h3, h4, h5, h6")];
    return { part, places: places.map((element) => ({ element, text: folded(element.textContent) })) };
  });
  return textsElsewhere;
}

/** For each part that has all the words of a filter: a button that leads to the first place with all, or with one of them. */
function adviseElsewhere(filter) {
  const patterns = patternsOf(filter.text, facts.same).map(({ pattern }) => pattern);
  if (patterns.length === 0) return [];
  return placesElsewhere().flatMap(({ part, places }) => {
    if (!patterns.every((pattern) => places.some((place) => stands(place, pattern)))) return [];
    const all = places.filter((place) => patterns.every((pattern) => stands(place, pattern)));
    const [first] = all.length > 0 ? all : places.filter((place) => patterns.some((pattern) => stands(place, pattern)));
    const title = part.querySelector("h2, h1").textContent;
    const button = setter(NO_FILTER, {}, `「${filter.text.trim()}」は「${title}」にもあります`);
    button.addEventListener("click", () => {
      finishShowing();
      markWordsIn(places.map(({ element }) => element), filter);
      first.element.scrollIntoView({ block: "center" });
      // The button has gone: the keyboard goes on from the place.
      first.element.tabIndex = -1;
      first.element.focus({ preventScroll: true });
    });
    return [button];
  });
}
