// Only in the preview that compares with another version: marks on the page what its list of changes leads to.

for (const link of document.querySelectorAll(".changes a[data-change]")) {
  const id = decodeURIComponent(link.hash.slice(1));
  for (const element of [id, `table:${id}`].map((name) => document.getElementById(name))) {
    if (element) element.dataset.change = link.dataset.change;
  }
}
