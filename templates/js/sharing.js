// What a reader takes away: the address of a place, what is shown on paper, and as a table.

const copied = document.querySelector(".copied");
let copiedTimer = null;

function tell(text) {
  copied.textContent = text;
  copied.hidden = false;
  clearTimeout(copiedTimer);
  copiedTimer = setTimeout(() => { copied.hidden = true; }, 4000);
}

async function copyAddress(link) {
  const address = `${location.href.replace(/[?#].*$/, "")}${link.hash}`;
  try {
    await navigator.clipboard.writeText(address);
    tell("URL をコピーしました。");
  } catch {
    // Without the right to use the clipboard the link still leads to its place, and its address can be copied there.
    location.hash = link.hash;
    tell("このページの URLを、ブラウザーのアドレスバーからコピーしてください。");
  }
}

document.querySelector("main").addEventListener("click", (event) => {
  const link = event.target.closest(".permalink");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  copyAddress(link);
});
form.querySelector("[data-print]").addEventListener("click", () => print());
