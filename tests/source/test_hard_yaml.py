"""What the specification of YAML allows and few people type, put into a plan: read as PyYAML reads it, or named."""

from __future__ import annotations

import json

import pytest
import yaml

from planbook.check.check import check
from planbook.diagnostics.finding import Severity
from tests.fuzz import assert_as_yaml_reads

PARTS = {
    "vision": "vision: [ともに, 生きるまち]",
    "goal": "goal: 相談窓口を広く知ってもらう。",
    "approaches": "approaches: [窓口の一覧を作る。]",
    "title": "title: ガイドブックの発行",
    "departments": "departments: [社会福祉課]",
    "targets": "targets: {2018-2020: 発行}",
}
PLAN = """\
format: 1
title: 見本市地域福祉計画
municipality: 見本市
stage: 案
date: 2018-03
years: [2018, 2019, 2020]
vision
departments: [社会福祉課, 社会福祉協議会]
policies:
  - id: policy-1
    title: 相談支援の充実
    measures:
      - id: measure-1
        title: 相談体制の整備
        projects:
          - id: project-1
            title: 相談窓口の周知
            goal
            approaches
            actions:
              - id: guidebook
                title
                departments
                targets
              - id: desks
                title: 窓口の設置
                departments: [社会福祉協議会]
                targets: {2018-2020: 窓口の設置}
"""


def plan_with(typed: str) -> bytes:
    """Return a plan in which one part is typed like this, at the place of the part."""
    parts = PARTS | {typed.split(":", 1)[0].strip('"'): typed}
    lines = []
    for line in PLAN.split("\n"):
        margin = " " * (len(line) - len(line.lstrip()))
        lines += [each and margin + each for each in parts.get(line.strip(), line.strip()).split("\n")]
    return "\n".join(lines).encode()


