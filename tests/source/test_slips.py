"""Slips of typing in a whole plan: each is told once, by its rule, on its line, and nothing else is."""

from __future__ import annotations

import pytest

from planbook.check.check import check
from planbook.rules.explanations import FOLDER

PLAN = (FOLDER / "undecided" / "right.yaml").read_text("utf-8")
ITEM = """\
              - id: desks
                title: 窓口の設置
                departments: [社会福祉協議会]
                targets:
                  2018: 設置の検討
                  2019-2020: 窓口の設置
"""
PROJECT = PLAN[PLAN.index("          - id: project-1") :]
_OTHER_WORDS = {
    "project-1": "project-2",
    "desks": "chairs",
    "guidebook": "leaflet",
    "相談窓口の周知": "地域の交流",
    "ガイドブックの発行": "広場の整備",
    "窓口の設置": "椅子の修理",
    "相談窓口を広く知ってもらう": "住民が集まる",
    "窓口の一覧を作る": "場所を探す",
    "広報紙に載せる": "道具を買う",
}
PROJECT_TOO_DEEP = "".join("    " + line for line in PROJECT.splitlines(keepends=True))
for _word, _other in _OTHER_WORDS.items():
    PROJECT_TOO_DEEP = PROJECT_TOO_DEEP.replace(_word, _other)
CONTAINERS = (
    "departments:",
    "policies:",
    "    measures:",
    "        projects:",
    "            actions:",
    "                targets:",
)

