"""Planners read the words of an office: one list for messages, help, starter, pages and documents."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KINDS = {".py", ".md", ".yaml", ".yml", ".json", ".j2", ".js", ".ps1", ".txt", ""}

# What is not written → what is written instead. Comments of the code are English, so whole files are searched.
WORDS = {
    "打ち間違|打ちまちが|を打つ|を打っ|を打ち|まま打つ|打ち込": "書き間違い、入力する",
    "要る|要りま|要らな|いりません": "必要、不要",
    "に当た[るりっ](?!前)|当たらない": "当てはまる、相当する",
    "(?<!メール)(?<!IP )アドレス(?!バー|、)": "URL",
    "番地か|番地です|の住所に": "URL",
    "道具": "ツール、仕組み",
    "合言葉|合い言葉": "キーワード、パスワード",
    "端末": "ターミナル、画面",
    "(?:git|Python|Pango|拡張機能|planbook|VS Code)」?を入れ(?:て|る|ま)": "インストールする",
    "消去": "クリア、消す",
    "キーの名前|名前のキー|鍵": "キー",
    "規則の名前": "規則名",
    "[たのるい]知らせ(?:を[読見]|の|が|です)|check` と同じ知らせ|知らせの(?:読み方|あった)": "メッセージ",
    "階層の?深さ|段階層|[0-9]段(?:の計画|階層)|段(?:の不ぞろい|が違う)": "階層",
    "書式のファイル": "スキーマ",
    "リポジトリー": "リポジトリ",
}


def spoken() -> list[Path]:
    """Return the files with words for planners."""
    found = [ROOT / "README.ja.md", ROOT / "action.yml"]
    for folder in ("src", "templates", "docs/ja", "tools", ".github", ".devcontainer"):
        found += [path for path in sorted((ROOT / folder).rglob("*")) if path.suffix in KINDS and path.is_file()]
    return [path for path in found if "__pycache__" not in path.parts and path.name != "characters.txt"]


FILES = spoken()


@pytest.mark.parametrize("pattern", WORDS)
def test_messages_help_and_documents_use_the_words_of_an_office(pattern: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in FILES
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if re.search(pattern, line)
    ]
    assert found == [], f"instead: {WORDS[pattern]}"


def test_every_kind_of_file_is_searched() -> None:
    names = {path.relative_to(ROOT).as_posix() for path in FILES}
    assert names >= {
        "README.ja.md",
        "docs/ja/guide.md",
        "docs/ja/rules.md",
        "src/planbook/cli/build.py",
        "src/planbook/project/starter_files/README.md",
        "src/planbook/project/starter_files/data/plan.yaml",
        "src/planbook/rules/explained/lookalike/rule.yaml",
        "templates/js/status.js",
        "templates/web/tools.html.j2",
        "tools/setup",
        "tools/install-windows.ps1",
    }
