// How a text is compared with what a reader typed: alike however it is written.

const INVISIBLE = /[\u00ad\u200b-\u200d\u2060]/g; // say where lines may break
// To hiragana, since there is less katakana in a plan to be changed.
const KATAKANA = /[ァ-ヶ]+/g;
function toHiragana(kana) {
  let hiragana = "";
  for (let at = 0; at < kana.length; at += 1) hiragana += String.fromCharCode(kana.charCodeAt(at) - 0x60);
  return hiragana;
}

/** The same text for all ways to write it: full or half width, hiragana or katakana, capitals, digits in groups. */
function folded(text) {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(INVISIBLE, "")
    .replace(KATAKANA, toHiragana)
    .replace(/(\d),(?=\d{3})/g, "$1");
}

/**
 * A folded text, and for each of its characters the place in `text` of the one that it comes from.
 *
 * A character is folded together with the marks that belong to it: ｶ and ﾞ are one ガ.
 */
function foldedWithPlaces(text) {
  let [result, places] = ["", []];
  for (const { 0: cluster, index } of text.matchAll(/[\s\S][\u3099\u309a\uff9e\uff9f\p{M}]*/gu)) {
    if (/[,，]/.test(cluster) && /\d$/.test(result) && /^\d{3}/.test(text.slice(index + 1).normalize("NFKC"))) continue;
    const piece = folded(cluster);
    result += piece;
    for (let at = 0; at < piece.length; at += 1) places.push(index);
  }
  places.push(text.length);
  return { text: result, places };
}

const escaped = (text) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");

/**
 * What finds each of the typed words, in folded texts: with a word of `same`, those that mean the same.
 *
 * @param {string} typed words with spaces between
 * @param {string[][]} same lists of words that mean the same
 * @returns {{word: string, pattern: RegExp}[]}
 */
function patternsOf(typed, same) {
  const alike = new Map(same.flatMap((words) => words.map((word) => [folded(word), words.map(folded)])));
  // The longest first: 子どもたち is not 子ども and たち where both are in a list.
  const keys = [...alike.keys()].sort((a, b) => b.length - a.length);
  const known = keys.length > 0 && new RegExp(keys.map(escaped).join("|"), "g");
  return typed
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => {
      const source = folded(word);
      let [pattern, end] = ["", 0];
      for (const { 0: found, index } of known ? source.matchAll(known) : []) {
        pattern += `${escaped(source.slice(end, index))}(?:${alike.get(found).map(escaped).join("|")})`;
        end = index + found.length;
      }
      return { word, pattern: new RegExp(pattern + escaped(source.slice(end)), "g") };
    });
}

/** How alike two texts are, from 0 to 1: by the pairs of characters that they share, and by their single ones. */
function likeness(a, b) {
  const parts = (text) => [...text, ...[...text].slice(1).map((sign, at) => text[at] + sign)];
  const [ours, theirs] = [parts(folded(a)), parts(folded(b))];
  const left = [...theirs];
  const shared = ours.filter((part) => {
    const at = left.indexOf(part);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
  return (2 * shared.length) / (ours.length + theirs.length || 1);
}