READ = (
    "targets: {2018-2020}",
    "targets: {2018-2020: }",
    "departments: [社会福祉課: a]",
    "targets:\n  2018-2020 : ガイドブックの発行",
    'targets: {"2018-2020":ガイドブックの発行}',
    "departments: [社会福祉課, ]",
    "departments: [ # 主管\n  社会福祉課, # あ\n  # い\n  社会福祉協議会 ]",
    "vision: [ともに\n  生きる\n\n  まち, い]",
    "vision: [\n  ともに,\n  生きるまち\n]",
    "departments: [社会福祉課\n]",
    "vision: [a:b, http://x.y/z]",
    "vision: [-a, b]",
    "vision: [a#b, c]",
    "approaches:\n  - [a, b]",
    "approaches:\n  - - a\n    - b",
    'goal: "相談窓口を\\\n  知って\n  もらう"',
    'goal: "相談窓口を\n\n\n  知って"',
    'goal: "\\U00020BB7野家"',
    "goal: 'it''s 相談\n\n  窓口'",
    'goal: "相談\n窓口"',
    'goal: "相談\n--- 窓口"',
    'goal: "  相談  \n   窓口  "',
    "goal: 相談窓口を\n  広く\n\n  知ってもらう",
    "goal:\n  相談窓口を\n  広く",
    "goal: 相談#窓口 #コメント",
    "goal: 相談:窓口",
    'goal: 相談"窓口"\'',
    "goal: -相談",
    "goal: ?相談",
    "goal: :相談",
    "goal: 相談\n  --- 窓口",
    "vision: [yes, No, on, ~, null, 012, 0x1F, 1_000, 1e3, .inf, 12:30:45, 2018-01-01, =]",
    "goal: |\n  相談\n  窓口",
    "goal: |-\n  相談\n\n  窓口\n\n",
    "goal: |+\n  相談\n\n",
    "goal: >\n  相談\n  窓口\n\n  知る\n   もらう\n  広く",
    "goal: >2-\n    相談\n  窓口",
    "goal: >-2\n   相談\n  窓口",
    "goal: |1\n 相談\n  窓口",
    "goal: |9\n         相談",
    "goal: | # あ\n  相談\n  # 本文",
    "goal: |\n  相談\n # あ\n# い",
    "goal: |",
    "goal: |-\n  相談  \n  窓口\t",
    "approaches:\n  - |-\n    a\n    b\n  - >-\n   c\n   d",
    "approaches:\n  # あ\n- 窓口\n",
    "approaches: # あ\n  - 窓口 # い\n# う\n  - 広報",
    "approaches:\n        # あ\n  - 窓口\n # い\n  - 広報",
    "departments: [社会福祉課]#あ",
    "goal: 相談　# あ",
    "approaches:\n- 窓口\n- b",
    "approaches:\n      - 窓口\n      - b",
    "approaches:\n  -\n    窓口\n  -\n    b",
    "approaches:\n  -\n  - b",
    "approaches:\n  -     窓口\n  - b",
    (
        "targets:\n    2018: あ\n    2019-2020:\n          text: い\n          "
        "figures:\n          - value: 3\n            unit: 部\n          -   value: 4\n              unit: 冊"
    ),
    "title:\n  'ガイドブックの\n  発行'",
    "targets:\n  2018-2020:\n    text: あ\n    figures: [{value: 2, unit: 部},\n              {value: 3, unit: 冊}]",
    (
        "targets:\n  2018-2020:\n    text: あ\n    "
        "figures: [\n      {value: 2, unit: 部},\n      {value: 3, unit: 冊},\n    ]"
    ),
    "targets:\n  2018-2020:\n    text: あ\n    figures: [{value: 2, unit: 部}\n            , {value: 3, unit: 冊}]",
    "departments: [社会福祉課,\n  社会福祉協議会]",
    'title:\n  "ガイドブックの発行"',
    'goal:\n  "相談を\n  知る"',
    "goal:\n  |-\n  相談を\n  知る",
    "goal:\n  >-\n    相談を\n    知る",
    "targets:\n  {2018-2020: あ}",
    "targets:\n  {\n    2018: あ,\n    2019-2020: い\n  }",
    'approaches:\n  -\n    "窓口"\n  - b',
    'approaches:\n  - "窓口\n    を作る"\n  - b',
    "approaches:\n  -\n    |-\n    窓口\n  - b",
    "goal: # あ\n  相談を知る",
    "goal:\n\n  相談を知る",
    'targets: {"2018": "あ", "2019-2020": {"text": "い", "figures": [{"value": 3, "unit": "部"}]}}',
    '"targets":\n  "2018": あ\n  \'2019-2020\': い',
    'targets:\n  2018-2020:\n    text: あ\n    figures:\n      - "value": 3\n        "unit": 部',
    "goal: >\n  相談\n\n    窓口\n    一覧\n\n  終わり",
    "goal: 相談[窓口]{あ}, い",
    "goal: 相談 - 窓口 ? あ ! い & う * え",
    "approaches:\n - 窓口\n - b",
    "targets:\n   2018: あ\n   2019-2020: い",
    'goal: ""',
    "goal: |-\n  あ\n  %YAML 1.1",
    "goal: |-\n  あ\n  ---\n  い",
    "goal: |-\n  あ\n  ...\n  い",
    "goal: |-\n  あ #い\n\n  う",
)
REFUSED = {
    "alias": ("goal: *g",),
    "anchor": (
        "goal: &g 相談窓口を広く知ってもらう。",
        "targets: &t\n  2018-2020: ガイドブックの発行",
    ),
    "block-marker": ("goal: | 相談\n  窓口",),
    "colon-in-text": (
        "goal: 相談: 窓口",
        "targets: {? 2018-2020 : あ, }",
    ),
    "complex-key": (
        "targets:\n  ? 2018-2020\n  : ガイドブックの発行",
        "targets:\n  ? [2018, 2020]\n  : ガイドブックの発行",
        "targets:\n  ? 2018-2020",
        "targets: {[2018]: ガイドブックの発行}",
        "targets:\n  ? 2018-2020\n  :\n    text: あ",
        "targets:\n  ? 2018-2020\n  : text: あ\n    note: い",
    ),
    "control-character": (
        'goal: "相談\\u7a93口\\x20を\\t知って\\"もらう\\"。\\\\ \\/ \\N\\_\\L\\P"',
        "goal: 相談  窓口",
        "goal: 相談 窓口",
        "goal: 相談\u000b窓口",
    ),
    "duplicate-key": (
        "targets:\n  2018: あ\n  2018: い",
        "targets:\n  2018: あ\n  '2018': い\n  2019-2020: う",
        "targets: {2018-2020: あ, 2018-2020: い}",
    ),
    "extra-comma": (
        "departments: [社会福祉課,, 社会福祉協議会]",
        "departments: [, 社会福祉課]",
        "goal: 相談、窓口,",
    ),
    "fullwidth-space": (
        "goal: 　相談　窓口　",
        "goal: >-\n  相談\n　\n  窓口",
        "approaches:\n  - 窓口",
    ),
    "indentation": (
        "targets: {2018: {text: あ, figures: [{value: 2, unit: 部},\n  {value: 3, unit: 冊}\n]}, 2019-2020: い}",
        "departments: [\n社会福祉課\n]",
        "goal: |\n    相談\n  窓口",
        "approaches:\n  - |-\n  a",
        "approaches:\n  - 窓口\n   - b",
        "approaches:\n   - 窓口\n  - b",
        "targets:\n  2018: あ\n   2019-2020: い",
        "approaches: - a",
    ),
    "merge-key": (
        "targets:\n  <<: {2018: あ}\n  2019-2020: ガイドブックの発行",
        'targets:\n  "<<": {2018: あ}\n  2019-2020: ガイドブックの発行',
    ),
    "missing-space": ('targets:\n  "2018-2020":ガイドブックの発行',),
    "needs-quotes": (
        "vision: [- a, b]",
        'goal: "相談"窓口',
        'goal: "相談"#窓口',
        "goal: %相談",
        "goal: @相談",
        "goal: `相談`",
        "vision: [&a x, *a]",
    ),
    "stray-text": (
        "goal: 相談 # あ\n  窓口",
        "goal: 相談\n  # あ\n  窓口",
    ),
    "tab": (
        "goal: 相談\t窓口",
        "goal: 相談\t",
        "goal: 相談\t# あ",
        "approaches:\n\t# あ\n  - 窓口",
        "approaches:\n\t- 窓口",
        "approaches:\n  -\t窓口",
        "approaches:\n\t\n  - 窓口",
    ),
    "tag": (
        "goal: !!str 相談窓口を知ってもらう。",
        "goal: ! 相談窓口を知ってもらう。",
        "goal: !<tag:yaml.org,2002:str> 相談窓口を知ってもらう。",
        "goal: !!binary aGVsbG8=",
        "departments: !!set {社会福祉課}",
    ),
}


