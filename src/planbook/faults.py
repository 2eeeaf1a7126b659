"""What pydantic says of a file → findings for planners, each with what to type."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planbook.diagnostics import Finding
from planbook.document import Mapping, Path, Scalar, Sequence, Value
from planbook.shapes import shape_at
from planbook.suggestions import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic_core import ErrorDetails

    from planbook.document import Part

EXAMPLES = {
    "format": "format: 1",
    "title": "title: 名称",
    "municipality": "municipality: 白井市",
    "date": "date: 2018-03",
    "years": "years: [2018, 2019, 2020]",
    "vision": "vision: [ふれあい、, 助けあい]",
    "departments": "departments: [社会福祉課]",
    "policies": "policies:\n  - id: policy-1",
    "measures": "measures:\n  - id: measure-1",
    "projects": "projects:\n  - id: project-1",
    "actions": "actions:\n  - id: action-1",
    "approaches": "approaches:\n  - 窓口の周知を行う。",
    "targets": "targets:\n  2018-2020: 窓口の設置",
    "figures": "figures: [{value: 20, unit: 人}]",
    "notes": "notes:\n  - {on: [project], text: 説明}",
    "on": "on: [project]",
    "id": "id: guidebook",
    "goal": "goal: 相談窓口の周知を徹底する。",
    "value": "value: 20",
    "unit": "unit: 人",
    "name": "name: 社会福祉課",
    "text": "text: 説明",
    "project": "project: 事業の id",
    "example": "example:\n  project: 事業の id",
    "labels": "labels:\n  relisting: 再掲",
}
"""How each key is written."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One error of the validation: at which path of the file, and in which mapping or list."""

    kind: str
    path: Path
    value: object
    around: Value
    in_key: bool

    @classmethod
    def read(cls, details: ErrorDetails, root: Value) -> Fault:
        """Follow pydantic's location through the data. Steps that are not in the data are its union tags."""
        location = details["loc"]
        in_key = location[-1:] == ("[key]",)
        here = around = root
        path: Path = here.path
        for index, step in enumerate(location):
            is_tag = index > 1 and location[index - 2] == "actions" and isinstance(step, str)
            if is_tag or isinstance(here, Scalar):
                continue
            if isinstance(here, Sequence) and isinstance(step, int) and step < len(here):
                around, here = here, here[step]
                path = here.path
            elif isinstance(here, Mapping) and step in here:
                around, here = here, here[str(step)]
                path = here.path
            elif details["type"] == "missing" and index == len(location) - 1:
                around, path = here, (*here.path, step)
        return cls(details["type"], path, details["input"], around, in_key)


def findings(faults: list[Fault]) -> Iterator[Finding]:
    """Say each fault once."""
    numbers = {fault.path[:-1]: str(fault.value) for fault in faults if fault.kind == "number"}
    for fault in faults:
        number = _NUMBER.fullmatch(numbers.get(fault.path[:-1], "")) if fault.kind == "missing" else None
        if number and number["unit"] and fault.path[-1] == "unit":
            continue  # the unit stands behind the number
        yield _missing_key(fault) if fault.kind == "missing" else _wrong_value(fault)


def _missing_key(fault: Fault) -> Finding:
    key = str(fault.path[-1])
    around = fault.path[:-1]
    name = next((str(title) for word in ("title", "id") if (title := _get(fault.around, word))), "")
    of = f"「{name[:40]}」に" if name else ""
    hint = f"次の行を足してください（値は例です）。\n{EXAMPLES.get(key, f'{key}: …')}"
    return Finding("missing-key", around, f"{of}「{key}」がありません。", hint)


def _get(value: Value, key: str) -> Value | None:
    found = value.get(key) if isinstance(value, Mapping) else None
    return found if isinstance(found, Scalar) else None


_KINDS = {
    "string_type": "文字",
    "tuple_type": "リスト（「- 」で始まる行の並び）",
    "dict_type": "「キー: 値」の組",
    "model_type": "「キー: 値」の組",
    "model_attributes_type": "「キー: 値」の組",
    "union_tag_not_found": "「キー: 値」の組",
}


