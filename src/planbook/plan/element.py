"""What every part of the plan is made of: an element that knows its place in the file, texts and ids."""

import re
import unicodedata
from collections.abc import Callable
from typing import Annotated, Any, ClassVar, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    ModelWrapValidatorHandler,
    model_validator,
)
from pydantic_core import PydanticCustomError, core_schema

from planbook.diagnostics.document import Mapping, Path, Scalar
from planbook.plan.stand_ins import StandInList, StandInMapping, StandInText


class ReadBy:
    """A value is what a function makes of it.

    pydantic's own PlainValidator also builds how the value is serialized and described, for each of 150 fields: to
    build the model then takes twice as long, which every check would pay for what planbook never asks for.
    """

    def __init__(self, read: Callable[[object], object]) -> None:
        self._schema = core_schema.no_info_plain_validator_function(read)

    def __get_pydantic_core_schema__(self, source: object, handler: object) -> core_schema.CoreSchema:
        """Return what pydantic validates by."""
        return self._schema


def check_text(value: object) -> str:
    """Let a text pass that is not empty."""
    if isinstance(value, StandInText):
        return value
    if not isinstance(value, str):
        raise PydanticCustomError("string_type", "string_type")
    if not value.strip():
        raise PydanticCustomError("empty", "empty")
    return str(value)


class PhrasedText(str):
    """A text that may be typed as its phrases, [白井市, 第2次, 地域福祉計画]: its lines break only between them.

    `phrases` is empty where it was typed as one text.
    """

    __slots__ = ("phrases",)
    phrases: tuple[str, ...]

    def __new__(cls, *phrases: str) -> Self:
        """Join phrases; one alone is a text of which nobody said where it breaks."""
        text = super().__new__(cls, "".join(phrases))
        text.phrases = phrases if len(phrases) > 1 else ()
        return text


def _phrased(value: object) -> str:
    if not isinstance(value, list) or isinstance(value, StandInList):
        return check_text(value) if isinstance(value, StandInText) else PhrasedText(check_text(value))
    if not value:
        raise PydanticCustomError("empty", "empty")
    return PhrasedText(*map(check_text, value))


def _identifier(value: object) -> str:
    text = check_text(value)
    # Full width and half width look alike and are different ids: only the usual form of each character is one.
    if isinstance(text, StandInText) or (re.fullmatch(r"[\w-]+", text) and unicodedata.is_normalized("NFKC", text)):
        return text
    raise PydanticCustomError("identifier", "identifier")


def _filled(value: object) -> object:
    # A validator of its own rather than min_length: that one also fails where the items have faults of their own.
    if isinstance(value, list | dict) and not value and not isinstance(value, StandInList | StandInMapping):
        raise PydanticCustomError("empty", "empty")
    return value


def _true_or_false(value: object) -> object:
    if isinstance(value, str):
        if value not in ("true", "false"):
            raise PydanticCustomError("true_or_false", "true_or_false")
        return value == "true"
    return value


Text = Annotated[str, ReadBy(check_text)]
Id = Annotated[str, ReadBy(_identifier)]
Phrased = Annotated[PhrasedText, ReadBy(_phrased)]
TrueOrFalse = Annotated[bool, BeforeValidator(_true_or_false), BeforeValidator(check_text)]
NonEmpty = BeforeValidator(_filled)


_AT = "_at"


class Element(BaseModel):
    """A part of the plan that knows its place in the file.

    Where `short_form` names a key, a plain text may stand for the mapping that has only this key.
    """

    # Built once, within the plan, when the first plan is loaded: planbook starts in half the time.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    short_form: ClassVar[str] = ""
    usual: ClassVar[tuple[str, ...]] = ()
    """Keys that the format does not ask for and nearly every one has: what a line out of place is likely to be."""

    @model_validator(mode="wrap")
    @classmethod
    def _remember_place(cls, data: Any, handler: ModelWrapValidatorHandler[Any]) -> Any:
        if cls.short_form and isinstance(data, Scalar):
            data = Mapping({cls.short_form: data}, data.path)
        element = handler(data)
        if isinstance(data, Mapping | Scalar):
            # Where pydantic has its private attributes, and not one of them: to prepare these for each of thousands of
            # elements takes it a fourth of the time of reading a plan.
            private = {_AT: data.path} | (element.__pydantic_private__ or {})
            object.__setattr__(element, "__pydantic_private__", private)
        return element

    @property
    def at(self) -> Path:
        """The path of this part in the file."""
        private = self.__pydantic_private__
        return private.get(_AT, ()) if private else ()
