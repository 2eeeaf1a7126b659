"""What `model` is made of: frozen classes that the core of pydantic fills from the data of a file.

The core alone: `pydantic.BaseModel` has the same core fill its classes, but looks for all that an annotation could be
in every library that it knows. That takes 0.055 of the 0.14 s in which the real plan is checked, and format 1 needs no
more than texts, numbers, choices, lists, mappings and elements within elements.
"""

# No `from __future__ import annotations` in models: what stands there is read as it is, not from its text.
from collections.abc import Callable
from decimal import Decimal
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, Self, Union, get_args, get_origin

from pydantic_core import CoreSchema, SchemaValidator, core_schema

from planbook import document

ALL_DEFAULTS: Any = document.Mapping()
"""The default of a field that is an element: what an empty mapping in the file would give."""

REQUIRED: Any = object()
"""The default of a field that has none."""


class Before(NamedTuple):
    """Metadata of a field: reads its value before it is validated, and may refuse it with a PydanticCustomError.

    Of several, the last one is the first to read.
    """

    read: Callable[[Any], Any]


class ByKind(NamedTuple):
    """Metadata of a union of elements: returns for a value the name, in small letters, of the one that it is."""

    kind: Callable[[Any], str | None]


class Field(NamedTuple):
    """One key of an element: its type, what else the annotation says, and the value where the key is missing."""

    annotation: Any
    metadata: tuple[Any, ...]
    default: Any

    def is_required(self) -> bool:
        """Whether the key can not be missing."""
        return self.default is REQUIRED


class Element:
    """A part of the plan that knows its place in the file.

    Its fields are its annotated names, in order; a value beside one is its default. Where `short_form` names a key, a
    plain text may stand for the mapping that has only this key.
    """

    # The first is that of all objects; the next three are what the core fills beside it.
    __slots__ = ("__dict__", "__pydantic_extra__", "__pydantic_fields_set__", "__pydantic_private__", "at")
    at: document.Path
    short_form: ClassVar[str] = ""
    model_fields: ClassVar[dict[str, Field]] = {}

    def __init_subclass__(cls) -> None:
        """Read the fields of a class."""
        cls.model_fields = {
            name: _field(annotation, cls.__dict__.get(name, REQUIRED))
            for name, annotation in cls.__annotations__.items()
            if not _says_of_class(annotation)
        }

    def __init__(self, **values: Any) -> None:
        """Make an element of values that are validated like those of a file."""
        _validator(type(self)).validate_python(values, self_instance=self)

    @classmethod
    def model_validate(cls, data: object) -> Self:
        """Return the element that the data of a file describes.

        Raises:
            ValidationError: it describes none; all faults are told.

        """
        element: Self = _validator(cls).validate_python(data)
        return element

    @classmethod
    def remember_place(cls, data: Any, handler: Callable[[Any], Any]) -> Any:
        """Validate the data of an element and note where it stood."""
        if cls.short_form and isinstance(data, document.Scalar):
            data = document.Mapping({cls.short_form: data}, data.path)
        element = handler(data)
        if element is not data:
            object.__setattr__(element, "at", getattr(data, "path", ()))
        return element

    def complete(self) -> Self:
        """Return the element, or refuse one whose fields make no sense together."""
        return self

    def _values(self) -> dict[str, Any]:
        return {name: self.__dict__[name] for name in self.model_fields}

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse any change."""
        raise AttributeError(f"{type(self).__name__} is frozen")

    def __delattr__(self, name: str) -> None:
        """Refuse any change."""
        raise AttributeError(f"{type(self).__name__} is frozen")

    def __eq__(self, other: object) -> bool:
        """Whether two elements say the same at the same place."""
        if not isinstance(other, Element):
            return NotImplemented
        return type(self) is type(other) and self.at == other.at and self._values() == other._values()

    def __hash__(self) -> int:
        return hash((type(self), self.at))

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={value!r}" for name, value in self._values().items())
        return f"{type(self).__name__}({fields})"


def _says_of_class(annotation: Any) -> bool:
    origin: Any = get_origin(annotation)
    return origin is ClassVar


def _field(annotation: Any, default: Any) -> Field:
    if get_origin(annotation) is Annotated:
        return Field(annotation.__origin__, annotation.__metadata__, default)
    return Field(annotation, (), default)


_validators: dict[type[Element], SchemaValidator] = {}
"""Of the classes that were asked for data; each has those of its fields within."""


def _validator(element: type[Element]) -> SchemaValidator:
    if element not in _validators:
        _validators[element] = SchemaValidator(_element_schema(element))
    return _validators[element]


def _element_schema(element: type[Element]) -> CoreSchema:
    fields = {}
    for name, field in element.model_fields.items():
        schema = _annotated_schema(field.annotation, field.metadata)
        if not field.is_required():
            as_data = field.default is ALL_DEFAULTS
            schema = core_schema.with_default_schema(schema, default=field.default, validate_default=as_data)
        fields[name] = core_schema.model_field(schema)
    listed = core_schema.model_fields_schema(fields, model_name=element.__name__, extra_behavior="forbid")
    whole: CoreSchema = core_schema.model_schema(element, listed)
    if element.complete is not Element.complete:
        whole = core_schema.no_info_after_validator_function(element.complete, whole)
    return core_schema.no_info_wrap_validator_function(element.remember_place, whole)


def _annotated_schema(annotation: Any, metadata: tuple[Any, ...]) -> CoreSchema:
    by_kind = next((each for each in metadata if isinstance(each, ByKind)), None)
    schema = _union_schema(annotation, by_kind) if by_kind else _schema(annotation)
    for each in metadata:
        if isinstance(each, Before):
            schema = core_schema.no_info_before_validator_function(each.read, schema)
    return schema


def _union_schema(annotation: Any, by_kind: ByKind) -> CoreSchema:
    choices = {element.__name__.lower(): _element_schema(element) for element in get_args(annotation)}
    return core_schema.tagged_union_schema(choices, by_kind.kind)


def _schema(annotation: Any) -> CoreSchema:  # noqa: PLR0911 - a table of what an annotation can be
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _annotated_schema(annotation.__origin__, annotation.__metadata__)
    if origin is Literal:
        return core_schema.literal_schema(list(arguments))
    if origin is tuple:
        return core_schema.tuple_schema([_schema(arguments[0])], variadic_item_index=0)
    if origin is dict:
        return core_schema.dict_schema(*map(_schema, arguments))
    if origin in (Union, UnionType) and arguments[1:] == (NoneType,):
        return core_schema.nullable_schema(_schema(arguments[0]))
    if issubclass(annotation, Element):
        return _element_schema(annotation)
    simple = {str: core_schema.str_schema(), int: core_schema.int_schema(), Decimal: core_schema.decimal_schema()}
    return simple.get(annotation) or core_schema.is_instance_schema(annotation)
