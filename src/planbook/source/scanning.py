"""Slips of typing that YAML refuses, or reads as something else than was meant: found and corrected line by line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from planbook.diagnostics import Severity
from planbook.shapes import all_keys, plan_shape
from planbook.source import values
from planbook.source.building import LOADER
from planbook.source.dashes import correct_dashes
from planbook.source.draft import Draft
from planbook.source.flow import closing
from planbook.source.indenting import BLANKS, correct_indentation, indent, uneven
from planbook.source.keys import PROPER_KEY, correct_key
from planbook.source.outline import STEP, TEXT, Outline, Pending

if TYPE_CHECKING:
    from planbook.diagnostics import Finding
    from planbook.shapes import Shape
    from planbook.source.outline import Keys

LONG_TEXT = 30
"""Characters of a line that may have been broken by hand; what follows a shorter one is no part of it."""

LOOK_AHEAD = 40
"""Lines; an item of the real plan has up to 27."""

LONGEST_LINE = 5_000
"""Characters; a longer line is nobody's typing and is left to the YAML reader."""


@dataclass(slots=True)
class _Open:
    """Something that goes on over lines: a quoted text, a bracket, a block of text, a plain text."""

    kind: str  # "quote" | "flow" | "block" | "plain"
    draft: Draft
    column: int
    """Of the entry that it belongs to."""
    sign: str = ""
    inside: int | None = None
    """How far in the lines of a block of text stand; None until its first one."""
    told: bool = False