SLIPS = [
    ("tab", "    title: 相談支援の充実", "\ttitle: 相談支援の充実"),
    ("tab", "                departments: [社会福祉課]", "\t\t\t\tdepartments: [社会福祉課]"),
    ("fullwidth-space", "title: 見本市", "title:　見本市"),
    ("fullwidth-space", "title: 見本市", "title　: 見本市"),
    ("fullwidth-space", "- 社会福祉課", "-　社会福祉課"),
    ("fullwidth-space", "title: 窓口の設置\n", "title: 窓口の設置\n　\n"),
    ("fullwidth-colon", "2018: 設置", "2018：設置"),
    ("fullwidth-colon", "title: 見本市", "title ： 見本市"),
    ("fullwidth-colon", "{name: 社会福祉協議会, kind: partner}", "{name：社会福祉協議会, kind：partner}"),
    ("fullwidth-comma", "協議会, kind", "協議会、kind"),
    ("fullwidth-comma", "[2018, 2019, 2020]", "[2018，2019，2020]"),
    ("fullwidth-bracket", "{name: 社会福祉協議会, kind: partner}", "｛name: 社会福祉協議会, kind: partner｝"),
    ("fullwidth-bracket", "[社会福祉課]", "[社会福祉課］"),
    ("fullwidth-hyphen", "- 広報紙に", "・広報紙に"),
    ("fullwidth-hyphen", "- 広報紙に", "ー広報紙に"),
    ("fullwidth-hyphen", "- id: desks", "－ id: desks"),
    ("fullwidth-quote", "title: 窓口の設置", "title: “窓口の設置”"),
    ("fullwidth-hyphen", "- 広報紙に", "●広報紙に"),
    ("fullwidth-hyphen", "- 広報紙に", "* 広報紙に"),
    ("fullwidth-space", "title: 見本市", "title:\xa0見本市"),
    ("conflict-marker", "goal: 相談", "goal: 相談窓口を広く知ってもらう。\n=======\n            #"),
    ("several-documents", "policies:", "---\npolicies:"),
    ("missing-space", "- 社会福祉課", "-社会福祉課"),
    ("missing-space", "- id: desks", "-id: desks"),
    ("missing-space", "2018: 設置", "2018:設置"),
    ("missing-space", "{value: 2300, unit: 部}", "{value:2300, unit: 部}"),
    ("missing-colon", "title: 窓口の設置", "title 窓口の設置"),
    ("missing-colon", "targets:\n                  2018: ", "targets\n                  2018: "),
    ("missing-hyphen", "- 広報紙に", "広報紙に"),
    ("missing-hyphen", "              - id: desks", "                id: desks"),
    ("needs-quotes", "title: 窓口の設置", "title: *印は再掲"),
    ("needs-quotes", "title: 窓口の設置", "title: &印"),
    ("needs-quotes", "title: 窓口の設置", "title: {仮}窓口"),
    ("needs-quotes", "title: 窓口の設置", "title: #1 窓口"),
    ("needs-quotes", "title: 窓口の設置", "title: %の改善"),
    ("needs-quotes", "title: 窓口の設置", "title: @窓口"),
    ("needs-quotes", "title: 窓口の設置", "title: `窓口`"),
    ("needs-quotes", "title: 窓口の設置", "title: !重要な窓口"),
    ("needs-quotes", "title: 窓口の設置", "title: [仮称]"),
    ("needs-quotes", "- 広報紙に", "- [仮称]広報紙に"),
    ("needs-quotes", "title: 窓口の設置", 'title: "窓口"の設置'),
    ("colon-in-text", "- 広報紙に", "- 方法: 広報紙に"),
    ("colon-in-text", "title: 窓口の設置", "title: 窓口: 設置"),
    ("unclosed-quote", "title: 窓口の設置", "title: '窓口の設置"),
    ("unclosed-bracket", "[社会福祉協議会]", "[社会福祉協議会"),
    ("unclosed-bracket", "kind: partner}", "kind: partner"),
    ("missing-comma", "社会福祉協議会, kind", "社会福祉協議会 kind"),
    ("unclosed-bracket", "[{value: 2300, unit: 部}]", "[{value: 2300, unit: 部]"),
    ("unclosed-bracket", "[{value: 2300, unit: 部}]", "[{value: 2300, unit: 部, {value: 3, unit: 回}]"),
    ("unclosed-bracket", "kind: partner}", "kind: partner]"),
    ("unclosed-quote", "[社会福祉協議会]", '["社会福祉協議会]'),
    ("unclosed-quote", "title: 窓口の設置", 'title: 窓口の設置"'),
    ("missing-brace", "[{value: 2300, unit: 部}]", "{value: 2300, unit: 部}, {value: 3, unit: 回}"),
    ("missing-brace", "{name: 社会福祉協議会, kind: partner}", "name: 社会福祉協議会, kind: partner}"),
    ("extra-comma", "title: 窓口の設置", '"title": "窓口の設置",'),
    ("extra-comma", "[社会福祉協議会]", "[社会福祉協議会],"),
    ("two-keys", "。\n            approaches:", "。 approaches:"),
    ("two-keys", "- id: desks\n                title:", "- id: desks title:"),
    ("indentation", "              - 広報紙", "             - 広報紙"),
    ("indentation", "              - 広報紙", "                - 広報紙"),
    ("indentation", "                title: 窓口の設置", "               title: 窓口の設置"),
    ("indentation", "                title: 窓口の設置", "                 title: 窓口の設置"),
    ("indentation", "                departments: [社会福祉協議会]", "            departments: [社会福祉協議会]"),
    (
        "indentation",
        "                  2018: 設置の検討\n                  2019",
        "                2018: 設置の検討\n                2019",
    ),
    ("indentation", ITEM, ITEM.replace("\n ", "\n").removeprefix(" ")),
    ("indentation", ITEM, "  " + ITEM.replace("\n", "\n  ").rstrip(" ")),
    ("indentation", "departments: [社会福祉協議会]", "departments: - 社会福祉協議会"),
    ("indentation", PROJECT, PROJECT.replace("\n    ", "\n").removeprefix("    ")),
    ("indentation", PROJECT, PROJECT.replace("\n   ", "\n").removeprefix("   ")),
    ("indentation", ITEM, ITEM.replace("\n    ", "\n").removeprefix("    ")),
    ("indentation", "  - id: policy-1", "   - id: policy-1"),
    ("indentation", "              - id: guidebook", "                - id: guidebook"),
    ("indentation", "    title: 相談支援", "      title: 相談支援"),
    ("indentation", "              - 広報紙", "          - 広報紙"),
    ("indentation", ITEM, ITEM + PROJECT_TOO_DEEP),
    ("indentation", "                  2019-2020: 窓口", "                    2019-2020: 窓口"),
    ("missing-colon", "2019-2020: 窓口", "2019-2020　窓口"),
    *(("missing-key", f"{line}\n", "") for line in CONTAINERS),
    ("tab", "- 社会福祉課", "-\t社会福祉課"),
    ("tab", "title: 窓口の設置", "title: 窓口の\t設置"),
    ("extra-bracket", "[社会福祉協議会]", "\n                  - [社会福祉協議会]"),
    ("indentation", "departments: [社会福祉協議会]", "departments: - [社会福祉協議会]"),
    ("indentation", "- id: desks", "-  id: desks"),
    ("block-marker", "2018: 設置の検討", "2018: |- 設置の検討"),
    ("block-marker", "2018: 設置の検討", "2018: ｜－\n                    設置の検討"),
    ("folded-text", "2018: 設置の検討", "2018: >\n                    設置の検討\n                    場所の選定"),
    ("folded-text", "2018: 設置の検討", "2018: 設置の検討\n                    ・場所の選定"),
    ("colon-in-text", "title: 窓口の設置", "title:: 窓口の設置"),
    ("unknown-key", "departments: [社会福祉協議会]", "担当課：社会福祉協議会"),
    ("unknown-key", "title: 窓口の設置", "取組項目：窓口の設置"),
    ("missing-brace", "[{value: 2300, unit: 部}]", "{value: 2300, unit: 部}]"),
    ("missing-colon", "{value: 2300", "{value 2300"),
    ("wrong-type", "            approaches:", "            approaches: 次のとおり"),
    ("stray-text", "title: 窓口の設置", "title: 窓口の\n設置"),
    ("indentation", "goal: 相談", "goal: 市民が気軽に、\n            相談"),
    ("indentation", "[2018, 2019, 2020]", "[2018, 2019,\n2020]"),
    ("invalid-id", "id: desks", "id: ｄｅｓｋｓ"),
    ("invalid-year", "[2018, 2019, 2020]", "[平成30年度, 平成31年度, 2020]"),
    ("target-years", "2018: 設置", "2008: 設置"),
]

