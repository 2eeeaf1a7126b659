"""The plan: the words of the planning section as types. Everything here is frozen and says nothing of how it looks."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, NamedTuple, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    ModelWrapValidatorHandler,
    PlainValidator,
    PrivateAttr,
    Tag,
    model_validator,
)
from pydantic_core import PydanticCustomError

from planbook.diagnostics.document import Mapping, Path, Scalar
from planbook.plan.chapter import Chapter  # noqa: TC001 - pydantic reads the annotation
from planbook.plan.stand_ins import StandInList, StandInMapping, StandInText

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

UNDECIDED = "未定"
NOT_APPLICABLE = "該当なし"


class YearMonth(NamedTuple):
    """策定年月."""

    year: int
    month: int


class YearRange(NamedTuple):
    """Fiscal years from `first` to `last`, both included."""

    first: int
    last: int


def _text(value: object) -> str:
    if isinstance(value, StandInText):
        return value
    if not isinstance(value, str):
        raise PydanticCustomError("string_type", "string_type")
    if not value.strip():
        raise PydanticCustomError("empty", "empty")
    return str(value)


def _identifier(value: str) -> str:
    # Full width and half width look alike and are different ids: only the usual form of each sign is one.
    if isinstance(value, StandInText) or (re.fullmatch(r"[\w-]+", value) and unicodedata.is_normalized("NFKC", value)):
        return value
    raise PydanticCustomError("identifier", "identifier")


def _number(pattern: str, kind: str) -> BeforeValidator:
    """Read a number from its text; the only places where the format has numbers are those that say so."""

    def read(value: object) -> object:
        if isinstance(value, str) and not re.fullmatch(pattern, value):
            raise PydanticCustomError(kind, kind)
        return value

    return BeforeValidator(read)


def _year_month(value: object) -> object:
    if isinstance(value, StandInText):
        return YearMonth(0, 0)  # which no file can hold
    if isinstance(value, str):
        if not (match := re.fullmatch(r"([0-9]{4})-(0[1-9]|1[0-2])", value)):
            raise PydanticCustomError("year_month", "year_month")
        return YearMonth(int(match[1]), int(match[2]))
    return value


def _year_range(value: object) -> object:
    if isinstance(value, str):
        match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{4}))?", value)
        if not match or int(match[2] or match[1]) < int(match[1]):
            raise PydanticCustomError("year_range", "year_range")
        return YearRange(int(match[1]), int(match[2] or match[1]))
    return value


Text = Annotated[str, PlainValidator(_text)]
Id = Annotated[str, PlainValidator(_text), AfterValidator(_identifier)]
Year = Annotated[int, _number("[0-9]{4}", "year"), BeforeValidator(_text)]
Number = Annotated[Decimal, _number(r"-?[0-9]+(\.[0-9]+)?", "number"), BeforeValidator(_text)]


def _filled(value: object) -> object:
    # A validator of its own rather than min_length: that one also fails where the items have faults of their own.
    if isinstance(value, list | dict) and not value and not isinstance(value, StandInList | StandInMapping):
        raise PydanticCustomError("empty", "empty")
    return value


NonEmpty = BeforeValidator(_filled)


def _distinct(value: object) -> object:
    """Refuse two keys for the same years: `2027` and `2027-2027`."""
    if isinstance(value, dict) and same_years(value):
        raise PydanticCustomError("same_years", "same_years")
    return value


def same_years(keys: Iterable[str]) -> tuple[str, str] | None:
    """Return two keys that say the same years, if there are such."""
    seen: dict[str, str] = {}
    for key in keys:
        if (other := seen.setdefault(re.sub(r"^([0-9]{4})-\1$", r"\1", key), key)) != key:
            return other, key
    return None


class Element(BaseModel):
    """A part of the plan that knows its place in the file.

    Where `short_form` names a key, a plain text may stand for the mapping that has only this key.
    """

    # Built once, within the plan, when the first plan is loaded: planbook starts in half the time.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    short_form: ClassVar[str] = ""

    _at: Path = ()

    @model_validator(mode="wrap")
    @classmethod
    def _remember_place(cls, data: Any, handler: ModelWrapValidatorHandler[Any]) -> Any:
        if cls.short_form and isinstance(data, Scalar):
            data = Mapping({cls.short_form: data}, data.path)
        element = handler(data)
        if isinstance(data, Mapping | Scalar):
            element._at = data.path  # noqa: SLF001 - its own class
        return element

    @property
    def at(self) -> Path:
        """The path of this part in the file."""
        return self._at


class Department(Element):
    """担当課: a section, a partner body (社会福祉協議会) or a collective word (関係課)."""

    short_form: ClassVar[str] = "name"
    name: Text
    kind: Literal["section", "partner", "collective"] = "section"


class Figure(Element):
    """A number that counts something: 発行部数 2,300部, 年12回, 20人."""

    value: Number
    unit: Text
    name: Text | None = None
    prefix: Text | None = None
    note: Text | None = None


class Target(Element):
    """年度目標: what an action is to reach in a fiscal year: a text, figures, or both."""

    short_form: ClassVar[str] = "text"
    text: Text | None = None
    figures: tuple[Figure, ...] = ()

    @model_validator(mode="after")
    def _says_something(self) -> Target:
        if self.text is None and not self.figures:
            raise PydanticCustomError("empty_target", "empty_target")
        return self

    @property
    def undecided(self) -> bool:
        """未定: not decided yet."""
        return self.text == UNDECIDED

    @property
    def not_applicable(self) -> bool:
        """該当なし: there is no target that year."""
        return self.text == NOT_APPLICABLE


class Action(Element):
    """取組項目: one row of the system table, one row of a sheet."""

    id: Id
    title: Text
    departments: Annotated[tuple[Text, ...], NonEmpty]
    targets: Annotated[
        dict[Annotated[YearRange, BeforeValidator(_year_range)], Target],
        BeforeValidator(_distinct),
        NonEmpty,
    ]

    def target(self, year: int) -> Target:
        """Return the target of one fiscal year.

        Raises:
            KeyError: no target covers that year (a checked plan has one for each of its years).

        """
        for years, target in self.targets.items():
            if years.first <= year <= years.last:
                return target
        raise KeyError(year)


class Relisting(Element):
    """再掲: an action shown again under another project. It owns nothing but the id of the original."""

    relist: Text


def _entry_kind(value: object) -> str | None:
    if isinstance(value, dict):
        return "relisting" if "relist" in value else "action"
    return "action" if isinstance(value, Action) else "relisting" if isinstance(value, Relisting) else None


Entry = Annotated[Annotated[Action, Tag("action")] | Annotated[Relisting, Tag("relisting")], Discriminator(_entry_kind)]


class Project(Element):
    """事業: third level, one sheet each. Without `departments` it has those of its actions, in order."""

    id: Id
    title: Text
    departments: Annotated[tuple[Text, ...], NonEmpty] | None = None
    goal: Text
    approaches: tuple[Text, ...] = ()
    actions: Annotated[tuple[Entry, ...], NonEmpty]


class Measure(Element):
    """施策: second level, printed ①②③… within its policy."""

    id: Id
    title: Text
    projects: Annotated[tuple[Project, ...], NonEmpty]


class Policy(Element):
    """基本方針: first level, printed (1) (2) (3)…."""

    id: Id
    title: Text
    measures: Annotated[tuple[Measure, ...], NonEmpty]


class Note(Element):
    """※1…: one explanation under the sample sheet, marked at the fields that it is `on`."""

    on: Annotated[
        tuple[Literal["policy", "measure", "project", "departments", "goal", "approaches", "actions"], ...],
        NonEmpty,
    ]
    text: Text


class Example(Element):
    """記載例: which project is printed again as the sample sheet, and the notes that explain its fields."""

    project: Text
    notes: tuple[Note, ...] = ()


class TableLabels(Element):
    """The printed words of the system table."""

    title: Text = "事業の体系"
    vision: Text = "めざす姿"
    policy: Text = "基本方針"
    measure: Text = "施策"
    project: Text = "事業名"
    action: Text = "取組項目"
    department: Text = "担当課"


class SheetLabels(Element):
    """The printed words of the sheets."""

    title: Text = "の取組について"
    example: Text = "記載例"
    policy: Text = "基本方針"
    measure: Text = "施策の方向"
    project: Text = "事業"
    department: Text = "担当課"
    goal: Text = "取り組み目標"
    approaches: Text = "主な取り組み"
    action: Text = "取組項目"


class BookLabels(Element):
    """The printed words of the other parts of the book."""

    contents: Text = "目次"
    sheets: Text = "取組について"
    figures: Text = "数値目標一覧"
    departments: Text = "担当課別索引"
    part: Text = "の担当分"
    figure: Text = "数値目標"
    trend: Text = "前の年度より増えた数値に↑、減った数値に↓を付けています。"
    unit: Text = "単位"
    page: Text = "ページ"


class Labels(Element):
    """Printed words that a plan may rename; marks are the words that planbook adds by itself."""

    # Made when a plan is loaded: a default made here would build the validators already on import.
    table: TableLabels = Field(default_factory=TableLabels)
    sheets: SheetLabels = Field(default_factory=SheetLabels)
    book: BookLabels = Field(default_factory=BookLabels)
    relisting: Text = "再掲"
    continued: Text = "続き"


BookPart = Literal["cover", "contents", "system-table", "sample-sheet", "sheets", "figures", "index"]


class ChapterPart(Element):
    """章: a part of the book that is a text of its own, from a Markdown file beside the plan file."""

    chapter: Text


def _part_kind(value: object) -> str:
    return "chapter" if isinstance(value, dict | ChapterPart) else "part"


AnyPart = Annotated[
    Annotated[BookPart, Tag("part")] | Annotated[ChapterPart, Tag("chapter")], Discriminator(_part_kind)
]


class BookCover(Element):
    """What stands on the cover beside title, vision, date and municipality. A picture needs a `description`."""

    subtitle: Text | None = None
    picture: Text | None = None
    description: Text | None = None


class Colophon(Element):
    """奥付, the last page: who has made the book. Without `issuer` it is the municipality."""

    issuer: Text | None = None
    department: Text | None = None
    address: Text | None = None
    telephone: Text | None = None
    email: Text | None = None
    note: Text | None = None


class Book(Element):
    """The book: its parts in the order of printing, and how it looks.

    `style` is the municipality's own form, or a book; `begin` is what begins a new page of sheets; `pages: even` adds
    an empty page where the number is odd.
    """

    parts: Annotated[tuple[AnyPart, ...], NonEmpty] = get_args(BookPart)
    style: Literal["form", "book"] = "form"
    begin: Literal["measure", "policy", "flow"] = "measure"
    pages: Literal["any", "even"] = "any"
    cover: BookCover | None = None
    colophon: Colophon | None = None

    def chapter_parts(self) -> Iterator[ChapterPart]:
        """Yield those parts that are chapters."""
        yield from (part for part in self.parts if isinstance(part, ChapterPart))


class Plan(Element):
    """計画: the whole of one plan file."""

    format: Literal["1"]
    title: Text
    municipality: Text
    stage: Text | None = None
    date: Annotated[YearMonth, BeforeValidator(_year_month), BeforeValidator(_text)]
    years: Annotated[tuple[Year, ...], NonEmpty]
    vision: Annotated[tuple[Text, ...], NonEmpty]
    departments: Annotated[tuple[Department, ...], NonEmpty]
    labels: Labels = Field(default_factory=Labels)
    book: Book = Field(default_factory=Book)
    example: Example | None = None
    policies: Annotated[tuple[Policy, ...], NonEmpty]

    _chapters: dict[str, Chapter] = PrivateAttr(default_factory=dict)
    _cover_picture: str = ""

    @property
    def chapters(self) -> dict[str, Chapter]:
        """The chapters of the book by their paths, where they were read."""
        return self._chapters

    @property
    def cover_picture(self) -> str:
        """The data of the picture on the cover as a URL, or nothing."""
        return self._cover_picture

    def with_chapters(self, chapters: dict[str, Chapter], cover_picture: str = "") -> Plan:
        """Return the plan with its chapters and the picture on its cover."""
        plan = self.model_copy()
        plan._chapters = chapters  # noqa: SLF001 - its own class
        plan._cover_picture = cover_picture  # noqa: SLF001
        return plan

    def measures(self) -> Iterator[Measure]:
        """All measures in document order."""
        for policy in self.policies:
            yield from policy.measures

    def projects(self) -> Iterator[Project]:
        """All projects in document order."""
        for measure in self.measures():
            yield from measure.projects

    @cached_property
    def originals(self) -> dict[str, tuple[Project, Action]]:
        """Every action and the project that it stands in, by the action's id (of equal ids the first), in order."""
        found: dict[str, tuple[Project, Action]] = {}
        for project in self.projects():
            for entry in project.actions:
                if isinstance(entry, Action):
                    found.setdefault(entry.id, (project, entry))
        return found

    def original(self, entry: Action | Relisting) -> Action:
        """Return the action that a row stands for: itself, or what a relisting points to.

        Raises:
            KeyError: the relisting points to nothing (a checked plan has none of these).

        """
        return entry if isinstance(entry, Action) else self.originals[entry.relist][1]

    def departments_of(self, project: Project) -> tuple[str, ...]:
        """Return a project's departments: as given, else those of its actions in order of appearance."""
        if project.departments is not None:
            return project.departments
        return tuple(dict.fromkeys(name for entry in project.actions for name in self.original(entry).departments))
