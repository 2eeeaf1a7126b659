"""Files that are made to take long, by kind: `python -m bench.hostile PLANBOOK [BYTES]` checks one of each, of 1 MB.

Nobody types them, but a program may write them, and whoever checks files of others meets them. The check of each takes
time in proportion to its size (`tests/source/test_steps.py` counts steps), and `make bench` has the slowest of them.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bench.hostile_chapters import KINDS as CHAPTERS
from bench.process import adopt_orphans

if TYPE_CHECKING:
    from collections.abc import Callable

SIZE = 1_000_000

HEAD = """format: 1
title: ○○市第2期地域福祉計画
municipality: ○○市
date: 2027-03
years: [2027, 2028, 2029]
vision: [つながり、, 支えあうまち]
departments:
  - 福祉課
policies:
"""
POLICY = """  - id: consultation
    title: 困りごとを受け止める相談体制づくり
    measures:
      - id: one-stop
        title: 身近な相談窓口の充実
        projects:
          - id: consultation-desk
            title: 総合相談窓口の運営
            goal: どのような困りごとも最初の窓口で受け止め、必要な支援につなぐ。
            actions:
              - id: desk-operation
                title: 総合相談窓口の開設
                departments: [福祉課]
                targets:
                  2027: 開設に向けた準備
                  2028-2029: 窓口の開設