LITERAL = [
    ("departments: [社会福祉協議会]", "departments: （社会福祉協議会）", "departments: [社会福祉協議会]"),
    ("departments: [社会福祉協議会]", "departments: [[社会福祉協議会]]", "departments: [社会福祉協議会]"),
    ("departments: [社会福祉協議会]", "担当課：社会福祉協議会", "departments: [社会福祉協議会]"),
    ("figures: [{value: 2300, unit: 部}]", "figures: {value: 2300, unit: 部}", "figures: [{value: 2300, unit: 部}]"),
    ("figures: [{value: 2300, unit: 部}]", "figures: 2,300部", "figures: [{value: 2300, unit: 部}]"),
    ("years: [2018, 2019, 2020]", "years: [平成30年度, 平成31年度, 2020]", "years: [2018, 2019, 2020]"),
    ("title: 窓口の設置", "title: 窓口の\n                  設置", "title: 窓口の設置"),
    ("title: 窓口の設置", "title: 窓口の\n設置", "title: 窓口の設置"),
    ("[2018, 2019, 2020]", "[2018, 2019,\n2020]", "years: [2018, 2019, 2020]"),
]
"""What is right, what was typed, and the line of the hint that says so."""


def test_plan_is_clean() -> None:
    assert not check(PLAN.encode(), "plan").diagnostics


@pytest.mark.parametrize(("rule", "right", "wrong"), SLIPS)
def test_slip_is_told_once(rule: str, right: str, wrong: str) -> None:
    at = PLAN.rindex(right) if PLAN.count(right) > 1 else PLAN.index(right)
    plan = PLAN[:at] + wrong + PLAN[at + len(right) :]
    diagnostics = check(plan.encode(), "plan").diagnostics
    assert [diagnostic.rule for diagnostic in diagnostics] == [rule]
    first = plan.count("\n", 0, at) + 1
    assert first <= diagnostics[0].span.line <= first + wrong.rstrip("\n").count("\n")
    assert diagnostics[0].hint


