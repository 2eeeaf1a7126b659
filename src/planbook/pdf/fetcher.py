"""What pages may read: files below the folders of the templates, and data that stands in the page itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from weasyprint.urls import FatalURLFetchingError, URLFetcher

from planbook.project.file_access import unreadable

if TYPE_CHECKING:
    from collections.abc import Sequence


class Fetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
    """Reads files below the given folders and nothing else; what it denies fails the build.

    `denied` are the reasons, in Japanese: WeasyPrint only logs a denial inside SVG, so the caller has to look there.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        super().__init__(allowed_protocols={"file", "data"}, allow_redirects=False, fail_on_errors=True)
        self._folders = [folder.resolve() for folder in folders]
        self.denied: list[str] = []

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
        parts = urlsplit(url)
        if parts.scheme == "data":
            return super().fetch(url, headers)
        if parts.scheme != "file" or parts.netloc not in {"", "localhost"}:
            self._deny(f"{url} は読みません。使えるのは、テンプレートのフォルダーにあるファイルだけです。")
        # Resolved: neither `..` nor a symbolic link leads out. What is opened is this path, not the URL once more.
        path = Path(url2pathname(parts.path)).resolve()
        if not any(path.is_relative_to(folder) for folder in self._folders):
            self._deny(f"{path} は読みません。テンプレートのフォルダーの外にあります。")
        if reason := unreadable(path):
            self._deny(f"{path} を読めません（{reason}）。")
        if not path.is_file():
            self._deny(f"{path} がありません。")
        return super().fetch(path.as_uri(), headers)

    def _deny(self, reason: str) -> None:
        self.denied.append(reason)
        raise FatalURLFetchingError(reason)
