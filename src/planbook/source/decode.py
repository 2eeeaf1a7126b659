"""The bytes of a file → its text, or the finding that says how to save it again."""

from __future__ import annotations

import re

from planbook.diagnostics.document import Span
from planbook.diagnostics.finding import Finding
from planbook.diagnostics.finding_limit import MAX_FINDINGS

MAX_BYTES = 5_000_000
"""A hundred times the real plan of 55 rows; beyond it a file is not a plan."""

MAX_LINES = 100_000
"""The real plan has about 600."""

_SAVE_AGAIN = """UTF-8 で保存し直してください。
メモ帳：「名前を付けて保存」の画面の下の「エンコード」で「UTF-8」を選びます。
VS Code：右下の文字コードの表示を押し、「エンコード付きで再度開く」で正しく読める文字コードを選んでから、\
もう一度押して「エンコード付きで保存」の「UTF-8」を選びます。
サクラエディタ：「名前を付けて保存」の画面の「文字コードセット」で「UTF-8」を選びます。"""

_OTHER_FILES = {
    b"PK\x03\x04": "Word・Excel などの文書か、ZIP ファイル",
    b"\xd0\xcf\x11\xe0": "古い形式の Word・Excel の文書",
    b"%PDF-": "PDF ファイル",
    b"{\\rtf": "リッチテキスト（RTF）の文書",
    b"\x89PNG": "画像ファイル",
    b"\xff\xd8\xff": "画像ファイル",
}
"""How the files begin that are given by mistake."""

UNREADABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
"""What YAML does not allow in a text, and three old line breaks that nobody can see (NEL, LS, PS).

As the set that it is: Python takes 7 ms to compile the complement, which has 60,000 characters in it.
"""


_MISREAD = re.compile("[縺繧繝縲]")
"""Kana and 「、」「。」 in UTF-8 begin with the bytes that Shift_JIS reads so; no text has these kanji at all often."""

_LOST = re.compile("[\x80-\x84\x86-\x9f\ufffd]")
"""What stands where the bytes of a character could not be read, or were read as Latin letters."""

_MAX_MISREAD = 20

_LOOKED_AT = 20_000
"""Characters: a file is misread from its beginning."""


class Undecodable(Exception):
    """The bytes are no text; the finding says why."""

    def __init__(self, finding: Finding, before: str = "") -> None:
        super().__init__(finding.message)
        self.finding = finding
        self.before = before


def decode(data: bytes) -> str:
    """Return the text of a file, its lines ended by line feeds only. A byte order mark and CRLF are accepted.

    Raises:
        Undecodable: the file is too large, or not UTF-8.

    """
    lines = data.count(b"\n") or data.count(b"\r")
    if len(data) > MAX_BYTES or lines > MAX_LINES:
        size = f"{len(data) / 1e6:.1f} MB。{MAX_BYTES // 1_000_000} MB まで"
        if len(data) <= MAX_BYTES:
            size = f"{lines} 行。{MAX_LINES} 行まで"
        message = f"ファイルが大きすぎます（{size}）。"
        hint = "計画のファイルかどうかを確かめてください。画像などは入れられません。"
        raise Undecodable(Finding("too-large", Span(1, 1, 1, 1), message, hint))
    for mark, kind in _OTHER_FILES.items():
        if data.startswith(mark):
            hint = "計画の YAML ファイルを指定してください。中身を使うときは、文字だけを YAML ファイルに写します。"
            raise Undecodable(Finding("encoding", Span(1, 1, 1, 1), f"{kind}です。", hint))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or (len(data) > 1 and 0 in data[:2]):
        message = "文字コードが UTF-16 です。"
        raise Undecodable(Finding("encoding", Span(1, 1, 1, 1), message, _SAVE_AGAIN))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _not_utf8(data, error.start) from error
    if len(_MISREAD.findall(text, 0, _LOOKED_AT)) > _MAX_MISREAD:
        message = "文字化けしています（UTF-8 のファイルが、Shift_JIS として開かれ、保存されたようです）。"
    elif len(_LOST.findall(text, 0, _LOOKED_AT)) > _MAX_MISREAD:
        message = "文字化けしています（別の文字コードとして開かれ、保存されたようです）。"
    else:
        message = ""
    if message:
        hint = (
            "このファイルからは元に戻せません。保存する前のファイルか、git の前の版（git checkout）に戻してください。"
        )
        raise Undecodable(Finding("encoding", Span(1, 1, 1, 1), message, hint), text.replace("\r", ""))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _not_utf8(data: bytes, start: int) -> Undecodable:
    # `start` counts from after a byte order mark, if there is one.
    body = data.removeprefix(b"\xef\xbb\xbf")
    before = body[:start].decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    try:
        rest = body[start:].split(b"\n", 1)[0].rstrip(b"\r").decode("cp932")
        body.decode("cp932")
        message = "文字コードが Shift_JIS（CP932）のようです。"
    except UnicodeDecodeError:
        rest = "\N{REPLACEMENT CHARACTER}"
        message = "UTF-8 として読めない文字があります。ファイルが壊れているか、別の文字コードです。"
    span = Span(line, column, line, column + 1)
    return Undecodable(Finding("encoding", span, message, _SAVE_AGAIN), before + rest)


def has_controls(text: str) -> bool:
    """Whether there are control characters in a text."""
    return UNREADABLE.search(text) is not None


def without_controls(lines: list[str]) -> tuple[list[str], list[Finding]]:
    """Return the lines with blanks for control characters, and a finding for each of the first that had some."""
    findings: list[Finding] = []
    cleaned = list(lines)
    for index, line in enumerate(lines):
        if not (match := UNREADABLE.search(line)):
            continue
        cleaned[index] = UNREADABLE.sub(" ", line)
        if len(findings) <= MAX_FINDINGS:
            message = f"目に見えない制御文字（U+{ord(match[0]):04X}）があります。"
            span = Span(index + 1, match.start() + 1, index + 1, match.start() + 2)
            corrected = f"この文字を消し、次のように直してください。\n{UNREADABLE.sub('', line).strip()}"
            findings.append(Finding("control-character", span, message, corrected))
    return cleaned, findings