def _wrong_value(fault: Fault) -> Finding:
    part: Part = "key" if fault.in_key else "value"
    value = str(fault.value) if isinstance(fault.value, str) else ""
    key = next((str(step) for step in reversed(fault.path) if isinstance(step, str)), "")
    if fault.kind == "empty" or (fault.value == "" and fault.kind in (*_KINDS, "literal_error")):
        rule, message, hint = "empty-value", f"「{key}」の値が空です。", _empty_hint(fault, key)
        if fault.path and isinstance(fault.path[-1], int):
            message, hint = f"「{key}」の項目が空です。", "項目を書くか、この「-」の行を消してください。"
    elif fault.kind in _VALUES:
        rule, message, hint = _VALUES[fault.kind](value)
    elif fault.kind == "literal_error":
        shape = shape_at(fault.path)
        choices = shape.choices if shape else ()
        rule, message = "invalid-choice", f"「{value[:60]}」は使えません。"
        hint = _choice_hint(key, value, choices)
    else:
        rule, message, hint = "wrong-type", _wrong_type(fault), _type_hint(fault, key)
    return Finding(rule, fault.path, message, hint, part=part)


def _empty_hint(fault: Fault, key: str) -> str:
    shape = shape_at(fault.path)
    if fault.path[-2:-1] == ("targets",):
        return "目標を書くか、その年度に無ければ「該当なし」、決まっていなければ「未定」と書いてください。"
    if key in ("stage", "approaches", "prefix", "note", "labels", "book", "example", "notes", "kind"):
        return "値を書くか、要らなければこのキーの行を消してください。"
    example = EXAMPLES.get(key) if shape else None
    return f"次のように値を書いてください。\n{example}" if example else "値を書いてください。"


def _wrong_type(fault: Fault) -> str:
    given = (
        "リスト" if isinstance(fault.value, list) else "「キー: 値」の組" if isinstance(fault.value, dict) else "文字"
    )
    return f"{_KINDS.get(fault.kind, '別の形の値')}を書くところに、{given}があります。"


def _type_hint(fault: Fault, key: str) -> str:  # noqa: PLR0911 - a table of what was written for what
    """Say how the value is written; where it is a text, with that text."""
    value = fault.value
    if fault.kind == "string_type":
        if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
            hint = "「[」「]」や「- 」なしで書くか、文字としての「[」なら引用符で囲みます。"
            return f"{hint}\n{_entry(fault, str(value[0]))}"
        return "一つの文字として書いてください。「: 」や「[」「{」を含む文字は引用符で囲みます。"
    if fault.kind == "tuple_type" and isinstance(value, str) and len(value) < 100:  # noqa: PLR2004 - fits on a line
        shape = shape_at(fault.path)
        if shape and shape.items and shape.items.text:
            if key == "years" and len(years := _years_in(value)) == 2:  # noqa: PLR2004 - first and last
                return f"一年ずつ、リストの形で書いてください。\n{_years_listed(years)}"
            items = _names_in(value) if key in ("departments", "years", "on") else [value]
            return f"リストの形で書いてください。\n{key}: [{', '.join(items)}]"
    if key == "actions" and isinstance(value, str):
        return f"再掲なら、元の取組項目の id を次のように書いてください。\n- relist: {value[:60]}"
    if key == "targets" and isinstance(value, str):
        return f"年度ごとに書いてください。\ntargets:\n  2018-2020: {value[:60]}"
    return (
        f"次の形で書いてください（値は例です）。\n{EXAMPLES[key]}"
        if key in EXAMPLES
        else "「キー: 値」の形で書いてください。"
    )


def _names_in(text: str) -> list[str]:
    signs = r"[、，,・]" if re.search("[、，,・]", text) else r"\s"
    return [part.strip() for part in re.split(signs, text) if part.strip()]


def _entry(fault: Fault, text: str) -> str:
    last = fault.path[-1] if fault.path else 0
    return f"- {text}" if isinstance(last, int) else f"{last}: {text}"


_CHOICE_WORDS = {
    "kind": {"section": "課", "partner": "協力団体", "collective": "総称（関係課など）"},
    "on": {
        "policy": "基本方針",
        "measure": "施策",
        "project": "事業",
        "departments": "担当課",
        "goal": "取り組み目標",
        "approaches": "主な取り組み",
        "actions": "取組項目",
    },
    "parts": {
        "cover": "表紙",
        "contents": "目次",
        "system-table": "体系の表",
        "sample-sheet": "記載例",
        "sheets": "シート",
        "figures": "数値目標一覧",
        "index": "索引",
    },
}


