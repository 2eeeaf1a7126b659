"""SVG pictures of chapters: what can not be printed in them, or would take without end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

from planbook.chapters.bitmaps import PictureError
from planbook.typography.printable_characters import unprintable

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DRAWN = 200_000
"""Elements that are drawn, each as often as it is repeated; a detailed map has some ten thousand."""

MAX_DEPTH = 60
"""Elements in each other; drawing programs nest some ten groups."""

_OUTSIDE = re.compile(r"@import|url\(\s*['\"]?(?!#|data:image/)", re.IGNORECASE)
_ACTIVE = {"script", "foreignObject", "animate", "set", "animateTransform", "animateMotion"}
_TEXTS = {"text", "tspan", "textPath"}
_REFERENCE = re.compile(r"url\(\s*['\"]?#([^)'\"]+)")
_STYLE_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_CLASS = re.compile(r"\.([\w-]+)")


def check_svg(data: bytes) -> None:
    """Make sure that a picture can be printed.

    Raises:
        PictureError: it can not.

    """
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        hint = "SVG の <!DOCTYPE …> の行を消してください。"
        raise PictureError("に、文書型の宣言（DOCTYPE）があります。", hint)
    try:
        root = ET.fromstring(data)  # noqa: S314 - without a DOCTYPE there are no entities to blow up
    except ET.ParseError as error:
        raise PictureError(f"を SVG として読めません（{error.position[0]} 行目）。") from error
    for element in root.iter():
        _check_element(element)
    if not (root.get("viewBox") or (root.get("width") and root.get("height"))):
        raise PictureError("に、大きさ（viewBox、または width と height）がありません。")
    _Drawing(root).check()


def _check_element(element: ET.Element) -> None:
    name = _name(element)
    links = list(_links(element))
    styled = " ".join((*element.attrib.values(), element.text or "" if name == "style" else ""))
    if name in _ACTIVE or any(key.startswith("on") for key in element.attrib):
        raise PictureError(f"に、紙では使えない <{name}> があります。", "画像の動きや操作を消してください。")
    if any(not link.startswith(("#", "data:image/")) for link in links) or _OUTSIDE.search(styled):
        raise PictureError("が、外のファイルを読もうとしています。", "画像を SVG の中に埋め込んでください。")
    own = "".join((element.text or "", *(each.tail or "" for each in element)))
    if name in _TEXTS and (lacking := unprintable(own)):
        hint = "文字を図形（アウトライン）にして保存するか、別の字に替えてください。"
        raise PictureError(f"の文字「{''.join(lacking)}」は、同梱のフォントになく、印刷できません。", hint)


def _name(element: ET.Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _links(element: ET.Element) -> Iterator[str]:
    return (value for key, value in element.attrib.items() if key.rpartition("}")[2] == "href")


class _Size(NamedTuple):
    """How many elements are drawn for one, itself among them, and how deep they are in each other."""

    elements: int
    depth: int


class _Drawing:
    """Counts what is drawn: an element that refers to others (`use`, patterns, markers, masks …) draws these as well.

    Ten lines that each repeat the next ten times would draw ten thousand millions.
    """

    def __init__(self, root: ET.Element) -> None:
        self._root = root
        self._by_id = {each.get("id", ""): each for each in root.iter()}
        self._sizes: dict[ET.Element, _Size] = {}
        styles = "".join(each.text or "" for each in root.iter() if _name(each) == "style")
        self._styles = [
            (frozenset(_CLASS.findall(selectors)), _REFERENCE.findall(declarations))
            for selectors, declarations in _STYLE_RULE.findall(styles)
            if "url(" in declarations
        ]

    def check(self) -> None:
        size = self._size(self._root, 1)
        if size.elements > MAX_DRAWN or size.depth > MAX_DEPTH:
            raise _too_much()

    def _size(self, element: ET.Element, depth: int) -> _Size:
        if depth > MAX_DEPTH:  # or it is drawn inside of itself
            raise _too_much()
        if element not in self._sizes:
            inner = [self._size(each, depth + 1) for each in (*element, *self._referred(element))]
            elements = 1 + sum(each.elements for each in inner)
            self._sizes[element] = _Size(elements, 1 + max((each.depth for each in inner), default=0))
        return self._sizes[element]

    def _referred(self, element: ET.Element) -> Iterator[ET.Element]:
        """Yield the elements that an element refers to."""
        classes = element.get("class", "").split()
        styled = (ids for wanted, ids in self._styles if not wanted or not wanted.isdisjoint(classes))
        ids = [
            *(link[1:] for link in _links(element) if link.startswith("#") and _name(element) != "a"),
            *_REFERENCE.findall(" ".join(element.attrib.values())),
            *(each for found in styled for each in found),
        ]
        return (self._by_id[each] for each in ids if each in self._by_id)


def _too_much() -> PictureError:
    hint = "図形の繰り返し（use、パターンなど）を減らすか、PNG で保存し直してください。"
    return PictureError(f"は図形が多すぎるか、入れ子が深すぎます（{MAX_DRAWN} 個、{MAX_DEPTH} 段まで）。", hint)
