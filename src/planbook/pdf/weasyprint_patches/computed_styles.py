"""Computed styles that are learned once: elements that are alike share what was computed for the first of them.

Replaces `weasyprint.css.StyleFor` and `find_stylesheets`. Gains a quarter of a book. Upstream: the five pseudo-elements
for each element could be left out there by asking for them first; sharing styles between documents could not.

WeasyPrint applies the cascade to every element of every document, makes five pseudo-elements for each, and computes a
hundred properties for each style: a quarter of what it does for a book in many sections (measured with 70.0). Sections
have the same stylesheets, so a style is the same wherever the same declarations meet the same styles of ancestors. Here
these are the nodes of a tree that outlives the sections.
"""

from __future__ import annotations

from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

from weasyprint.css import (
    AnonymousStyle,
    ComputedStyle,
    InitialStyle,
    StyleFor,
    declaration_precedence,
    find_style_attributes,
    preprocess_declarations,
)
from weasyprint.css import (
    find_stylesheets as _find_stylesheets,
)
from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_DECLARING = frozenset({"style", "lang", "name", "width", "height"})
"""Attributes that WeasyPrint reads as declarations, beside `id`."""

_CHANGED = frozenset({"display", "float", "position"})
"""What WeasyPrint changes in the styles of anonymous boxes, and what depends on it."""

_LOGICAL = {
    key: {name(block="ttb", inline=inline) for inline in ("ltr", "rtl")} for key, name in PHYSICAL_FUNCTIONS.items()
}
"""Physical properties (margin_left), and the logical ones that may stand for them (margin_inline_start)."""

_UNDECLARED = {
    key: value
    for key, value in INITIAL_VALUES.items()
    if key not in INHERITED | INITIAL_NOT_COMPUTED | _CHANGED | {"page"} | set().union(*_LOGICAL.values())
    and not key.startswith("text_decoration_")
}
"""What properties are where nothing declares them, whatever the parent's are: most properties of most elements."""

_MAX_STYLES = 20_000
"""Nodes. A book has some hundreds; but each value of a `style` attribute makes more, and a preview lives long."""

_OUTSIDE = float("inf")
"""The place of declarations outside all layers."""


class _Node:
    """What is known of the style of elements, or of pseudo-elements, that are alike."""

    __slots__ = ("anonymous", "cascaded", "children", "computed", "declarations", "pseudo", "specified")

    def __init__(self, cascaded: dict[str, Any], undeclared: Mapping[str, Any] = MappingProxyType({})) -> None:
        self.cascaded = cascaded
        self.specified: dict[str, Any] = {}
        self.computed = dict(undeclared)
        self.anonymous: _Node | None = None
        self.pseudo: dict[str, _Node] = {}
        self.children: dict[Any, _Node] = {}
        self.declarations: Sequence[Any] = ()
        """Kept because the keys of `children` have their identities."""


class _Store:
    """The tree of one stylesheet, and how many nodes it has."""

    def __init__(self) -> None:
        self.root = _Node({})
        self.size = 0
        self.varies = False


class _PageSizes(dict[str, Any]):
    """Notes whether a length depends on the page: such styles are not the same in all sections."""

    def __init__(self, store: _Store) -> None:
        super().__init__(box=None, area=None)
        self._store = store

    def __getitem__(self, key: str) -> Any:
        self._store.varies = True
        return super().__getitem__(key)


