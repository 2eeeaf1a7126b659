"""Bring what the documents say about installing into line with the version and with `published` in pyproject.toml.

    python tools/installing.py

Until there is a release on PyPI they name a wheel or a git address; after it (`published = true`), the package. To be
run by `make docs`; the release workflow publishes by the same setting.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
WHEEL = "planbook-{version}-py3-none-any.whl"

STARTER = "src/planbook/project/starter_files"
DOCUMENTS = (
    "README.md",
    "README.ja.md",
    "docs/ja/guide.md",
    "docs/ja/check.md",
    "docs/ja/diff.md",
    f"{STARTER}/README.md",
    f"{STARTER}/.github/workflows/plan.yml",
    "tools/install-windows.ps1",
)

# What is said before a release, and after it.
SENTENCES = (
    (
        (
            "planbook is not on PyPI yet. Elsewhere, install the wheel that `make wheel` writes to `dist/`, "
            "or this repository with\n`pip install git+<its address>`."
        ),
        "Elsewhere: `pip install planbook`.",
    ),
    (
        (
            "PyPI ではまだ公開していません。`make wheel` で `dist/` にできる wheel ファイルか、"
            "このリポジトリの git の URL からインストールします。"
        ),
        "`pip install planbook` でインストールします。",
    ),
    (
        (
            f"planbook は、まだ公開の場所（PyPI）にはありません。配布された `{WHEEL}` を計画のフォルダーに\n"
            "置いてインストールします。リポジトリの URL が分かるときは、ファイル名の代わりに `git+https://…` と書いても"
            "インストールできます。"
        ),
        "planbook は、公開の場所（PyPI）からインストールします。",
    ),
    (
        (
            "Python 3.11 以降をインストールします。planbook は、まだ公開の場所（PyPI）にはありません。配布された\n"
            f"`{WHEEL}` をこのフォルダーに置いて、次のコマンドを実行します（git の URL からなら、\n"
            "ファイル名の代わりに `git+https://…` と書きます）。"
        ),
        "Python 3.11 以降をインストールしてから、次のコマンドを実行します。",
    ),
    (
        (
            "の PLANBOOK に書きます。\n"
            "        # 配布された wheel の URL か、git の URL（git+https://… の形。@ の後に版を付けます）です。"
        ),
        "の PLANBOOK で\n        # 変えられます（例：planbook=={version}）。",
    ),
    ("${PLANBOOK:?リポジトリの設定の Variables に、PLANBOOK を作ってください}", "${PLANBOOK:-planbook}"),
)
_OF_ANY_VERSION = re.escape(WHEEL).replace(re.escape("{version}"), r"[0-9][0-9A-Za-z.]*")
_COMMAND = re.compile(rf"(pip install(?: --proxy \S+)?|-Package) (?:(?:\./)?{_OF_ANY_VERSION}|planbook)(?=[\r\n])")


def current(text: str, version: str, *, published: bool) -> str:
    """Return a document as it has to be for a version that is on PyPI or is not."""
    for pair in SENTENCES:
        for said in pair:
            pattern = re.escape(said).replace(re.escape("{version}"), r"[0-9][0-9A-Za-z.]*")
            now = pair[published].replace("{version}", version)
            text = re.sub(pattern, now.replace("\\", r"\\"), text)
    wheel = WHEEL.replace("{version}", version)
    text = _COMMAND.sub(
        lambda found: f"{found[1]} {'planbook' if published else wheel if found[1] == '-Package' else f'./{wheel}'}",
        text,
    )
    return re.sub(r"(rev: v|/planbook@v)[0-9][0-9A-Za-z.]*", rf"\g<1>{version}", text)


def setting() -> bool:
    """Return whether planbook is on PyPI."""
    return bool(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["planbook"]["published"])


def version() -> str:
    """Return the version of planbook."""
    text = (ROOT / "src/planbook/__init__.py").read_text("utf-8")
    return next(re.finditer(r'^__version__ = "(.*)"$', text, re.MULTILINE))[1]


if __name__ == "__main__":
    for name in DOCUMENTS:
        path = ROOT / name
        path.write_bytes(current(path.read_bytes().decode(), version(), published=setting()).encode())