"""
PLAN = HEAD + POLICY
_TARGETS = "{2027: あ, 2028: あ, 2029: あ}"


def _action(id_: str, title: str) -> str:
    rest = f"departments: [福祉課]\n                targets: {_TARGETS}"
    return f"              - id: {id_}\n                title: {title}\n                {rest}\n"


def _project(number: int) -> str:
    """Return one more policy, with a measure, a project and five actions in it."""
    name = f"{number * 7919:x}"
    actions = "".join(_action(f"a{number}-{at}", f"{name}{at * 313:o}の支援") for at in range(5))
    return POLICY.replace("id: ", f"id: n{number}-").replace("title: ", f"title: {name}の") + actions


def _behind(line: Callable[[int], str]) -> Callable[[int], str]:
    """Return plans with lines behind their end."""
    return lambda number: PLAN + "".join(map(line, range(number)))


def _put(mark: str, text: Callable[[int], str], around: str = "{}") -> Callable[[int], str]:
    """Return plans with something before a mark in them, again and again."""
    return lambda number: PLAN.replace(mark, around.format("".join(map(text, range(number)))) + mark, 1)


def _items(key: str, text: Callable[[int], str]) -> Callable[[int], str]:
    return _put("            goal:", lambda at: f"              - {text(at)}\n", f"            {key}:\n{{}}")


def _in_place_of(typed: str, text: Callable[[int], str]) -> Callable[[int], str]:
    return lambda number: PLAN.replace(typed, text(number), 1)


KINDS: dict[str, Callable[[int], str]] = {
    "actions": lambda n: PLAN + "".join(_action(f"a{at}", f"{at * 7919:x}{at:o}の支援") for at in range(n)),
    "same titles": lambda n: PLAN + "".join(_action(f"a{at}", "同じ題名の取組") for at in range(n)),
    "series of titles": lambda n: PLAN + "".join(_action(f"a{at}", f"似た題名の取組その{at}") for at in range(n)),
    "same ids": lambda n: PLAN + "".join(_action("same", f"題名{at}") for at in range(n)),
    "relistings": _behind(lambda _: "              - relist: desk-operation\n"),
    "unknown relistings": _behind(lambda at: f"              - relist: none{at}\n"),
    "relistings before": lambda n: (
        PLAN
        + "".join(f"              - relist: a{at}\n" for at in range(n))
        + "".join(_action(f"a{at}", f"題名{at}") for at in range(n))
    ),
    "unknown departments": _in_place_of("[福祉課]", lambda n: f"[{', '.join(f'第{at:05}担当室' for at in range(n))}]"),
    "departments": _put("policies:\n", lambda at: f"  - 第{at:05}担当課\n"),
    "misspelled departments": _in_place_of("[福祉課]", lambda n: f"[福祉課{', 福社課' * n}]"),
    "many columns": _put("policies:\n", lambda at: f"欄{at}, ", "columns: [{}現状]\n"),
    "years that overlap": _in_place_of(
        "2027: 開設", lambda n: "".join(f"{1000 + at}-9999: あ\n                  " for at in range(n)) + "2027: 開設"
    ),
    "unknown keys": _behind(lambda at: f"key{at}: a\n"),
    "one key": _behind(lambda _: "format: 1\n"),
    "unknown keys on a line": lambda n: PLAN + "x: {" + ", ".join(f"k{at}: a" for at in range(n)) + "}\n",
    "items on a line": lambda n: HEAD + "  [" + ", ".join(f"{{id: a{at}, titel: い}}" for at in range(n)) + "]\n",
    "approaches": _items("approaches", lambda at: f"取組{chr(0x4E00 + at % 9000)}{at}"),
    "same approaches": _items("approaches", lambda _: "取組　の１2"),
    "unprintable": _items("approaches", lambda at: "".join(chr(0x20000 + at * 97 + each) for each in range(300))),
    "half-width kana": _items("approaches", lambda at: f"{'ｶﾞｷﾞ' * 60}{at}"),
    "counts": _items("approaches", lambda at: f"{f'3つの方針と{at}個の取組、年12回、' * 9}"),
    "texts": _put("            goal:", lambda at: f"              見出し{at}: あい\n", "            texts:\n{}"),
    "indicators": _items("indicators", lambda at: f"{{name: 指標{at}, unit: ％, values: {{2026: {at}, 2029: 9}}}}"),
    "synonyms": _put("policies:\n", lambda at: f"  - [言葉{at}, ことば{at}]\n", "synonyms:\n{}"),
    "allowances": _behind(lambda _: "# planbook: allow similar-titles あ\n"),
    "allowances of all": _behind(
        lambda at: ("" if at else "check:\n  allow:\n") + "    - {rule: markup, reason: あ}\n"
    ),
    "stray lines": _behind(lambda _: "あいうえお\n"),
    "broken lines": _behind(lambda at: f'              - id: a{at}\n                title: "x" y: z: w\n'),
    "brackets": _behind(lambda _: "policies: [a, [\n"),
    "quotes": _behind(lambda at: f"x{at}: 'a\n"),
    "bullets": _behind(lambda at: f"              ・項目{at}\n"),
    "wide keys": _behind(lambda at: f"　項目{at}：あ\n"),
    "dashes on a line": _in_place_of("福祉課\n", lambda n: f"福祉課\n{'- ' * n}\n"),
    "commas on a line": _in_place_of("[福祉課]", lambda n: f"[{'福、' * n}]"),
    "blanks on a line": _in_place_of("つながり、,", lambda n: f"つながり{' ' * n}、,"),
    "brackets on a line": _in_place_of("[福祉課]", lambda n: "[" * n),
    "a title of blanks": _in_place_of("身近な", lambda n: f"身近な{'　' * n}"),
    "a long title": _in_place_of("身近な", lambda n: "身近な" * n),
    "controls": _behind(lambda _: f"{'a' * 40}\x01\n"),
    "ends": _behind(lambda _: "...\n"),
    "conflicts": _behind(lambda _: "<<<<<<< a\n=======\n>>>>>>> b\n"),
    "comments": _behind(lambda _: "# title: a\n"),
    "anchors": _behind(lambda at: ("" if at else "x:\n") + f"  - &a{at} b\n"),
    "tags": _behind(lambda at: ("" if at else "x:\n") + "  - !!str a\n"),
    "cells in a list": _behind(lambda at: f"  - 相談{at}\t福祉課\t\t150\n"),
    "words apart": _items("approaches", lambda at: f"相談　支援{at}の地域福祉相談支援{at}"),
    "wrong years": _in_place_of("2027, 2028", lambda n: ", ".join(f"H{at}x" for at in range(n)) + ", 2028"),
    "wrong years of targets": _put("                  2027:", lambda at: f"                  H{at}x: あ\n"),
    "years and targets": lambda n: (
        PLAN.replace("2027, 2028, 2029]", ", ".join(str(2027 + at) for at in range(n)) + "]")
        + "".join(_action(f"a{at}", f"{at * 7919:x}{at:o}の支援") for at in range(n // 10))
    ),
    "columns that are none": lambda n: (
        PLAN.replace("policies:\n", f"columns: [{', '.join(f'欄{at}' for at in range(n))}]\npolicies:\n", 1)
        + "".join(_action(f"a{at}", f"題名{at}").replace("{2027", f"{{郭{at}") for at in range(n // 10))
    ),
    "marks": _put("policies:\n", lambda at: f"印{at}, ", "marks: [{}重点]\n"),
    "relisted titles": lambda n: PLAN + "".join(_action(f"a{at}", f"題名{at}（再掲）") for at in range(n)),
    "labels": _put("policies:\n", lambda at: f"  word{at}: あ\n", "labels:\n{}"),
    "depth": _behind(lambda at: ("" if at else "format: ") + "["),
    "one slip": lambda n: "".join([HEAD, *map(_project, range(n))]).replace("00の支援\n", "00の支援: あ\n", 1),
    "goals alike": lambda n: "".join(
        [
            HEAD,
            *(
                _project(at).replace("goal: ", f"goal: {at * 7919:x}から{'地域で支え合い、' * 15}{at * 313:o}まで")
                for at in range(n)
            ),
        ]
    ),
    "slips": lambda n: PLAN + "".join(_action(f"a{at}", f"題名{at}").replace("title: ", "title：") for at in range(n)),
    "lost dashes": lambda n: PLAN + "".join(_action(f"a{at}", f"題名{at}").replace("- id", "  id") for at in range(n)),
    "lost colons": lambda n: (
        PLAN + "".join(_action(f"a{at}", f"題名{at}").replace("title:", "title") for at in range(n))
    ),
    "uneven": lambda n: PLAN + "".join(_action(f"a{at}", f"題名{at}").replace(" title", "  title") for at in range(n)),
    "wide signs in braces": lambda n: (
        PLAN + "".join(_action(f"a{at}", f"題名{at}").replace(": あ,", "：あ、") for at in range(n))
    ),
    "unknown keys in actions": lambda n: (
        PLAN + "".join(_action(f"a{at}", f"題名{at}") + f"                titel{at}: あ\n" for at in range(n))
    ),
    "wrong figures": lambda n: (
        PLAN
        + "".join(
            _action(f"a{at}", f"題名{at}").replace("2029: あ", "2029: {text: あ, figures: [{value: 9人}]}")
            for at in range(n)
        )
    ),
    "relistings with titles": _behind(
        lambda at: f"              - relist: desk-operation\n                title: 題{at}\n"
    ),
    "aliases": _behind(lambda at: ("" if at else "x:\n") + "  - *a\n"),
    "merge keys": _behind(lambda _: "<<: a\n"),
    "folded": _items("approaches", lambda at: f">\n                文章{at}の\n                続き"),
    "lines that go on": _items("approaches", lambda at: f"支援する取組の文章{at}の\n                  続き"),
    "memos": _items("approaches", lambda at: f"支援する取組の文章{at}\n              ※ 要確認"),
    "indented by tabs": _items("approaches", lambda at: f"取組{at}\n\t\t\t- 取組"),
    "no-break spaces": _items("approaches", lambda at: f"取組{at}\n　　　　\xa0\xa0- 取組"),
    "pasted rows": _behind(lambda at: f"2027\t目標{at}\t9人\n"),
    "tabs": _behind(lambda at: ("" if at else "x:\n") + "  - a\tb?\n"),
}
"""By kind: the file in which something stands so many times."""


def sized(kind: str, size: int) -> str:
    """Return the file of a kind that has about so many bytes."""
    return _of_size(KINDS[kind], size, len(PLAN.encode()))


def _of_size(make: Callable[[int], str], size: int, around: int = 0) -> str:
    each = (len(make(200).encode()) - len(make(100).encode())) / 100
    return make(max(round((size - around) / each), 1))


def main() -> None:
    """Check a file of every kind; print what it took: seconds of processors, and the most memory of all so far.

    Chapters have a tenth of the size: of most kinds no more is read.
    """
    adopt_orphans()
    size = int(sys.argv[2]) if len(sys.argv) > 2 else SIZE  # noqa: PLR2004 - the argument behind the command
    slowest = (0.0, "")
    with tempfile.TemporaryDirectory() as folder:
        plan, chapter = Path(folder, "plan.yaml"), Path(folder, "chapter.md")
        files = [(kind, plan, partial(sized, kind, size)) for kind in KINDS]
        files += [(f"chapter, {kind}", chapter, partial(_of_size, make, size // 10)) for kind, make in CHAPTERS.items()]
        for kind, file, text in files:
            plan.write_text(f"{PLAN}book:\n  parts: [cover, {{chapter: chapter.md}}]\n", encoding="utf-8")
            file.write_text(text(), encoding="utf-8")
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run([sys.argv[1], "check", str(plan)], stdout=subprocess.DEVNULL, check=False)  # noqa: S603
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            taken = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            print(f"{taken:.2f} s, {after.ru_maxrss // 1000} MB: {kind}", file=sys.stderr)
            slowest = max(slowest, (taken, kind))
    print(f"check 1 MB\t{slowest[0]}")


if __name__ == "__main__":
    main()