class _SharedStyle(ComputedStyle):  # type: ignore[misc]  # WeasyPrint ships no types
    def __init__(self, node: _Node, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._node = node
        self.specified = node.specified
        self.update(node.computed)

    def __missing__(self, key: str) -> Any:
        value = self._node.computed[key] = super().__missing__(key)
        return value

    @cached_property
    def anonymous_style(self) -> _SharedAnonymousStyle:
        return _SharedAnonymousStyle(self._node, self)


class _SharedAnonymousStyle(AnonymousStyle):  # type: ignore[misc]
    def __init__(self, parent: _Node, parent_style: Any) -> None:
        super().__init__(parent_style)
        if parent.anonymous is None:
            parent.anonymous = _Node({}, _UNDECLARED)
        self._node = parent.anonymous
        self.update(self._node.computed)

    def __missing__(self, key: str) -> Any:
        value = super().__missing__(key)
        if key not in _CHANGED:
            self._node.computed[key] = value
        return value

    @cached_property
    def anonymous_style(self) -> _SharedAnonymousStyle:
        return _SharedAnonymousStyle(self._node, self)


class SharedStyleFor(StyleFor):  # type: ignore[misc]
    """Gives elements the styles that WeasyPrint's own class gives them, from what is known where it is."""

    def __init__(
        self,
        html: Any,
        sheets: Sequence[Any],
        presentational_hints: bool,  # noqa: FBT001 - WeasyPrint's signature
        font_config: Any,
        target_collector: Any,
    ) -> None:
        self._store = store = _store(sheets)
        self._cascaded_styles: dict[Any, Any] = {}  # of pages, later
        self._computed_styles: dict[Any, Any] = {}
        self.initial_page_sizes = _PageSizes(store)
        self._sheets = sheets
        self.font_config = font_config
        self._html = html
        self._hints = presentational_hints
        self._root_style = InitialStyle(font_config)
        self._pseudo: dict[Any, dict[str, _Node]] = {}
        self._pages: dict[Any, _Node] = {}
        alike: dict[Any, Any] = {}
        nodes = {None: store.root}
        for wrapper in html.wrapper_element.iter_subtree():
            element = wrapper.etree_element
            parent = wrapper.parent.etree_element if wrapper.parent else None
            node = nodes[element] = self._node(nodes[parent], wrapper)
            parent_style = self._computed_styles.get((parent, None))
            anchor = element.get("id")
            key = (id(parent_style), node)
            if anchor:
                style = self._style(node, parent_style)
                style["anchor"] = anchor
                if target_collector:
                    target_collector.collect_anchor(anchor)
            elif key in alike:
                style = alike[key]
            else:
                style = alike[key] = self._style(node, parent_style)
            self._computed_styles[element, None] = style
            self._pseudo[element] = node.pseudo
            if parent is None:
                self._root_style = style
                self._pages[element] = node

    def __call__(self, element: Any, pseudo_type: str | None = None) -> Any:
        if pseudo_type and element in self._pseudo and (element, pseudo_type) not in self._computed_styles:
            # Most elements have pseudo-elements by the renderer's own stylesheet that nobody asks for.
            if (node := self._pseudo[element].get(pseudo_type)) is None:
                return None
            style = self._computed_styles[element, None]
            self._computed_styles[element, pseudo_type] = self._style(node, style, pseudo_type)
        return super().__call__(element, pseudo_type)

    def set_computed_styles(self, element: Any, parent: Any, pseudo_type: str | None = None, **_: Any) -> None:
        """Give a page or one of its margin boxes its style, after `add_page_declarations`.

        Each page has seventeen, and those of most pages are alike.
        """
        declared = self._cascaded_styles.get((element, pseudo_type), {})
        nodes = self._pages[parent].children
        key = (pseudo_type, *[(name, id(value), *map(tuple, weight[2:])) for name, (value, weight) in declared.items()])
        if (node := nodes.get(key)) is None:
            node = nodes[key] = _Node(declared, _undeclared(declared))
            self._store.size += 1
        if pseudo_type is None:
            self._pages[element] = node
        style = self._style(node, self._computed_styles[parent, None], pseudo_type)
        self._computed_styles[element, pseudo_type] = style

    def _style(self, node: _Node, parent_style: Any, pseudo_type: str | None = None) -> _SharedStyle:
        return _SharedStyle(
            node,
            parent_style,
            node.cascaded,
            pseudo_type,
            self._root_style,
            self._html.base_url,
            self.font_config,
            self.initial_page_sizes,
        )

    def _node(self, parent: _Node, wrapper: Any) -> _Node:
        element = wrapper.etree_element
        matches = [(sheet, match) for sheet in self._sheets for match in sheet[0].matcher.match(wrapper)]
        own = tuple(item for item in element.items() if item[0] in _DECLARING)
        key = (own, element.tag if own else None, *[id(match[-1]) for _, match in matches])
        if (node := parent.children.get(key)) is None:
            node = parent.children[key] = self._learned(element, own, matches)
            self._store.size += 1
        return node

    def _learned(self, element: Any, own: Sequence[tuple[str, str]], matches: Sequence[Any]) -> _Node:
        cascaded: dict[str | None, dict[str, Any]] = {None: {}}
        alone = Element(element.tag, dict(own))
        for specificity, _, declarations, base_url in find_style_attributes(alone, self._hints, self._html.base_url):
            declared = preprocess_declarations(base_url, declarations)
            _cascade(cascaded[None], declared, "author", _OUTSIDE, specificity)
        for (sheet, origin, sheet_specificity), (specificity, _, pseudo_type, (declared, layer)) in matches:
            order = _OUTSIDE if layer is None else sheet.layers.index(layer)
            _cascade(cascaded.setdefault(pseudo_type, {}), declared, origin, order, sheet_specificity or specificity)
        own_cascade = cascaded.pop(None)
        node = _Node(own_cascade, _undeclared(own_cascade))
        node.pseudo = {str(pseudo_type): _Node(each) for pseudo_type, each in cascaded.items()}
        node.declarations = [match[-1] for _, match in matches]
        return node


def find_stylesheets(wrapper_element: Any, *arguments: Any) -> Iterable[Any]:
    """Do what WeasyPrint's function does: return the stylesheets that stand in a section; most have none."""
    if any(next(wrapper_element.etree_element.iter(tag), None) is not None for tag in ("style", "link")):
        sheets: Iterable[Any] = _find_stylesheets(wrapper_element, *arguments)
        return sheets
    return ()


def _cascade(
    cascaded: dict[str, Any], declarations: Iterable[Any], origin: str, order: float, specificity: Any
) -> None:
    """Let declarations take their places (CSS Cascading and Inheritance 5, 6.1)."""
    for name, values, importance in declarations:
        weight = (declaration_precedence(origin, importance), order, specificity)
        if name not in cascaded or cascaded[name][1] <= weight:
            cascaded[name] = values, weight


def _undeclared(cascaded: dict[str, Any]) -> dict[str, Any]:
    """Return what properties are that these declarations do not declare, as far as that is the same everywhere."""
    declared = cascaded.keys()
    return {
        key: value
        for key, value in _UNDECLARED.items()
        if key not in declared and (key not in _LOGICAL or declared.isdisjoint(_LOGICAL[key]))
    }


def _store(sheets: Sequence[Any]) -> _Store:
    """Return the tree of the sections' stylesheet; a section with others beside it has a tree of its own."""
    shared = [sheet for sheet, origin, _ in sheets if origin == "user"]
    if len(shared) != 1 or any(origin == "author" for _, origin, _ in sheets):
        return _Store()
    known = vars(shared[0])
    store: _Store = known.setdefault("planbook_styles", _Store())
    if store.size > _MAX_STYLES:
        store = known["planbook_styles"] = _Store()
    return _Store() if store.varies else store
