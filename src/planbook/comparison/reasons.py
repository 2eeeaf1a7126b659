"""A file of reasons (ids → texts) → what stands in the last column of a comparison table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.comparison.changes import flattened
from planbook.diagnostics.document import Mapping, Scalar, Sequence
from planbook.diagnostics.finding import Finding, Severity
from planbook.diagnostics.locate import locate
from planbook.diagnostics.suggestions import nearest, perhaps
from planbook.source.read import read

if TYPE_CHECKING:
    from planbook.comparison.compare import Comparison
    from planbook.diagnostics.document import Document
    from planbook.diagnostics.finding import Diagnostic

KEY = "reasons"
"""The reasons may stand under this key, or at the top of the file."""

_PLAN_FIELDS = (
    "title",
    "stage",
    "date",
    "years",
    "columns",
    "vision",
    "departments",
    "numbers",
    "marks",
    "labels",
    "chapters",
)


def read_reasons(data: bytes, name: str, comparison: Comparison) -> tuple[dict[str, str], tuple[Diagnostic, ...]]:
    """Return the reasons by id, or by key of the plan (`years`), and what is wrong with the file, in Japanese."""
    source = read(data, name)
    document = source.document
    root = document.root.get(KEY, document.root) if isinstance(document.root, Mapping) else document.root
    findings = [*source.findings]
    reasons: dict[str, str] = {}
    if isinstance(root, Mapping):
        for id_, text in root.items():
            finding = _wrong(id_, text, comparison)
            if finding is None or finding.severity is Severity.WARNING:
                reasons[id_] = str(text)
            findings += [finding] if finding else []
    elif not findings:
        findings.append(_no_reasons(document))
    return reasons, tuple(locate(findings, document))


def _wrong(id_: str, text: object, comparison: Comparison) -> Finding | None:
    at = (*getattr(text, "path", ()),)
    if not isinstance(text, Scalar) or not text.strip():
        hint = f"{id_}: 相談件数が増えているため　のように、一つの文章で書いてください。"
        return Finding("wrong-type", at, f"「{id_}」の理由が、文章ではありません。", hint)
    matching = comparison.matching
    if id_ in _PLAN_FIELDS:
        changed = {change.path[0] for change in flattened(comparison.changes) if change.part == "plan" and change.field}
        known = id_ in changed
    else:
        ids = {record.id for records in (matching.old, matching.new) for record in records.values()}
        if id_ not in ids:
            hint = perhaps(*nearest(id_, ids - {""}))
            message = f"「{id_}」という id は、新しい計画にも古い計画にもありません。"
            return Finding("unknown-id", at, message, hint, part="key")
        known = id_ in {change.id for change in flattened(comparison.changes)}
    if known:
        return None
    message = f"「{id_}」には変更がないので、この理由は表に出ません。"
    return Finding("unused-reason", at, message, "変更がなければ、この行を消してください。", "key", Severity.WARNING)


def _no_reasons(document: Document) -> Finding:
    at = document.root.path if isinstance(document.root, Sequence | Scalar) else ()
    return Finding(
        "wrong-type",
        at,
        "理由のファイルに、「id: 理由」の形の行がありません。",
        "guidebook: 部数を実績に合わせたため　のように書きます。",
    )
