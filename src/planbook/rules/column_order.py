"""The rule `column-order`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding
from planbook.rules.common.plan_parts import years_meant
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan


@rule("column-order", needs=r"columns(/\d+)?|.*/targets")
def column_order(plan: Plan) -> Iterator[Finding]:
    """Columns stand once each, years in ascending order, and targets use them."""
    last = 0
    seen: set[str] = set()
    for at, column in enumerate(plan.columns or ()):
        if column.key in seen:
            message = f"欄「{column.key[:30]}」が二度書かれています。"
            yield Finding("", ("columns", at), message, "どちらか一つを消してください。")
        elif meant := years_meant(column):
            message = f"欄「{column.key[:30]}」は、年度でも期間でもない言葉として読まれます。"
            hint = "年度は西暦で、期間は古い年度から書いてください（印刷では元号になります）。"
            yield Finding("", ("columns", at), message, hint, edits=((column.key, meant),))
        elif column.years and column.years.first <= last:
            message = f"欄「{column.key}」の年度が、前の欄と重なるか、前後しています。"
            yield Finding("", ("columns", at), message, "年度と期間は、重ならないように、古い順に書いてください。")
        seen.add(column.key)
        last = max(last, column.years.last if column.years else 0)
    if plan.columns and plan.originals and not plan.columns_in_use:
        message = "目標の欄（columns）がありますが、目標（targets）がどこにもありません。"
        hint = f"{plan.word('action')}に targets を書くか、columns を消してください。"
        yield Finding("", ("columns",), message, hint, part="key")
