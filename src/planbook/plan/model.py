"""The plan: the words of the planning section as types. Everything here is frozen and says nothing of how it looks."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, PrivateAttr

from planbook.plan.book import Book, Chapter, ChapterPart
from planbook.plan.declarations import CheckSettings, Department, Example, Mark, Note, Numbering, Numbers
from planbook.plan.element import Element, NonEmpty, Phrased, Text
from planbook.plan.labels import Labels, Word
from planbook.plan.sections import (
    LEVEL_KEYS,
    LEVELS,
    Action,
    Entry,
    Level,
    Measure,
    Pillar,
    Policy,
    Project,
    Relisting,
    Section,
)
from planbook.plan.targets import Bound, Figure, Indicator, Target
from planbook.plan.value_types import (
    AS_RANGE,
    NOT_APPLICABLE,
    UNDECIDED,
    Column,
    ColumnKey,
    ColumnText,
    Month,
    NumberRange,
    Year,
    YearMonth,
    YearRange,
    key_text,
)

__all__ = [
    "LEVELS",
    "LEVEL_KEYS",
    "NOT_APPLICABLE",
    "UNDECIDED",
    "Action",
    "Book",
    "Bound",
    "ChapterPart",
    "Column",
    "ColumnKey",
    "Element",
    "Entry",
    "Figure",
    "Indicator",
    "Labels",
    "Level",
    "Measure",
    "NonEmpty",
    "Note",
    "NumberRange",
    "Numbering",
    "Pillar",
    "Plan",
    "Policy",
    "Project",
    "Relisting",
    "Section",
    "Target",
    "Word",
    "YearMonth",
    "YearRange",
    "key_text",
]


class Plan(Element):
    """計画: the whole of one plan file."""

    usual: ClassVar[tuple[str, ...]] = ("departments", "policies")

    format: Literal["1"] = Field(title="書式の版", description="いまは 1 です。")
    title: Phrased = Field(
        title="計画の名称",
        description=(
            "表紙と各ページに印刷されます（例：白井市第2次地域福祉計画）。"
            "[白井市, 第2次, 地域福祉計画] のように分けて書くと、その間でだけ改行されます。"
        ),
    )
    municipality: Text = Field(title="市町村名", description="計画を作る市町村の名称です。")
    stage: Text | None = Field(
        None, title="段階", description="「案」などと書くと、名称の後に（案）と印刷されます。確定したら消します。"
    )
    date: Month = Field(title="策定年月", description="2018-03 のように書きます。この時点の元号で年度が印刷されます。")
    years: Annotated[tuple[Year, ...], NonEmpty, AS_RANGE] = Field(
        title="計画年度", description="計画の年度を西暦で、古い順に書きます（例：[2018, 2019, 2020]、2018-2020）。"
    )
    vision: Annotated[tuple[Text, ...], NonEmpty] = Field(
        title="めざす姿", description="計画のめざす姿を、句に分けて書きます。"
    )
    departments: Annotated[tuple[Department, ...], NonEmpty] = Field(
        (),
        title="担当課の一覧",
        description="計画に出てくる担当課をすべて書きます。ここにある名称だけが使えます。",
    )
    # Defaults are not validated: for that, pydantic would build the validators of each of these once more.
    numbers: Numbers = Field(
        default_factory=Numbers.model_construct, title="番号の付け方", description="段ごとに、最初の番号を書きます。"
    )
    columns: Annotated[tuple[ColumnText, ...], NonEmpty] | None = Field(
        None,
        title="目標の欄",
        description="年度ごとでないときに、欄を書きます。年度、期間（2024-2026）、言葉（現状）が使えます。",
    )
    marks: Annotated[tuple[Mark, ...], NonEmpty] = Field(
        (), title="印の一覧", description="名称の横に付ける印（新規、重点など）です。ここにあるものだけが使えます。"
    )
    synonyms: tuple[Annotated[tuple[Text, ...], NonEmpty], ...] = Field(
        (),
        title="同じ意味の言葉",
        description="ウェブページの検索で同じものとして探す言葉を、組にして書きます（例：[[高齢者, お年寄り]]）。",
    )
    labels: Labels = Field(
        default_factory=Labels.model_construct,
        title="印刷される言葉",
        description="基本方針・施策などの言葉を、計画に合わせて変えられます。",
    )
    book: Book = Field(
        default_factory=Book.model_construct,
        title="計画書の構成",
        description="印刷する部分と、その順番を変えられます。",
    )
    check: CheckSettings | None = Field(
        None, title="確かめ方", description="計画全体で止める警告を、理由を付けて書きます。"
    )
    example: Example | None = Field(
        None, title="記載例", description="シートの見方を説明するために、もう一度印刷する事業です。"
    )
    indicators: tuple[Indicator, ...] = Field(
        (), title="計画全体の成果指標", description="計画全体の成果を表す指標の、現状値と目標値です。"
    )
    pillars: Annotated[tuple[Pillar, ...], NonEmpty] = Field(
        (), title="基本の柱", description="基本方針の上にもう一段あるときに、印刷する順に書きます。"
    )
    policies: Annotated[tuple[Policy, ...], NonEmpty] = Field(
        (), title="基本方針", description="基本方針を、印刷する順に書きます。番号は自動で付きます。"
    )

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

    def with_chapters(self, chapters: dict[str, Chapter], cover_picture: str = "") -> Self:
        """Return the plan with its chapters and the picture on its cover."""
        plan = self.model_copy()
        plan._chapters = chapters  # noqa: SLF001 - its own class
        plan._cover_picture = cover_picture  # noqa: SLF001
        return plan

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy with changes. What was worked out from this plan is not carried over to it."""
        copy = super().model_copy(update=update, deep=deep)
        for name in [name for name in copy.__dict__ if name not in type(self).model_fields]:
            del copy.__dict__[name]
        return copy

    def __getstate__(self) -> dict[Any, Any]:
        """Leave out what is computed: it knows sections by their identity, and another process has others."""
        state = super().__getstate__()
        own = {name: value for name, value in state["__dict__"].items() if name in type(self).model_fields}
        return {**state, "__dict__": own}

    @property
    def top(self) -> tuple[Section, ...]:
        """The sections of the highest level."""
        return (*self.pillars, *self.policies)

    @cached_property
    def _all(self) -> tuple[tuple[Section, tuple[Section, ...]], ...]:
        """Every section with those above it, top down."""
        found: list[tuple[Section, tuple[Section, ...]]] = []

        def walk(sections: tuple[Section, ...], above: tuple[Section, ...]) -> None:
            for section in sections:
                found.append((section, above))
                walk(section.children, (*above, section))

        walk(self.top, ())
        return tuple(found)

    @cached_property
    def _above(self) -> dict[int, tuple[Section, ...]]:
        # By identity: ids may be equal in a plan that is not checked yet.
        return {id(section): above for section, above in self._all}

    @cached_property
    def levels(self) -> tuple[Level, ...]:
        """The levels in use, top down, without the actions."""
        used = {section.level for section, _ in self._all}
        return tuple(level for level in LEVELS if level in used)

    def sections(self, level: Level | None = None) -> Iterator[Section]:
        """All sections in document order, or those of a level."""
        return (section for section, _ in self._all if level in (None, section.level))

    def lowest_sections(self) -> Iterator[Section]:
        """The sections that actions stand in, in document order: each has a sheet."""
        return (section for section, _ in self._all if section.actions)

    def ancestors(self, section: Section) -> tuple[Section, ...]:
        """Return the sections above a section of this plan, top down."""
        return self._above[id(section)]

    @cached_property
    def columns_in_use(self) -> tuple[Column, ...]:
        """The columns that targets have: those declared, else one for each year; none where no action has targets."""
        if not any(action.targets for _, action in self.originals.values()):
            return ()
        if self.columns is not None:
            return self.columns
        return tuple(Column.of(YearRange(year, year)) for year in self.years)

    @cached_property
    def originals(self) -> dict[str, tuple[Section, Action]]:
        """Every action and the section that it stands in, by the action's id (of equal ids the first), in order."""
        found: dict[str, tuple[Section, Action]] = {}
        for section in self.lowest_sections():
            for entry in section.actions:
                if isinstance(entry, Action):
                    found.setdefault(entry.id, (section, entry))
        return found

    def original(self, entry: Action | Relisting) -> Action:
        """Return the action that a row stands for: itself, or what a relisting points to.

        Raises:
            KeyError: the relisting points to nothing (a checked plan has none of these).

        """
        return entry if isinstance(entry, Action) else self.originals[entry.relist][1]

    def departments_of(self, part: Section | Action) -> tuple[str, ...]:
        """Return who answers for a part.

        An action without departments has those of the nearest section above that has some; a section without those of
        its own actions, in order of appearance, else of the nearest section above. Nobody may answer for it: ().
        """
        if part.departments is not None:
            return part.departments
        if isinstance(part, Action):
            section = self.originals[part.id][0]
            above = (*self.ancestors(section), section)
        else:
            if own := self._of_actions(part):
                return own
            above = self.ancestors(part)
        return next((each.departments for each in reversed(above) if each.departments is not None), ())

    def _of_actions(self, section: Section) -> tuple[str, ...]:
        names = (name for entry in section.actions for name in self.departments_of(self.original(entry)))
        return tuple(dict.fromkeys(names))

    @property
    def system_table_title(self) -> str:
        """What the system table is called: 事業の体系, or the plan's word for its lowest sections (施策の体系)."""
        labels = self.labels.table
        if "title" in labels.model_fields_set or not self.levels:
            return labels.title
        return f"{self.word(self.levels[-1])}の体系"

    def word(self, name: Word) -> str:
        """Return what this plan calls a thing: 基本目標 for `policy`, if it says so."""
        return self.labels.word(name)
