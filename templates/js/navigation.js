// ---- The panels: open beside the page where there is room, else closed above it ----

const panels = [...document.querySelectorAll(".tools > * > details")];
const narrow = matchMedia("(max-width: 71.99em)");

function closePanels() {
  if (narrow.matches) for (const panel of panels) panel.open = false;
}

function arrangePanels() {
  for (const panel of panels) panel.open = !narrow.matches;
}

narrow.addEventListener("change", arrangePanels, { signal });
document.querySelector("nav").addEventListener("click", (event) => {
  if (event.target.closest("a")) closePanels();
});
function closeOnEscape(event) {
  const panel = event.key === "Escape" && narrow.matches ? event.target.closest?.(".tools > * > details[open]") : null;
  if (!panel) return;
  event.preventDefault(); // else the browser would clear the field of words, too
  panel.open = false;
  panel.querySelector("summary").focus();
}

document.addEventListener("keydown", closeOnEscape, { signal });
for (const panel of panels) {
  panel.addEventListener("toggle", () => {
    if (panel.open && narrow.matches) for (const other of panels) if (other !== panel) other.open = false;
  });
}
arrangePanels();

// What a link leads to must not be covered by the bar that stays in view. Nothing that is inherited is set on the root:
// each element of the page would be styled anew for it.
const barInView = matchMedia("(max-width: 71.99em) and (min-height: 24em)");
const tools = document.querySelector(".tools");
function makeRoomForBar() {
  const height = `${tools.offsetHeight}px`;
  if (barInView.matches) tools.style.setProperty("--bar", height);
  document.documentElement.style.scrollPaddingTop = barInView.matches ? `calc(${height} + 1rem)` : "";
}
const bar = new ResizeObserver(makeRoomForBar);
bar.observe(tools);
barInView.addEventListener("change", makeRoomForBar, { signal });
signal.addEventListener("abort", () => bar.disconnect());

// ---- Where in the page the reader is ----

const links = new Map([...document.querySelectorAll("nav a")].map((link) => [link.getAttribute("href").slice(1), link]));
const inView = new Set();

function markPlace() {
  const place = [...links.keys()].filter((id) => inView.has(id)).at(-1);
  for (const [id, link] of links) {
    if (id === place) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  const link = links.get(place);
  const panel = link?.closest(".tools");
  // Nothing moves below the pointer, or away from the form that is being filled in.
  if (!panel || narrow.matches || panel.matches(":hover, :has(search:focus-within)")) return;
  const box = [link.closest("nav"), panel].find((each) => each.scrollHeight > each.clientHeight) ?? panel;
  const [inner, outer] = [link.getBoundingClientRect(), box.getBoundingClientRect()];
  if (inner.top < outer.top || inner.bottom > outer.bottom) box.scrollTop += inner.top - outer.top - outer.height / 2;
}

const observer = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) {
      const id = entry.target.dataset.place;
      if (entry.isIntersecting) inView.add(id);
      else inView.delete(id);
    }
    markPlace();
  },
  { rootMargin: "-25% 0px -74% 0px" },
);
for (const section of document.querySelectorAll("main [data-place]")) observer.observe(section);

// As long as the top is in view nobody has to go there.
const up = document.querySelector(".up");
new IntersectionObserver((seen) => {
  up.hidden = seen.at(-1).isIntersecting;
}).observe(document.getElementById("part:top"));