@pytest.mark.parametrize(("right", "wrong", "line"), LITERAL)
def test_hint_is_the_line_to_type(right: str, wrong: str, line: str) -> None:
    (diagnostic,) = check(PLAN.replace(right, wrong, 1).encode(), "plan").diagnostics
    assert line in diagnostic.hint.split("\n")


@pytest.mark.parametrize(
    "text", ["事業名,担当課,目標\n相談,福祉課,設置\n", "# 計画\n\n- 基本方針\n  - 施策\n", "計画書\n"]
)
def test_file_that_is_no_plan_is_one_report(text: str) -> None:
    (diagnostic,) = check(text.encode(), "plan").diagnostics
    assert "計画のデータではない" in diagnostic.message


@pytest.mark.parametrize("title", ["①窓口", "(1) 窓口", "1. 窓口", "1-2 窓口", "第1章 窓口", "基本方針1 窓口"])
def test_typed_number_is_told_where_it_would_be_doubled(title: str) -> None:
    found = check(PLAN.replace("title: 相談体制の整備", f"title: {title}").encode(), "plan").diagnostics
    assert [diagnostic.rule for diagnostic in found] == ["typed-mark"]
    assert found[0].hint.endswith("title: 窓口")
    # Actions have no numbers, unless the plan says so.
    plan = PLAN.replace("title: 窓口の設置", f"title: {title}")
    assert not check(plan.encode(), "plan").diagnostics
    numbered = check(plan.replace("policies:", "numbers: {action: ア}\npolicies:").encode(), "plan").diagnostics
    assert [diagnostic.rule for diagnostic in numbered] == ["typed-mark"]


def test_typed_mark_of_a_relisting_is_told() -> None:
    found = check(PLAN.replace("title: 窓口の設置", "title: 窓口（再掲）").encode(), "plan").diagnostics
    assert [diagnostic.rule for diagnostic in found] == ["typed-mark"]
    assert found[0].hint.endswith("title: 窓口")


@pytest.mark.parametrize(
    "title", ["3歳児健診", "1か月児の訪問", "第2次計画の策定", "10代の相談", "24時間の見守り", "再掲示の促進"]
)
def test_number_of_a_title_is_no_mark(title: str) -> None:
    assert not check(PLAN.replace("title: 窓口の設置", f"title: {title}").encode(), "plan").diagnostics


def test_all_slips_of_a_file_are_told_in_one_run() -> None:
    plan = (
        PLAN.replace("title: 見本市", "title：見本市")
        .replace("[社会福祉課]", "［社会福祉課］")
        .replace("goal:", "gaol:")
        .replace("社会福祉協議会]", "社会福祉 協議会]")
        .replace("2019-2020: 窓口の設置", "2019: *印")
    )
    rules = [diagnostic.rule for diagnostic in check(plan.encode(), "plan").diagnostics]
    assert rules == [
        "fullwidth-colon",
        "unknown-key",
        "fullwidth-bracket",
        "unknown-department",
        "target-years",
        "needs-quotes",
    ]


def test_places_are_those_of_the_typed_line() -> None:
    plan = PLAN.replace("departments: [社会福祉課]", "departments：［社会福祉か］")
    found = {each.rule: each.span for each in check(plan.encode(), "plan").diagnostics}
    assert found["unknown-department"].column == len("                departments：［") + 1


def test_block_that_slid_says_how_far_it_goes() -> None:
    plan = PLAN.replace(ITEM, "  " + ITEM.replace("\n", "\n  ").rstrip(" "))
    (diagnostic,) = check(plan.encode(), "plan").diagnostics
    assert "32 行目から 37 行目までを、同じだけ左へ半角 2 個ずらしてください" in diagnostic.hint


def test_list_over_several_lines_has_its_commas() -> None:
    plan = PLAN.replace("[2018, 2019, 2020]", "[2018,\n  2019,\n  2020]")
    assert not check(plan.encode(), "plan").diagnostics


@pytest.mark.parametrize("quote", ["'", '"'])
def test_keys_between_quotes_are_keys(quote: str) -> None:
    plan = PLAN.replace("2019-2020:", f"{quote}2019-2020{quote}:")
    assert not check(plan.encode(), "plan").diagnostics