class Scanner:
    """Reads the lines once and corrects them; `drafts` keep what was typed and what was found."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._readable: bool | None = None
        self.drafts = [Draft(number, line, self._is_readable) for number, line in enumerate(lines)]
        self.findings: list[Finding] = []
        self._outline = Outline(plan_shape())
        self._open: _Open | None = None
        self._slid = Draft(0, "")

    def _is_readable(self) -> bool:
        """Whether YAML can read the file as typed: asked where something seems to be open, and then only once."""
        if self._readable is None:
            try:
                self._readable = bool(list(yaml.parse("\n".join(self._lines), Loader=LOADER)))
            except yaml.YAMLError:
                self._readable = False
        return self._readable

    def run(self) -> None:
        """Correct all lines."""
        for draft in self.drafts:
            if len(draft.text) <= LONGEST_LINE:
                self._line(draft)
        self._close_at_structure(None)
        for draft in self.drafts:
            self.findings += draft.findings()

    def _line(self, draft: Draft) -> None:
        if self._open and self._open.kind == "block" and self._in_block(self._open, draft):
            return
        blank = not draft.text.strip(BLANKS)
        if self._open and self._open.kind in ("quote", "flow") and not blank:
            self._close_at_structure(draft)
            if self._open:
                self._go_on(self._open, draft)
                return
        if blank:
            if "　" in draft.text or "\xa0" in draft.text:
                draft.slip(
                    "fullwidth-space",
                    0,
                    len(draft.text),
                    "全角の空白だけの行です。",
                    hint="この行の空白を消してください。",
                )
            draft.replace(0, len(draft.text), "")
            return
        correct_indentation(draft)
        if draft.text.lstrip().startswith("＃"):
            at = draft.indent
            draft.slip("fullwidth-hash", at, at + 1, "コメントの「＃」が全角です。半角の「#」を使います。")
            draft.replace(at, at + 1, "#")
        if not draft.text.lstrip().startswith("#") and not re.match(r"(---|\.\.\.|%)", draft.text):
            self._entry(draft)

    def _entry(self, draft: Draft) -> None:
        """A line that begins a list item, a key, or a text."""
        column = draft.indent
        dashes = correct_dashes(draft, column, self._outline)
        at = dashes[-1][1] if dashes else column
        key, after = correct_key(draft, at, self._outline.shape_for(column, dash=bool(dashes)), dash=bool(dashes))
        if not dashes:
            if key is None and self._continues(draft, column):
                return
            if (key is None and self._lacks_dash(draft, column)) or (key and self._begins_again(draft, column, key)):
                moved = draft.text.index("- ") + 2 - at
                column, at, after = draft.indent, at + moved, after + moved
                dashes = [(column, at)]
        if dashes and key is None and (peeked := PROPER_KEY.match(draft.text, at)) and peeked["key"] in all_keys():
            # In a list of texts this is a text, unless the line above, that of another list, is missing.
            keys = self._item_keys(draft, at, peeked["key"])
            if self._outline.lacking(column, keys, dash=True):
                key, after = peeked["key"], peeked.end() + 1
        keys = self._item_keys(draft, at, key) if dashes else (key,)
        self._add_line_above(draft, column, keys, dash=bool(dashes))
        target = self._target(draft, column, keys, dash=bool(dashes))
        if target != column:
            indent(draft, target)
            dashes = [(start + target - column, end + target - column) for start, end in dashes]
            at, after = at + target - column, after + target - column
            column = target
        self._open = None
        shape: Shape | None = None
        for start, end in dashes:
            shape = self._outline.enter(start, key, dash=True)
            self._outline.pending = Pending(start, is_dash=True, shape=shape)
            at = end
        if key is not None:
            shape = self._outline.enter(at, key, dash=False)
            self._outline.pending = Pending(at, is_dash=False, shape=shape)
        elif not dashes:
            self._outline.pending = None
        self._value(draft, after if key is not None else at, shape, key, column=at if key is not None else column)

    def _target(self, draft: Draft, column: int, keys: Keys, *, dash: bool) -> int:
        """Return the column at which an entry should begin, and note the slip where it begins elsewhere."""
        outline = self._outline
        target = outline.place(column, keys, dash=dash)
        if dash and target == column and outline.is_child(column, dash=True):
            target += self._off_the_rest(draft)
        shifted = outline.shifted(column)
        if shifted != column:
            # A block that slid as a whole is one slip, told at its first line.
            slid = outline.place(shifted, keys, dash=dash) == shifted and outline.fits(shifted, keys, dash=dash)
            sits = target == column and outline.fits(column, keys, dash=dash)
            went_along = self._slid.last > self._slid.number or outline.is_child(column, dash=dash)
            if slid and (went_along or not sits):
                self._slid.last = draft.number
                return shifted
            outline.settled()
        if target == column:
            return column
        if not draft.slips or draft.slips[0].rule not in ("tab", "fullwidth-space"):
            draft.slip("indentation", 0, max(column, 1), uneven(column))
            outline.moved(column, target)
            self._slid = draft
        return target

    def _off_the_rest(self, draft: Draft) -> int:
        """Return how far the first item of a list stands off the keys in the lines after it, which agree."""
        match = re.compile(r" *- +").match(draft.text)
        rest = (each for each in self.drafts[draft.number + 1 :][:LOOK_AHEAD] if each.text.strip(BLANKS))
        first, second = next(rest, None), next(rest, None)
        if not match or not first or not PROPER_KEY.match(draft.text, match.end()):
            return 0
        off, key = first.indent - match.end(), PROPER_KEY.match(first.text, first.indent)
        begins = draft.indent + off if second and second.text.lstrip().startswith("-") else first.indent
        agrees = second is not None and second.indent == begins
        fields = self._outline.shape_for(draft.indent, dash=True)
        return off if key and agrees and fields and fields.has(key["key"]) and draft.indent + off >= 0 else 0

    def _add_line_above(self, draft: Draft, column: int, keys: Keys, *, dash: bool) -> None:
        """Insert the line of a key that is missing above its first entry."""
        if not (lacking := self._outline.lacking(column, keys, dash=dash)):
            return
        at, name = lacking
        draft.above = f"{' ' * at}{name}:"
        hint = f"この行の上に次の行を足してください（行頭の空白は半角 {at} 個）。\n{draft.above}"
        message = f"この行の上に「{name}:」の行がありません。"
        draft.slip("missing-key", column, len(draft.text.rstrip()), message, hint=hint)
        shape = self._outline.enter(at, name, dash=False)
        self._outline.pending = Pending(at, is_dash=False, shape=shape)

    def _item_keys(self, draft: Draft, at: int, key: str | None) -> Keys:
        """Return the keys of the list item that begins at a line, by looking ahead as far as it goes."""
        if key is None:
            return (None,) if draft.text[at : at + 1] in ("", "[", "{") else TEXT
        keys: list[str | None] = [key]
        for following in self.drafts[draft.number + 1 : draft.number + 1 + LOOK_AHEAD] if key else ():
            text = following.text
            begin = following.indent
            if not text.strip() or text.lstrip().startswith("#") or begin > at:
                continue
            if begin < at or text[begin] == "-":
                break
            if match := PROPER_KEY.match(text, begin):
                keys.append(match["key"])
        return tuple(each for each in keys if each is None or each in all_keys()) or (None,)

    def _begins_again(self, draft: Draft, column: int, key: str) -> bool:
        """Insert the `-` before a mapping that begins a second time although its list item has not ended."""
        outer = self._outline.list_around(column, key)
        if outer is None or draft.slips:
            return False
        following = self._item_keys(draft, column, key)[1:2]
        if not following or not self._outline.has_seen(column, following[0]):
            return False
        draft.slip("missing-hyphen", column, column + len(key), "リストの項目の前に「- 」がありません。")
        draft.replace(outer, column, "- ")
        return True

    def _continues(self, draft: Draft, column: int) -> bool:
        """Whether a line without key and `-` goes on with the plain text before it."""
        if self._outline.pending:
            if self._outline.expects_list(column) and self._outline.pending.shape is not None:
                return False
            if column <= self._outline.pending.column or draft.text[column] in "[{\"'|>":
                return False
            values.correct_text(draft, column)
            self._open = _Open("plain", draft, self._outline.pending.column)
            self._outline.pending = None
            return True
        opened = self._open
        if not opened or opened.kind != "plain" or draft.text[column] in "[{":
            return False
        if column <= opened.column:
            cut_off = len(opened.draft.text.strip()) >= LONG_TEXT and not draft.text[column:].startswith(("//", "※"))
            if self._lacks_dash_here(column) or not cut_off:
                return False
            message = "前の行の続きのようですが、字下げが足りません。"
            draft.slip("indentation", 0, max(column, 1), message)
            indent(draft, opened.column + STEP)
        elif not opened.told:
            hint = "一行につなげて書くか、改行を残すときは「|-」を使ってください。"
            message = "前の行の続きとして読まれ、つなぎ目に空白が入ります。"
            start = draft.indent
            draft.slip("folded-text", start, len(draft.text), message, hint=hint, severity=Severity.WARNING)
            opened.told = True
        return True

    def _lacks_dash_here(self, column: int) -> bool:
        return any(
            block.is_list and block.column == column and block.shape and block.shape.items and block.shape.items.text
            for block in self._outline.blocks
        )

    def _lacks_dash(self, draft: Draft, column: int) -> bool:
        """Insert the `-` that a list item lacks."""
        pending = self._outline.pending
        wanted = pending and pending.shape and pending.shape.items and column > pending.column
        if draft.text[column] in "[{" or not (wanted or (not pending and self._lacks_dash_here(column))):
            if not pending and draft.text[column] not in "[{":
                message = "「キー: 値」でもリストの「- 」でもない行です。"
                hint = "項目なら「キー: 値」の形で書き、印刷しないメモなら行の初めに「# 」を付けてください。"
                draft.slip("stray-text", column, len(draft.text.rstrip()), message, hint=hint)
                draft.replace(column, len(draft.text), "")
            return False
        draft.slip("missing-hyphen", column, len(draft.text.rstrip()), "リストの項目の前に「- 」がありません。")
        draft.replace(column, column, "- ")
        return True

    def _value(self, draft: Draft, at: int, shape: Shape | None, key: str | None, *, column: int) -> None:
        """Correct the value at a column and remember whether it goes on in the next lines."""
        text = draft.text
        if text[at:].strip() == "" or text[at:].startswith("#"):
            if text[at:].startswith("#"):
                self._hash(draft, at, shape)
            return
        kind = values.correct(draft, at, shape, key, column)
        text = draft.text
        if "\n" in text and self._awaits_value(text, column):
            return
        if kind == "block":
            self._open = _Open("block", draft, column)
        elif kind == "flow":
            opened, _ = closing(text, at)
            if opened:
                self._open = _Open("flow", draft, column, opened)
        elif kind == "quote":
            if not values.closes(text, at):
                self._open = _Open("quote", draft, column, text[at])
        elif kind == "plain":
            self._open = _Open("plain", draft, column)
        self._outline.pending = None

    def _awaits_value(self, text: str, column: int) -> bool:
        """Whether the second key of a line that was broken in two has its value in the next lines."""
        second = PROPER_KEY.match(text, text.index("\n") + 1 + column)
        if not second:
            return False
        shape = self._outline.enter(column, second["key"], dash=False)
        if text[second.end() :].strip():
            return False
        self._outline.pending = Pending(column, is_dash=False, shape=shape)
        return True

    def _hash(self, draft: Draft, at: int, shape: Shape | None) -> None:
        """A text that begins with `#` is a comment for YAML; where a text must stand, it was meant as one."""
        if shape is not None and shape.is_text_only and at < len(draft.text):
            draft.slip(
                "needs-quotes", at, at + 1, "「#」から後ろはコメントになり、値が空になります。文字は引用符で囲みます。"
            )
            draft.replace(at, len(draft.text), values.quoted(draft.text[at:].rstrip()))
            self._outline.pending = None

    def _in_block(self, opened: _Open, draft: Draft) -> bool:
        """Whether a line belongs to a block of text (`|`); its indentation is corrected where it can only be that."""
        stripped = draft.text.strip(BLANKS)
        begin = draft.indent
        moved = opened.draft.indent - (len(opened.draft.typed) - len(opened.draft.typed.lstrip(" ")))
        outer = opened.column - moved  # as typed: a block that slid takes its lines along
        if not stripped:
            if begin < (opened.inside or outer + 1):
                draft.replace(0, len(draft.text), "")
            return True
        if begin > outer and (opened.inside is None or begin >= opened.inside):
            opened.inside = opened.inside or begin
            indent(draft, begin + moved)
            return True
        wide = draft.text[begin] in BLANKS[1:]
        looks_like_entry = re.match(r"(-[ \t]|#|\S[^：]*?:([ \t]|$))", stripped) or stripped == "-"
        if begin > outer or wide or not looks_like_entry:
            if wide:
                correct_indentation(draft)
            else:
                draft.slip("indentation", 0, max(begin, 1), uneven(begin))
            opened.inside = opened.inside or outer + STEP
            indent(draft, opened.inside + moved)
            return True
        self._open = None
        return False

    def _go_on(self, opened: _Open, draft: Draft) -> None:
        """A line inside a quoted text or a bracket that an earlier line opened."""
        if opened.kind == "quote":
            if values.closes(opened.sign + draft.text, 0):
                self._open = None
            return
        for index, character in enumerate(draft.text):
            if character in BLANKS[1:]:
                draft.replace(index, index + 1, " ")
            elif character != " ":
                break
        remaining, _ = closing(draft.text, 0, opened.sign)
        self._open = _Open("flow", opened.draft, opened.column, remaining) if remaining else None

    def _close_at_structure(self, draft: Draft | None) -> None:
        """Close a quote or bracket that was forgotten: where the file ends, or a line clearly begins something new."""
        opened = self._open
        if not opened or opened.kind not in ("quote", "flow"):
            return
        if draft is not None:
            begin = len(draft.text) - len(draft.text.lstrip(" \t　"))
            stripped = draft.text.strip(" \t　")
            word = re.match(rf"-[ 　]|(?:{'|'.join(all_keys())})[ 　]*[:：]|[0-9]{{4}}(-[0-9]{{4}})?:", stripped)
            if not word or (opened.kind == "flow" and begin > opened.column):
                return
        source = opened.draft
        if opened.kind == "quote":
            message, closer = f"引用符「{opened.sign}」が閉じていません。", opened.sign
            rule, end = "unclosed-quote", len(source.text.rstrip())
        else:
            closer = "".join({"[": "]", "{": "}"}[sign] for sign in reversed(opened.sign))
            message = f"「{opened.sign[0]}」が閉じていません。"
            rule, end = "unclosed-bracket", len(source.text.rstrip())
        first = source.text.find(opened.sign[0])
        source.slip(rule, max(first, 0), max(first, 0) + 1, message)
        source.replace(end, len(source.text), closer)
        # What was read as its inside so far is left out: it is text that nobody could place.
        last = draft.number if draft else len(self.drafts)
        for between in self.drafts[source.number + 1 : last]:
            between.replace(0, len(between.text), "")
        self._open = None
