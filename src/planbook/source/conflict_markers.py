"""What stands between the entries of a file: conflict markers of git, and further documents."""

from __future__ import annotations

import re

from planbook.diagnostics.document import Span
from planbook.diagnostics.finding import Finding

_ORDER = "<|=>"
_SIGNS = frozenset(_ORDER)
_MARKER = re.compile(r"(<{7}|\|{7}|={7}|>{7})( |$)")

_CHOOSE = "「<<<<<<<」から「>>>>>>>」までのうち残す方だけを残し、印の行（<<<<<<<、=======、>>>>>>>）を消してください。"
_ALONE = "ほかの印の行はもうないので、この行を消してください。"
_ONE_PLAN = "計画は一つのファイルに一つです。「---」の行と、そこから後ろを別のファイルにしてください。"


def without_markers(lines: list[str]) -> tuple[list[str], list[Finding], bool]:
    """Return the lines without markers, without the second side of a conflict, and up to a second document.

    With them stands whether it is uncertain what was left out.
    """
    cleaned, findings, uncertain = _one_side(lines)
    begun = False
    last = next((index for index in range(len(lines) - 1, -1, -1) if _says_something(cleaned[index])), -1)
    for index, line in enumerate(cleaned):
        if begun and not line.startswith(("---", "...")):
            continue
        if begun and re.match(r"---(\s|$)", line):
            message = "「---」で区切った二つ目の文書があります。"
            findings.append(Finding("several-documents", _whole(index, line), message, _ONE_PLAN))
            return cleaned[:index], findings, True
        if begun and re.match(r"\.\.\.\s*(#|$)", line) and index < last:
            message = "「...」の行は、YAML では計画の終わりになります。ここから後ろが読まれません。"
            findings.append(Finding("several-documents", _whole(index, line), message, "この行を消してください。"))
            cleaned[index] = ""
            uncertain = True
        begun = begun or bool(line.strip() and not line.lstrip().startswith(("#", "%", "---")))
    return cleaned, findings, uncertain


def _whole(index: int, line: str) -> Span:
    return Span(index + 1, 1, index + 1, max(len(line), 1) + 1)


def _one_side(lines: list[str]) -> tuple[list[str], list[Finding], bool]:
    """Return the lines with one side of each conflict, one finding for each, and whether it is uncertain which."""
    findings: list[Finding] = []
    cleaned = list(lines)
    uncertain = False
    markers = [
        (index, match[1][0])
        for index, line in enumerate(lines)
        if line[:1] in _SIGNS and (match := _MARKER.match(line))
    ]
    if all(kind == "=" and lines[index] != "=" * 7 for index, kind in markers):
        return cleaned, findings, uncertain
    begin = 0
    while begin < len(markers):
        conflict = _conflict_at(markers, begin)
        begin += len(conflict)
        places = {kind: index for index, kind in reversed(conflict)}
        first, last = conflict[0][0], conflict[-1][0]
        whole = len(conflict) > 1
        span = Span(first + 1, 1, first + 1, len(lines[first]) + 1)
        hint = _CHOOSE if whole else _ALONE
        findings.append(Finding("conflict-marker", span, "git の競合の印が残っています。", hint))
        second = min(places.get("|", last), places.get("=", last))
        if whole and ">" not in places:  # as many lines as the side above has, as far as anyone can tell
            last = min(second + second - first, markers[begin][0] if begin < len(markers) else len(lines))
        uncertain = uncertain or (whole and not {"<", "=", ">"} <= places.keys())
        dropped = range(second, last) if "=" in places or "|" in places else ()
        for index in (*dropped, *places.values()):
            cleaned[index] = ""
    return cleaned, findings, uncertain


def _conflict_at(markers: list[tuple[int, str]], begin: int) -> list[tuple[int, str]]:
    """Return the markers that belong to the conflict from `begin` on: in their order, each of them at most once."""
    end = begin + 1
    while end < len(markers) and _ORDER.index(markers[end][1]) > _ORDER.index(markers[end - 1][1]):
        end += 1
    return markers[begin:end]


def _says_something(line: str) -> bool:
    """Whether a line is neither blank nor a comment."""
    return bool(line.strip()) and not line.lstrip().startswith("#")