def _choice_hint(key: str, value: str, choices: tuple[str, ...]) -> str:
    words = _CHOICE_WORDS.get(key, {})
    meant = next((choice for choice, word in words.items() if value and value in word), "")
    near = [meant] if meant else nearest(value, choices)
    hint = f"もしかして「{near[0]}」ですか。" if near else ""
    listed = "、".join(f"{choice}（{words[choice]}）" if choice in words else choice for choice in choices)
    return f"{hint}使えるのは {listed} です。"


def _invalid_id(value: str) -> tuple[str, str, str]:
    corrected = re.sub(r"[^\w-]+", "-", unicodedata.normalize("NFKC", value)).strip("-")
    hint = "使えるのは文字、数字、「-」、「_」です。空白や記号は使えません。"
    if corrected:
        hint += f"例えば「{corrected[:60]}」としてください。"
    return "invalid-id", f"id「{value[:60]}」に使えない文字があります。", hint


_NUMBER = re.compile(r"(?P<prefix>\D{0,4}?)(?P<value>-?[0-9]+(?:\.[0-9]+)?)(?P<unit>\D{0,10})")


def _invalid_number(value: str) -> tuple[str, str, str]:
    plain = unicodedata.normalize("NFKC", value).replace(",", "").replace("、", "").strip()
    hint = "半角の数字だけを、桁区切りなしで書いてください（例：2300）。"
    if match := _NUMBER.fullmatch(plain):
        parts = [f"prefix: {match['prefix']}"] if match["prefix"] else []
        parts.append(f"value: {match['value']}")
        parts += [f"unit: {match['unit']}"] if match["unit"] else []
        hint += f"\n{', '.join(parts)}"
    return "invalid-number", f"「{value[:60]}」は数値として読めません。", hint


_ERAS = {"昭和": 1925, "平成": 1988, "令和": 2018, "S": 1925, "H": 1988, "R": 2018}
_YEAR = r"(?:(?P<era>昭和|平成|令和|[SHR])(?P<of_era>[0-9]{1,2}|元)|(?P<year>[0-9]{4}))年?度?"


def _western(match: re.Match[str]) -> int:
    if match["year"]:
        return int(match["year"])
    return _ERAS[match["era"]] + (1 if match["of_era"] == "元" else int(match["of_era"]))


def _years_in(value: str) -> list[int]:
    folded = "".join(unicodedata.normalize("NFKC", value).split())
    return [_western(match) for match in re.finditer(_YEAR, folded)]


def _years_listed(ends: list[int]) -> str:
    years = range(min(ends), min(max(ends), min(ends) + 20) + 1)
    return f"years: [{', '.join(map(str, years))}]"


def _invalid_year(value: str) -> tuple[str, str, str]:
    years = _years_in(value)
    hint = "西暦4桁の半角数字で書いてください（例：2018）。"
    if len(years) == 1:
        hint += f"もしかして「{years[0]}」ですか。"
    elif len(years) == 2:  # noqa: PLR2004 - first and last
        hint += f"範囲は、一年ずつ書きます。\n{_years_listed(years)}"
    return "invalid-year", f"「{value[:60]}」は年度として読めません。", hint


def _invalid_years(value: str) -> tuple[str, str, str]:
    years = sorted(_years_in(value))
    hint = "西暦4桁（2018）か、その範囲（2018-2020）を半角で書いてください。"
    if len(years) in (1, 2):
        hint += f"もしかして「{'-'.join(map(str, dict.fromkeys(years)))}」ですか。"
    return "invalid-year", f"「{value[:60]}」は年度として読めません。", hint


def _invalid_date(value: str) -> tuple[str, str, str]:
    folded = "".join(unicodedata.normalize("NFKC", value).split())
    hint = "西暦の年と月を半角で書いてください（例：2018-03）。"
    match = re.match(_YEAR + r"[-/.]?(?P<month>1[0-2]|0?[1-9])(?![0-9])", folded)
    if match:
        hint += f"もしかして「{_western(match)}-{int(match['month']):02}」ですか。"
    return "invalid-date", f"「{value[:60]}」は年月として読めません。", hint


def _empty_target(_: str) -> tuple[str, str, str]:
    hint = (
        "text（文章）か figures（数値）を書いてください。無い年度は「該当なし」、決まっていなければ「未定」と書きます。"
    )
    return "empty-value", "目標の中身がありません。", hint


_VALUES: dict[str, Any] = {
    "identifier": _invalid_id,
    "number": _invalid_number,
    "year": _invalid_year,
    "year_range": _invalid_years,
    "year_month": _invalid_date,
    "empty_target": _empty_target,
}