@pytest.mark.parametrize("text", ["no", "1.10", "08", "12:30", "2018-03-01", "1_000", "0x10", "+5"])
def test_plain_text_stays_as_typed(text: str) -> None:
    checked = check(PLAN.replace("title: 窓口の設置", f"title: {text}").encode(), "plan")
    assert checked.plan is not None
    assert checked.plan.originals["desks"][1].title == text


@pytest.mark.parametrize(
    "text", ["https://example.jp/a#b", "10:30～", "C#入門", "A&B", "50%", "a-b", "〔案〕", "（仮称）", "［仮称］窓口"]
)
def test_harmless_signs_are_no_slips(text: str) -> None:
    checked = check(PLAN.replace("title: 窓口の設置", f"title: {text}").encode(), "plan")
    assert not checked.diagnostics


@pytest.mark.parametrize(
    ("typed", "harmless"),
    [
        ("[ともに, 生きるまち]", "[ともに, ［仮称］生きるまち]"),
        ("[ともに, 生きるまち]", "[ともに, ［仮称、未定］]"),
        ("[ともに, 生きるまち]", "[ともに, 生きるまち［仮称］]"),
        ("{value: 2300,", "{name: ［冊子、電子版］の部数, value: 2300,"),
    ],
)
def test_full_width_brackets_in_a_text_of_a_list_are_no_slips(typed: str, harmless: str) -> None:
    assert not check(PLAN.replace(typed, harmless).encode(), "plan").diagnostics


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8"])
def test_byte_order_mark_and_line_ends_are_accepted(encoding: str) -> None:
    for end in ("\n", "\r\n", "\r"):
        assert not check(PLAN.replace("\n", end).encode(encoding), "plan").diagnostics


@pytest.mark.parametrize("encoding", ["cp932", "utf-16", "utf-16-be", "euc-jp"])
def test_other_encodings_say_how_to_save_again(encoding: str) -> None:
    (diagnostic,) = check(PLAN.encode(encoding), "plan").diagnostics
    assert diagnostic.rule == "encoding"
    assert all(editor in diagnostic.hint for editor in ("メモ帳", "VS Code", "サクラエディタ"))


@pytest.mark.parametrize("data", [b"", b"---\n", b"# memo\n---\n...\n"])
def test_file_without_content_is_empty(data: bytes) -> None:
    assert [diagnostic.rule for diagnostic in check(data, "plan").diagnostics] == ["empty-file"]


@pytest.mark.parametrize("data", [b"PK\x03\x04\x14\x00\x06\x00", b"%PDF-1.7\n%\xe2\xe3\xcf", b"\x89PNG\r\n\x1a\n"])
def test_file_of_another_kind_says_what_it_is(data: bytes) -> None:
    (diagnostic,) = check(data, "plan").diagnostics
    assert diagnostic.rule == "encoding"
    assert "YAML ファイルを指定" in diagnostic.hint


@pytest.mark.parametrize("data", [b" " * 5_000_001, b"\n" * 100_001, b"\r" * 100_001])
def test_too_large_file_is_not_read(data: bytes) -> None:
    (diagnostic,) = check(data, "plan").diagnostics
    assert diagnostic.rule == "too-large"


def test_second_slip_of_a_line_is_where_it_was_typed() -> None:
    plan = PLAN.replace("- id: desks", "-id：desks")
    found = {each.rule: each.span.column for each in check(plan.encode(), "plan").diagnostics}
    assert found == {"missing-space": 15, "fullwidth-colon": 18}


@pytest.mark.parametrize("word", ["~", "null", "Null", "NULL"])
def test_words_for_no_value_are_no_text_unless_quoted(word: str) -> None:
    (diagnostic,) = check(PLAN.replace("title: 窓口の設置", f"title: {word}").encode(), "plan").diagnostics
    assert diagnostic.rule == "empty-value"
    assert not check(PLAN.replace("title: 窓口の設置", f'title: "{word}"').encode(), "plan").diagnostics
