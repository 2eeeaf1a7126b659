"""A plan's own templates are data: they print what their view has, and reach, read and take nothing else."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from planbook.check.check import check
from planbook.errors import TemplateError
from planbook.html import render_process
from planbook.html.templates import Templates
from planbook.html.web_page import render_waiting_page, render_web_page
from planbook.layout.book import BookPrinter
from planbook.project.paths import bundled_templates
from planbook.project.publication import Publication

if TYPE_CHECKING:
    from collections.abc import Callable

COVER = "pdf/cover.html.j2"
ROOT = Path(__file__).parents[2]
STARTER = "src/planbook/project/starter_files/data/plan.yaml"
"""Has every part of the format."""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "plan/templates"
    (folder / "pdf").mkdir(parents=True)
    return folder


def rendered(own: Path, template: str) -> str:
    (own / COVER).write_text(template, encoding="utf-8")
    return Templates(own).render(COVER, view="見")


def test_pages_are_the_same_with_and_without_a_folder_of_own_templates(own: Path, built: Callable[..., Path]) -> None:
    for name in ("pdf/cover.html.j2", "pdf/sheets.html.j2"):
        (own / name).write_bytes((bundled_templates() / name).read_bytes())
    usual, sandboxed = Templates(), Templates(own)
    plan = check((ROOT / STARTER).read_bytes(), STARTER, ROOT / STARTER).plan  # with its chapters
    assert plan
    (output,) = BookPrinter(sandboxed).print(plan, [Publication.PLAN], lambda *_: None)
    assert output.content == (built(STARTER, "-d", "plan", "-f", "pdf") / "plan.pdf").read_bytes()
    for document in Publication:
        assert render_web_page(plan, document, sandboxed) == render_web_page(plan, document, usual)


@pytest.mark.parametrize(
    ("template", "printed"),
    [
        ("{{ view ~ '<' ~ 1 }}", "見&lt;1"),
        ("{{ 'a'|safe ~ '<' }}", "a&lt;"),
        ("{% for i in range(3) %}{{ loop.index * 2 }},{% endfor %}", "2,4,6,"),
        ("{% macro m(a) %}[{{ a }}{{ caller() }}]{% endmacro %}{% call m(1) %}x{% endcall %}", "[1x]"),
        ("{{ 12345.678|round(2) }}", "12345.68"),
        ("{% for i in range(5) if i > 2 %}{{ loop.index }}{{ i }}{{ loop.last }}{% endfor %}", "13False24True"),
        ("{{ [1, 2]|sum }}{{ 7 // 2 }}{{ 7 - 2 }}{{ ','.join(['a']) }}{{ {'b': 1}.keys()|join }}", "335ab"),
        ("{% set ns = namespace(n=0) %}{% for i in [1, 2] %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}", "3"),
        ("{{ ['a', 'b']|join('、') }}{{ 'abc'.replace('b', 'x') }}", "a、baxc"),
        ("{{ 'a'.center(3) }}{{ '{:>3}'.format(1) }}", " a   1"),
        ("{{ 123456789 }}{{ 123456789|string }}{{ 2 ** 8 }}{{ 7 % 4 }}", "1234567891234567892563"),
        ("{% for i in [1, [2]] recursive %}{{ loop(i) if i is iterable else i }}{% endfor %}", "12"),
    ],
)
def test_what_templates_are_for_works(own: Path, template: str, printed: str) -> None:
    assert rendered(own, template) == printed


@pytest.mark.parametrize(
    "template",
    [
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ view.__class__ }}",
        "{{ self.__init__ }}{{ self._TemplateReference__context.environment.loader }}",
        "{{ ''|attr('__class__') }}",
        "{{ '{0.__class__}'.format(view) }}",
        "{{ namespace.__init__.__globals__ }}",
        "{{ joiner['__init__'] }}",
        "{% set l = [] %}{{ l.append(1) }}",
        "{{ [''] | map(attribute='__class__') | first }}",
    ],
)
def test_nothing_of_python_is_reached(own: Path, template: str) -> None:
    with pytest.raises(TemplateError):
        print(rendered(own, template))  # noqa: T201 - shows what got out


DOUBLED = "{% set ns = namespace(x='x') %}{% for i in range(60) %}"


@pytest.mark.parametrize(
    "template",
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{% for a in range(10 ** 9) %}{% endfor %}",
        "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% include 'pdf/cover.html.j2' %}",
        "{{ 'x' * 10 ** 9 }}",
        "{{ 9 ** (9 ** 9) }}",
        "{{ '{:1000000000}'.format(1) }}",
        "{{ ('a' * 10 ** 6)|wordwrap(1) }}",
        30 * "{% for a in [1] %}" + 30 * "{% endfor %}",
        "{{ (['x' * 100000] * 100000)|join }}",
        "{% set x = 'x' * 10 ** 6 %}{% for i in range(99999) %}{{ x }}{% endfor %}",
        "{% set x = 'x' * 10 ** 7 %}{% for i in range(99999) %}{{ x.count('xy') }}{% endfor %}",
        DOUBLED + "{% set ns.x = (ns.x, ns.x) %}{% endfor %}{{ {ns.x: 1} }}",
        DOUBLED + "{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
    ],
)  # fmt: skip
def test_whatever_has_no_end_is_ended(own: Path, template: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render_process, "SECONDS", 0.5)  # the same, sooner
    with pytest.raises(TemplateError, match=r"cover\.html\.j2"):
        rendered(own, template)


def test_the_next_page_is_rendered_after_one_that_was_ended(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render_process, "SECONDS", 0.5)
    for name, text in (("endless", "{{ 9 ** (9 ** 9) }}"), ("empty", ""), ("odd", "{{ '\\ud800' }}{{ view }}")):
        (own / f"{name}.j2").write_text(text, encoding="utf-8")
    templates = Templates(own)
    with pytest.raises(TemplateError, match="時間がかかりすぎる"):
        templates.render("endless.j2")
    assert templates.render("empty.j2") == ""
    assert templates.render("odd.j2", view="見") == "\ud800見"


def test_stylesheets_alone_take_no_process(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (own / "css").mkdir()
    (own / "css/house-style.css").write_text(":root { --accent: #234567 }", encoding="utf-8")
    monkeypatch.setattr(render_process.RenderProcess, "_begin", None)
    assert render_waiting_page(Templates(own))
    (own / "web").mkdir()
    for name in ("waiting.html.J2", "waiting.html.j2"):
        (own / "web" / name).write_text("待って", encoding="utf-8")
        with pytest.raises(TypeError):
            render_waiting_page(Templates(own))


def test_modules_in_the_current_folder_are_not_run(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (own.parent / "jinja2.py").write_text("open('run', 'w')", encoding="utf-8")
    monkeypatch.chdir(own.parent)
    assert rendered(own, "{{ view }}") == "見"
    assert not (own.parent / "run").exists()


def _outside(folder: Path) -> Path:
    secret = folder.parents[1] / "secret"
    secret.write_text("秘密", encoding="utf-8")
    return secret


def _file_link(own: Path) -> None:
    (own / COVER).symlink_to(_outside(own))


def _folder_link(own: Path) -> None:
    (own / "pdf").rmdir()
    (own.parents[1] / "elsewhere").mkdir()
    (own.parents[1] / "elsewhere/cover.html.j2").write_text("秘密", encoding="utf-8")
    (own / "pdf").symlink_to(own.parents[1] / "elsewhere")


def _top_link(own: Path) -> None:
    (own / "pdf/cover.html.j2").write_text("秘密", encoding="utf-8")
    own.rename(own.parents[1] / "elsewhere")
    own.symlink_to(own.parents[1] / "elsewhere")


def _pipe(own: Path) -> None:
    os.mkfifo(own / COVER)


def _endless(own: Path) -> None:
    (own / COVER).symlink_to("/dev/zero")


def _large(own: Path) -> None:
    with (own / COVER).open("wb") as file:
        file.truncate(1 << 33)


def _circle(own: Path) -> None:
    (own / COVER).symlink_to(own / COVER)


def _other_bytes(own: Path) -> None:
    (own / COVER).write_bytes("表紙".encode("shift_jis"))


def _folder(own: Path) -> None:
    (own / COVER).mkdir()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (_file_link, "外"), (_folder_link, "外"), (_top_link, "外"), (_endless, "外"), (_pipe, "パイプ"),
        (_large, "大きすぎます"), (_circle, "読"), (_other_bytes, "UTF-8"), (_folder, "フォルダーです"),
    ],
)  # fmt: skip
def test_only_files_of_the_folder_are_read(own: Path, make: Callable[[Path], None], words: str) -> None:
    make(own)
    for read in (lambda: Templates(own).read(COVER), lambda: Templates(own).render(COVER)):
        with pytest.raises(TemplateError, match=words) as found:
            read()
        assert "cover.html.j2" in str(found.value)


def test_a_link_within_the_folder_is_fine(own: Path) -> None:
    (own / "shared.html.j2").write_text("表紙", encoding="utf-8")
    (own / COVER).symlink_to(own / "shared.html.j2")
    assert Templates(own).render(COVER) == "表紙"
