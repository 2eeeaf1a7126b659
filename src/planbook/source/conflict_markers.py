"""What stands between the entries of a file: conflict markers of git, and further documents."""

from __future__ import annotations

import re

from planbook.diagnostics.document import Span
from planbook.diagnostics.finding import Finding

_MARKER = re.compile(r"(<{7}|\|{7}|={7}|>{7})( |$)")

_CHOOSE = "「<<<<<<<」から「>>>>>>>」までのうち残す方だけを残し、印の行（<<<<<<<、=======、>>>>>>>）を消してください。"
_ONE_PLAN = "計画は一つのファイルに一つです。「---」の行と、そこから後ろを別のファイルにしてください。"


def without_markers(lines: list[str]) -> tuple[list[str], list[Finding]]:
    """Return the lines without markers, without the second side of a conflict, and up to a second document."""
    findings: list[Finding] = []
    cleaned = list(lines)
    side = ""
    begun = False
    last = max((index for index, line in enumerate(lines) if _says_something(line)), default=-1)
    for index, line in enumerate(lines):
        marker = _MARKER.match(line)
        span = Span(index + 1, 1, index + 1, max(len(line), 1) + 1)
        if marker and (side or marker[1][0] != "=" or line == marker[1]):
            if marker[1][0] == "<" or not side:
                findings.append(Finding("conflict-marker", span, "git の競合の印が残っています。", _CHOOSE))
            alone = not side and marker[1][0] == "="  # what is left of a conflict that was resolved but for this line
            side = "" if marker[1][0] == ">" or alone else marker[1][0]
            cleaned[index] = ""
        elif side in ("=", "|"):
            cleaned[index] = ""
        elif begun and re.match(r"---(\s|$)", line):
            message = "「---」で区切った二つ目の文書があります。"
            findings.append(Finding("several-documents", span, message, _ONE_PLAN))
            return cleaned[:index], findings
        elif begun and re.match(r"\.\.\.\s*(#|$)", line) and index < last:
            message = "「...」の行は、YAML では計画の終わりになります。ここから後ろが読まれません。"
            findings.append(Finding("several-documents", span, message, "この行を消してください。"))
            cleaned[index] = ""
        begun = begun or bool(line.strip() and not line.lstrip().startswith(("#", "%", "---")))
    return cleaned, findings


def _says_something(line: str) -> bool:
    """Whether a line is neither blank nor a comment."""
    return bool(line.strip()) and not line.lstrip().startswith("#")
