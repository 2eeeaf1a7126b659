"""The first sheet of a workbook: what is asked, of whom, until when, and how to answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from planbook.exchange.inquiry import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.exchange.inquiry import Inquiry


@dataclass(frozen=True, slots=True)
class Letter:
    """What the planning section says to the departments: until when to answer, and whom to ask."""

    deadline: str = ""
    contact: str = ""


NO_LETTER = Letter()
"""One that says nothing."""


@dataclass(frozen=True, slots=True)
class InstructionLine:
    """A line of the sheet; with a label it has two cells, of which the first may show a colour."""

    text: str = ""
    label: str = ""
    size: float = 10
    bold: bool = False
    sample: Literal["", "fill-in", "locked"] = ""


def lines_of_instructions(inquiry: Inquiry, letter: Letter) -> Iterator[InstructionLine]:
    """Yield the lines of the sheet."""
    yield InstructionLine(inquiry.title, size=16, bold=True)
    yield InstructionLine(
        "記入様式" if inquiry.blank else "目標の照会" if inquiry.department else "計画の一覧", size=13, bold=True
    )
    yield InstructionLine()
    if inquiry.department:
        yield InstructionLine(inquiry.department, "回答する課", bold=True)
    yield InstructionLine(inquiry.municipality, "市町村", bold=True)
    if letter.deadline:
        yield InstructionLine(letter.deadline, "回答期限", bold=True)
    if letter.contact:
        yield InstructionLine(letter.contact, "問い合わせ先", bold=True)
    yield InstructionLine()
    yield InstructionLine("お願い", size=12, bold=True)
    yield from map(InstructionLine, _blank(inquiry) if inquiry.blank else _request(inquiry))
    yield InstructionLine()
    yield InstructionLine("欄の色", size=12, bold=True)
    yield InstructionLine(
        "記入する欄です。いまの内容が入っているので、変えるところだけを直してください。", "薄い黄色", sample="fill-in"
    )
    yield InstructionLine("見るだけの欄です。直したいことがあれば、備考に書いてください。", "薄い灰色", sample="locked")
    yield InstructionLine()
    yield InstructionLine("書き方", size=12, bold=True)
    yield InstructionLine(
        "まだ決まっていない目標には「未定」、その欄に目標がないときは「該当なし」と書きます（▼ から選べます）。",
        "未定・該当なし",
    )
    yield InstructionLine("欄の中で改行するときは、Alt キーを押しながら Enter キーを押します。", "改行")
    yield InstructionLine("数値の欄には数字だけを書きます。幅があるときは 3～5 のように書きます。", "数値")
    if not inquiry.blank:
        yield InstructionLine(
            "表の下の白い行に書いてください（名称、目標など）。追加の提案として受け取ります。",
            f"{inquiry.action}の追加",
        )
        yield InstructionLine("行は消さずに、備考に「廃止」などと書いてください。", f"{inquiry.action}の廃止")
    yield InstructionLine("並べ替え、絞り込み、列の幅の変更はしてもかまいません。", "並べ替えなど")
    yield InstructionLine()
    yield InstructionLine("シート", size=12, bold=True)
    for table in inquiry.tables:
        yield InstructionLine(f"{sum(not row.locked for row in table.rows)} 件", table.name)


def _request(inquiry: Inquiry) -> tuple[str, ...]:
    return (
        f"1. 「{NAMES['actions']}」などのシートを開き、薄い黄色の欄の内容を確かめてください。",
        "2. 変えるところだけを書き直し、伝えたいことがあれば備考に書いてください。",
        "3. 保存して、このファイルをそのまま返信してください。"
        + ("" if inquiry.department else "（ファイル名は変えてもかまいません）"),
    )


def _blank(inquiry: Inquiry) -> tuple[str, ...]:
    return (
        f"1. 「{NAMES['actions']}」のシートに、{inquiry.action}を 1 行に一つずつ書きます（1 行目の記入例は消します）。",
        f"2. 上の段（{inquiry.section}など）の名称は、同じなら空けておいてもかまいません（上の行と同じとみなします）。",
        "3. 保存して、planbook init フォルダー --from このファイル を実行すると、計画のファイルができます。",
    )