@pytest.mark.parametrize("typed", READ)
def test_read_as_pyyaml_reads_it(typed: str) -> None:
    assert assert_as_yaml_reads(plan_with(typed)), "refused"


@pytest.mark.parametrize(("rule", "typed"), [(rule, typed) for rule, several in REFUSED.items() for typed in several])
def test_refused_by_its_name(rule: str, typed: str) -> None:
    found = check(plan_with(typed), "plan").diagnostics
    assert rule in {diagnostic.rule for diagnostic in found if diagnostic.severity is Severity.ERROR}, found
    if rule != "indentation":
        assert "indentation" not in {diagnostic.rule for diagnostic in found}, found


HEADS = (
    "%YAML 1.1\n---\n",
    "%YAML 1.2\n---\n",
    "%TAG ! tag:example.com,2000:\n---\n",
    "--- # 計画\n",
    "# 計画\n%YAML 1.1\n---\n",
)


@pytest.mark.parametrize("head", HEADS)
def test_directives_and_the_end_of_the_document(head: str) -> None:
    for tail in ("", "...\n", "... # 終わり\n# 終わり\n"):
        assert assert_as_yaml_reads(head.encode() + plan_with("") + tail.encode())
    found = check(head.encode() + plan_with("") + b"---\na: b\n", "plan").diagnostics
    assert {diagnostic.rule for diagnostic in found} == {"several-documents"}


def test_a_whole_plan_between_brackets_may_end_with_a_comment() -> None:
    data = yaml.load(plan_with(""), Loader=yaml.BaseLoader)  # noqa: S506 - texts only
    assert assert_as_yaml_reads(f"# JSON\n{json.dumps(data, ensure_ascii=False, indent=1)} # end\n".encode())


def test_what_a_program_wrote_with_anchors_has_one_report_for_each() -> None:
    data = yaml.load(plan_with(""), Loader=yaml.BaseLoader)  # noqa: S506 - texts only
    action, other = data["policies"][0]["measures"][0]["projects"][0]["actions"]
    other["targets"] = action["targets"]
    found = check(yaml.dump(data, allow_unicode=True, sort_keys=False).encode(), "plan").diagnostics
    assert [diagnostic.rule for diagnostic in found] == ["anchor", "alias"]


def test_no_line_is_lost_where_one_stands_too_far_out() -> None:
    typed = "targets: {2018: {text: あ, figures: [{value: 2, unit: 部},\n  {value: 3, unit: 冊}\n]}, 2019-2020: い}"
    (found,) = check(plan_with(typed), "plan").diagnostics
    assert found.rule == "indentation"
    whole = "targets: {2018: {text: あ, figures: [{value: 2, unit: 部}, {value: 3, unit: 冊}]}, 2019-2020: い}"
    assert found.hint.split("\n")[1] == whole


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("targets:\n  ? 2018-2020\n  : 発行", "2018-2020: 発行"),
        ("targets:\n  ? 2018-2020\n  : text: 発行", "2018-2020:\n  text: 発行"),
        ('targets:\n  "2018-2020":発行', '"2018-2020": 発行'),
        ("departments: [, 社会福祉課]", "departments: [社会福祉課]"),
        ('goal: "相談を\\\n  知って\n  もらう"', 'goal: "相談を知ってもらう"'),
        ("goal:\n  >-\n  あ\n  い", "|-"),
    ],
)
def test_hint_is_what_to_type(typed: str, right: str) -> None:
    (found,) = check(plan_with(typed), "plan").diagnostics
    assert found.hint.split("\n", 1)[1] == right
