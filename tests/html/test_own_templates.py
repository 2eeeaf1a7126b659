"""A plan's own templates are data: they print what their view has, and reach, read and take nothing else."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from planbook.check.check import check
from planbook.errors import TemplateError
from planbook.html import sandbox
from planbook.html.templates import Templates
from planbook.html.web_page import render_web_page
from planbook.layout.book import Press
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
    (output,) = Press(sandboxed).print(plan, [Publication.PLAN], lambda *_: None)
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


NESTED = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
DOUBLED = "{% set ns = namespace(x='x') %}{% for i in range(60) %}"


@pytest.mark.parametrize(
    "template",
    [
        NESTED,
        "{% for a in range(10 ** 9) %}{% endfor %}",
        "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% include 'pdf/cover.html.j2' %}",
        "{% set n = n + 1 if n is defined else 1 %}{% if n < 60 %}"
        + 2 * "{% include 'pdf/cover.html.j2' %}"
        + "{% endif %}",
        "{{ 'x' * 10 ** 9 }}",
        "{{ 10 ** 99999 }}",
        "{{ (10 ** 99) ** 99 }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ '%1000000000d'|format(1) }}",
        "{{ '{:1000000000}'.format(1) }}",
        "{{ '{:{}}'.format(1, 1000000000) }}",
        "{{ 'x'|center(1000000000) }}{{ 'x'.zfill(1000000000) }}",
        "{{ 'x'.ljust(1000000000) }}",
        "{{ ('x' * 10 ** 6).translate({120: 'y' * 10 ** 6}) }}",
        "{{ ('\\t' * 10 ** 6).expandtabs(10 ** 6) }}",
        "{{ ('{0}' * 10 ** 5).format('x' * 10 ** 5) }}",
        "{{ ('%(a)s' * 10 ** 5)|format(a='x' * 10 ** 5) }}",
        "{{ ('a' * 10 ** 6)|wordwrap(1) }}",
        "{{ lipsum(100000) }}",
        "{{ 1.5|round(400) }}",
        30 * "{% for a in [1] %}" + 30 * "{% endfor %}",
        "{{ 1 }}" * 11_000,
        "{{ [1]|batch(1000000000, 0)|list }}",
        "{{ ([['x' * 100000] * 1000] * 1000) }}",
        "{{ (['x' * 100000] * 100000)|join }}",
        "{{ ('x' * 100000).join(['x'] * 100000) }}",
        "{{ ('x' * 100000).replace('x', 'x' * 100000) }}",
        "{{ ('x' * 100000)|replace('x', 'x' * 100000) }}",
        "{% for i in range(99999) %}{{ range(99999)|sort|length }}{% endfor %}",
        "{% for i in range(99999) %}{{ range(99999)|map(attribute='real')|sum }}{% endfor %}",
        "{% set x = 'x' * 10 ** 7 %}{% for i in range(99999) %}{{ x.count('xy') }}{% endfor %}",
        "{% set x = 'x' * 10 ** 6 %}{% for i in range(99999) %}{{ x|urlize|length }}{% endfor %}",
        "{% set x = 'x' * 10 ** 7 %}{% for i in range(99999) %}{{ 'y' in x }}{% endfor %}",
        "{% set x = 'x' * 10 ** 7 %}{% for i in range(99999) %}{% set y = x[1:] %}{% endfor %}",
        "{% for i in range(99999) %}{% for a in range(99999) if false %}{% endfor %}{% endfor %}",
        "{% set x = ('f' * 10 ** 6)|int(0, 16) %}{{ (x // 3) > 1 }}",
        "{{ ('x' * 10 ** 5).encode().replace('x'.encode(), ('y' * 10 ** 5).encode())|length }}",
        "{{ (1).to_bytes(10 ** 8, 'big')|length }}",
        "{{ ('x' * 10 ** 5).join(range(99999)|map('string'))|length }}",
        "{{ (range(99999)|map('string'))|join('x' * 10 ** 5)|length }}",
        "{{ ('x' * 10 ** 5).join(dict(range(99998)|map('string')|batch(2)).keys())|length }}",
        "{{ ([['a'] * 700] * 700)|sum(start=[])|length }}",
        DOUBLED + "{% set ns.x = (ns.x, ns.x) %}{% endfor %}{{ {ns.x: 1} }}",
        DOUBLED + "{% set ns.x = (ns.x, ns.x) %}{% endfor %}{{ {}[ns.x] }}",
        DOUBLED + "{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
        DOUBLED + "{% set ns.x = ns.x + ns.x %}{% endfor %}",
        DOUBLED + "{% set x %}{{ ns.x }}{{ ns.x }}{% endset %}{% set ns.x = x %}{% endfor %}",
        DOUBLED + "{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x }}",
        DOUBLED + "{% set ns.x = [ns.x, ns.x]|join %}{% endfor %}",
    ],
)  # fmt: skip
def test_whatever_has_no_end_is_ended(own: Path, template: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "MOST_STEPS", sandbox.MOST_STEPS // 10)  # the same, sooner
    with pytest.raises(TemplateError, match=r"cover\.html\.j2"):
        rendered(own, template)


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
