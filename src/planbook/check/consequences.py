"""Findings that another finding brings with it: they are left out, and what they know is said by that one."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from planbook.diagnostics.document import Mapping, Span
from planbook.diagnostics.finding import Finding
from planbook.diagnostics.suggestions import perhaps

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planbook.diagnostics.document import Document, Path

_OPEN = {"unclosed-bracket", "unclosed-quote"}
_GOES_ON = "ファイルがここで終わっています。この後の行が失われていないか、確かめてください。"
_LACKS = {"missing-key", "missing-department", "missing-goal", "target-years", "unused-department"}
_MAX_LINES = 12
"""Lines that the last target of an action may take."""

_RELISTING = re.compile(r"(?P<margin> *)- relist: *(?P<id>[^ #]+) *")
_TITLE = re.compile(r"\btitle: *([^,{}]*)")
_RELISTED = re.compile("[（(【〔［]再掲[）)】〕］]")


def without_consequences(
    found: tuple[Finding, ...], of_shape: list[Finding], of_rules: list[Finding], document: Document
) -> tuple[tuple[Finding, ...], list[Finding], list[Finding]]:
    """Return what was found in reading, in loading and by the rules, without what follows from something else there."""
    if last := _last_line_if_cut_off(found, document):
        whole = [_of_whole_parts(each, last, document) for each in (of_shape, of_rules)]
        if len(whole[0]) + len(whole[1]) < len(of_shape) + len(of_rules):
            found = tuple(replace(each, hint=_GOES_ON) if _stands_at(each, last) else each for each in found)
        of_shape, of_rules = whole
    elif any(each.rule == "missing-key" and _is_about_the_end(each, _end(document), 0, document) for each in of_shape):
        of_rules = [each for each in of_rules if each.rule != "unused-department"]  # the rest may be lost
    if any(each.rule == "duplicate-key" for each in found):
        of_rules = [each for each in of_rules if each.rule != "unused-department"]  # one of the two is not read
        found = _moved_into_another_list(found, document)
        found, of_rules = _with_year_that_is_missing(found, of_rules, document)
    found = _titles_of_relistings(found, document)
    if any(each.rule == "missing-key" for each in of_shape):
        of_shape, of_rules = _relistings(of_shape, of_rules)
        of_shape, of_rules = _items_in_two(of_shape, of_rules, document)
    return found, of_shape, of_rules


def _last_line_if_cut_off(found: Sequence[Finding], document: Document) -> int:
    """Return the last line of a file that ends within something open, else 0: nobody knows what came after it."""
    last = next((n for n in range(len(document.lines), 0, -1) if document.lines[n - 1].strip()), 0)
    rules = {each.rule for each in found if _stands_at(each, last)}
    rest_of_word = "stray-text" in rules and document.lines[last - 1].isascii()  # any other text may be a memo
    return last if rules & _OPEN or rest_of_word else 0


def _stands_at(finding: Finding, line: int) -> bool:
    return isinstance(finding.at, Span) and finding.at.line == line


def _of_whole_parts(findings: list[Finding], last: int, document: Document) -> list[Finding]:
    """Return the findings without what the last parts of a file lack, and without names that were cut off."""
    end = _end(document)
    return [each for each in findings if not _is_about_the_end(each, end, last, document)]


def _end(document: Document) -> Path:
    """Return the path of the last key."""
    return max(document.keys.items(), key=lambda each: each[1], default=((), None))[0]


def _is_about_the_end(finding: Finding, end: Path, last: int, document: Document) -> bool:
    if finding.rule == "unused-department" or isinstance(finding.at, Span):
        return finding.rule == "unused-department"
    if finding.rule == "unknown-department":
        return document.span(finding.at).line == last
    of = finding.at[:-1] if finding.at and isinstance(finding.at[-1], str) else finding.at
    return finding.rule in _LACKS and end[: len(of)] == of


def _with_year_that_is_missing(
    found: tuple[Finding, ...], of_rules: list[Finding], document: Document
) -> tuple[tuple[Finding, ...], list[Finding]]:
    """Say of a year that stands twice which one it may be, where its action lacks one."""
    lacking = {at: each for each in of_rules for at in _places_of_doubled(each, found, document)}
    gone = {id(each) for each in lacking.values()}
    reported = []
    for each in found:
        missing = lacking[each.at].added if isinstance(each.at, Span) and each.at in lacking else ()
        if len(missing) == 1:
            each = replace(each, hint=each.hint + perhaps(missing[0].partition(":")[0]))  # noqa: PLW2901
        reported.append(each)
    return tuple(reported), [each for each in of_rules if id(each) not in gone]


def _places_of_doubled(lacking: Finding, found: Sequence[Finding], document: Document) -> Iterator[Span]:
    """Yield where keys stand twice among targets that lack some."""
    if lacking.rule != "target-years" or not lacking.added or isinstance(lacking.at, Span):
        return
    targets = document.value(lacking.at)
    if not isinstance(targets, Mapping) or not targets:
        return
    keys = [document.span((*lacking.at, key), "key") for key in targets]
    for each in found:
        if each.rule == "duplicate-key" and isinstance(each.at, Span):
            inside = keys[0].line <= each.at.line <= keys[-1].line + _MAX_LINES
            if inside and (each.at.column == keys[0].column or each.at.line == keys[0].line):
                yield each.at


def _moved_into_another_list(found: tuple[Finding, ...], document: Document) -> tuple[Finding, ...]:
    """Say of items that stand above the key of their list that they belong below it: no line is missing."""
    reported = list(found)
    for second in found:
        if second.rule != "duplicate-key" or not isinstance(second.at, Span):
            continue
        typed = document.lines[second.at.line - 1].strip()
        for first in found:
            if first.rule == "missing-key" and isinstance(first.at, Span) and first.at.line < second.at.line:
                if not first.hint.endswith(f" {typed}") or second not in reported:
                    continue
                last = second.at.line - 1
                message = f"ここから {last} 行目までは、「{typed}」の項目です。"
                hint = f"この行から {last} 行目までを、{last + 1} 行目の「{typed}」の下に移してください。"
                reported[reported.index(first)] = replace(first, rule="line-order", message=message, hint=hint)
                reported.remove(second)
    return tuple(reported)


def _titles_of_relistings(found: tuple[Finding, ...], document: Document) -> tuple[Finding, ...]:
    """Say of a title below `relist` that it has no place there, if it is that of the original: no line is missing."""
    lines = document.lines
    below = {each.at.line for each in found if each.rule == "missing-key" and isinstance(each.at, Span)}
    below = {number for number in below if number > 1 and _RELISTING.fullmatch(lines[number - 2])}
    if not below:
        return found
    typed = Counter(title for line in lines for title in _titles(line))
    below = {number for number in below if any(typed[title] > 1 for title in _titles(lines[number - 1]))}
    return tuple(
        _below_relisting(each, each.at.line, document)
        if each.rule == "missing-key" and isinstance(each.at, Span) and each.at.line in below
        else each
        for each in found
    )


def _titles(line: str) -> list[str]:
    return [_RELISTED.sub("", title).strip(" 　") for title in _TITLE.findall(line)]


def _below_relisting(finding: Finding, number: int, document: Document) -> Finding:
    lines = document.lines
    relisting = _RELISTING.fullmatch(lines[number - 2])
    margin, id_ = (relisting["margin"] + "  ", relisting["id"]) if relisting else ("", "")
    last = next((n for n in range(number, len(lines)) if not lines[n].startswith(margin)), len(lines))
    hint = f"再掲に書くのは relist だけです。{number - 1} 行目から {last} 行目までを、次のように直してください。\n"
    message = "「title」というキーはここでは使えません。"
    return replace(finding, rule="unknown-key", message=message, hint=f"{hint}- relist: {id_}")


def _relistings(of_shape: list[Finding], of_rules: list[Finding]) -> tuple[list[Finding], list[Finding]]:
    """Say of an item without id, whose title says that it is a relisting, nothing but how that is written."""
    marks = {
        each.at[:-1]: each
        for each in of_rules
        if each.rule == "typed-mark" and not isinstance(each.at, Span) and "- relist: " in each.hint
    }
    reported = []
    for each in of_shape:
        mark = None if isinstance(each.at, Span) or each.rule != "missing-key" else marks.get(each.at)
        if mark and any(added.startswith("id: ") for added in each.added):
            at = each.at
            of_rules = [other for other in of_rules if isinstance(other.at, Span) or other.at[: len(at)] != at]
            each = replace(each, hint=mark.hint, added=())  # noqa: PLW2901
        reported.append(each)
    return reported, of_rules


def _items_in_two(
    of_shape: list[Finding], of_rules: list[Finding], document: Document
) -> tuple[list[Finding], list[Finding]]:
    """Say of an item without id, whose keys the item above lacks, that its `-` is one too many."""
    lacking = {each.at: each for each in of_shape if each.rule == "missing-key" and not isinstance(each.at, Span)}
    for at, finding in lacking.items():
        if not at or not isinstance(at[-1], int) or not any(added.startswith("id: ") for added in finding.added):
            continue
        before = (*at[:-1], at[-1] - 1)
        item, above = document.value(at), document.value(before) if at[-1] else None
        if isinstance(item, Mapping) and isinstance(above, Mapping) and "id" in above and above.keys().isdisjoint(item):
            gone = [id(each) for each in (finding, lacking.get(before)) if each]
            of_shape = [each for each in of_shape if id(each) not in gone]
            of_shape.append(_extra_hyphen(document.span(at).line, document))
            both = {at, before}
            of_rules = [each for each in of_rules if isinstance(each.at, Span) or each.at[: len(at)] not in both]
    return of_shape, of_rules


def _extra_hyphen(number: int, document: Document) -> Finding:
    typed = document.lines[number - 1]
    column = len(typed) - len(typed.lstrip(" "))
    message = "余分な「- 」があります。ここから別の項目として読まれます。"
    hint = f"次のように直してください（行頭の空白は半角 {column + 2} 個）。\n{typed[column:].lstrip('- ').rstrip()}"
    return Finding("extra-hyphen", Span(number, column + 1, number, len(typed.rstrip()) + 1), message, hint)
