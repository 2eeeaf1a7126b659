"""The plan: the words of the planning section as types. Everything here is frozen and says nothing of how it looks."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, get_args

from pydantic import Discriminator, Field, PrivateAttr, Tag, model_validator
from pydantic_core import PydanticCustomError

from planbook.plan.book import AnyPart, Book, BookCover, BookPart, ChapterPart, Colophon
from planbook.plan.chapter import Chapter  # noqa: TC001 - pydantic reads the annotation
from planbook.plan.element import Element, Id, NonEmpty, Phrased, Text, TrueOrFalse
from planbook.plan.labels import BookLabels, Labels, SheetLabels, TableLabels, Word
from planbook.plan.values import (
    AS_RANGE,
    NOT_APPLICABLE,
    UNDECIDED,
    Amount,
    AmountOrState,
    Column,
    ColumnKey,
    ColumnText,
    DistinctKeys,
    Key,
    Month,
    NumberRange,
    Year,
    YearMonth,
    YearRange,
    key_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "KEYS",
    "LEVELS",
    "NOT_APPLICABLE",
    "UNDECIDED",
    "Action",
    "AnyPart",
    "Book",
    "BookCover",
    "BookLabels",
    "BookPart",
    "ChapterPart",
    "Colophon",
    "Column",
    "ColumnKey",
    "Department",
    "Element",
    "Entry",
    "Example",
    "Figure",
    "Indicator",
    "Labels",
    "Level",
    "Mark",
    "Measure",
    "NonEmpty",
    "Note",
    "NumberRange",
    "Numbering",
    "Numbers",
    "Pillar",
    "Plan",
    "Policy",
    "Project",
    "Relisting",
    "Section",
    "SheetLabels",
    "TableLabels",
    "Target",
    "Text",
    "Word",
    "YearMonth",
    "YearRange",
    "key_text",
]

Level = Literal["pillar", "policy", "measure", "project"]
"""A level of sections."""

LEVELS: tuple[Level, ...] = get_args(Level)
"""All levels that a plan may have above its actions, top down."""

KEYS: dict[Level | Literal["action"], str] = {
    "pillar": "pillars",
    "policy": "policies",
    "measure": "measures",
    "project": "projects",
    "action": "actions",
}
"""Under which key the sections of a level stand, and the actions."""

Bound = Literal["以上", "以下", "未満", "超", "約", "程度"]

_DEPARTMENTS = "先頭の departments にある名称から選びます。書かなければ、上の段のものになります。"
_ID = "ほかと重ならない名前です。印刷されません。文字、数字、「-」、「_」が使えます。名称を直しても変えません。"


class Department(Element):
    """担当課: a section, a partner body (社会福祉協議会) or a collective word (関係課)."""

    short_form: ClassVar[str] = "name"
    name: Text = Field(title="担当課の名称", description="印刷される名称です。")
    kind: Literal["section", "partner", "collective"] = Field(
        "section",
        title="担当の種類",
        description="section は課、partner は協力団体、collective は関係課などの総称です。",
    )
    contact: Text | None = Field(
        None, title="連絡先", description="電話番号やメールアドレスなどです。ウェブページの索引に表示されます。"
    )


class Mark(Element):
    """A short word beside titles (新規, 重点), explained in a legend. `printed` is what stands there."""

    short_form: ClassVar[str] = "name"
    name: Text = Field(title="印の名称", description="marks に書く名称です。凡例に印刷されます。")
    sign: Text | None = Field(
        None, title="印刷する印", description="名称の横に印刷する短い印（例：新、★）です。無ければ名称が印刷されます。"
    )
    before: TrueOrFalse = Field(default=False, title="前に置く", description="true と書くと、名称の前に印刷されます。")
    note: Text | None = Field(None, title="印の説明", description="凡例に印刷される説明です。")

    @property
    def printed(self) -> str:
        """The sign, or the name where there is none."""
        return self.sign or self.name


class Figure(Element):
    """A number that counts something: 発行部数 2,300部, 年12回, 20人以上, 3-5 か所."""

    usual: ClassVar[tuple[str, ...]] = ("unit",)
    value: Amount = Field(
        title="値", description="半角の数字だけを、桁区切りなしで書きます（例：2300）。幅があれば 3-5 と書きます。"
    )
    unit: Text | None = Field(None, title="単位", description="回、人、部、か所などの単位です。")
    name: Text | None = Field(
        None, title="数値の名称", description="書くと「発行部数：2,300部」の形で、別の行に印刷されます。"
    )
    prefix: Text | None = Field(
        None, title="前に付く言葉", description="「年12回」の「年」や、「各11回」の「各」です。"
    )
    bound: Bound | None = Field(
        None, title="以上・以下など", description="以上、以下、未満、超、約、程度のどれかです。"
    )
    note: Text | None = Field(None, title="注記", description="数値が下がる理由などを書きます。")


class Target(Element):
    """年度目標: what an action is to reach in a column: a text, figures, or both."""

    short_form: ClassVar[str] = "text"
    text: Text | None = Field(
        None, title="目標の文章", description="決まっていなければ「未定」、その欄に無ければ「該当なし」と書きます。"
    )
    figures: tuple[Figure, ...] = Field((), title="目標の数値", description="回数や人数などの数値です。")

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
        """該当なし: there is no target in that column."""
        return self.text == NOT_APPLICABLE


class Indicator(Element):
    """成果指標: numbers or states by year or column. Those before the plan's first year are baselines (現状値)."""

    name: Text = Field(title="指標の名称", description="何の値か（例：特定健診の受診率）です。")
    unit: Text | None = Field(None, title="単位", description="％、人などの単位です。")
    values: Annotated[dict[Key, AmountOrState], DistinctKeys, NonEmpty] = Field(
        title="現状値と目標値",
        description="年度ごとの値です（例：{2022: 38.5, 2029: 60}）。計画の前の年度は現状値、ほかは目標値です。",
    )
    bound: Bound | None = Field(
        None,
        title="目標値の以上・以下など",
        description="以上、以下、未満、超、約、程度のどれかです。目標値に付きます。",
    )
    better: Literal["higher", "lower"] = Field(
        "higher", title="望ましい方向", description="少ないほどよい指標には lower と書きます。"
    )
    source: Text | None = Field(None, title="出典", description="値の出どころ（例：国保データベース）です。")
    note: Text | None = Field(None, title="注記", description="値についての説明です。")


class Action(Element):
    """取組項目: one row of the system table, one row of a sheet.

    Without `departments` it has those of the nearest section above that has some: see `Plan.departments_of`.
    """

    usual: ClassVar[tuple[str, ...]] = ("departments", "targets")

    id: Id = Field(title="id", description=_ID)
    title: Text = Field(title="取組項目の名称", description="体系の表とシートに印刷されます。")
    marks: Annotated[tuple[Text, ...], NonEmpty] = Field(
        (), title="印", description="先頭の marks にある名称（新規、重点など）です。"
    )
    content: Text | None = Field(None, title="内容", description="取組の内容です。シートの「内容」の欄に印刷されます。")
    departments: Annotated[tuple[Text, ...], NonEmpty] | None = Field(
        None, title="取組項目の担当課", description=_DEPARTMENTS
    )
    targets: Annotated[dict[Key, Target], DistinctKeys, NonEmpty] = Field(
        {},
        title="年度目標",
        description=(
            "年度（2018）、範囲（2018-2020）、または欄の言葉（現状）ごとに目標を書きます。どの欄にも一つずつ必要です。"
        ),
    )

    def target(self, column: Column | int) -> Target:
        """Return the target of one column, or of one fiscal year.

        Raises:
            KeyError: no target covers that column (a checked plan has one for each of its columns, or none at all).

        """
        if isinstance(column, int):
            column = Column.of(YearRange(column, column))
        for key, target in self.targets.items():
            if column.years is None or isinstance(key, str):
                if key == column.word:
                    return target
            elif key.first <= column.years.first and column.years.last <= key.last:
                return target
        raise KeyError(column.key)


class Relisting(Element):
    """再掲: an action shown again in another section. It owns nothing but the id of the original."""

    relist: Text = Field(
        title="再掲", description="元の取組項目の id を書きます。名称も目標も、元のものが印刷されます。"
    )


def _entry_kind(value: object) -> str | None:
    if isinstance(value, dict):
        return "relisting" if "relist" in value else "action"
    return "action" if isinstance(value, Action) else "relisting" if isinstance(value, Relisting) else None


def _paragraph_kind(value: object) -> str:
    return "list" if isinstance(value, list | tuple) else "text"


Entry = Annotated[Annotated[Action, Tag("action")] | Annotated[Relisting, Tag("relisting")], Discriminator(_entry_kind)]
Paragraph = Annotated[
    Annotated[Text, Tag("text")] | Annotated[tuple[Text, ...], NonEmpty, Tag("list")],
    Discriminator(_paragraph_kind),
]


class Section(Element):
    """段: what stands above actions: a pillar, policy, measure or project. All have the same fields.

    `actions` are its own entries: the lowest section of a branch has some, the others have none.
    """

    level: ClassVar[Level]
    below: ClassVar[tuple[str, ...]]
    """The keys under which sections may stand below it."""

    id: Id = Field(title="id", description=_ID)
    title: Text
    marks: Annotated[tuple[Text, ...], NonEmpty] = Field(
        (), title="印", description="先頭の marks にある名称（新規、重点など）です。"
    )
    departments: Annotated[tuple[Text, ...], NonEmpty] | None = Field(
        None, title="担当課", description="省略すると、取組項目の担当課が順に印刷されます。"
    )
    goal: Text | None = Field(None, title="取り組み目標", description="目標を一段落で書きます。")
    approaches: tuple[Text, ...] = Field((), title="主な取り組み", description="主な取り組みを箇条書きにします。")
    texts: dict[Text, Paragraph] = Field(
        {}, title="文章", description="「現状と課題」などの見出しごとに、文章かリストを書きます。"
    )
    indicators: tuple[Indicator, ...] = Field(
        (), title="成果指標", description="成果を表す指標の、現状値と目標値です。"
    )
    if TYPE_CHECKING:
        actions: tuple[Entry, ...]

    @property
    def children(self) -> tuple[Section, ...]:
        """The sections directly below it, in document order."""
        return tuple(child for key in self.below for child in getattr(self, key))


Actions = Annotated[tuple[Entry, ...], NonEmpty]
_ACTIONS = Field((), title="取組項目", description="取組項目か、再掲（relist）を、印刷する順に書きます。")


class Project(Section):
    """事業: the lowest level of sections where a plan has it."""

    level: ClassVar[Level] = "project"
    usual: ClassVar[tuple[str, ...]] = ("goal", "actions")
    below: ClassVar[tuple[str, ...]] = ()
    title: Text = Field(title="事業の名称", description="体系の表とシートに印刷されます。")
    actions: Actions = _ACTIONS


class Measure(Section):
    """施策: printed ①②③… within its policy unless the plan says otherwise."""

    level: ClassVar[Level] = "measure"
    usual: ClassVar[tuple[str, ...]] = ("projects",)
    below: ClassVar[tuple[str, ...]] = ("projects",)
    title: Text = Field(title="施策の名称", description="番号（①など）は自動で付きます。")
    projects: Annotated[tuple[Project, ...], NonEmpty] = Field(
        (), title="事業", description="この施策の事業を、印刷する順に書きます。"
    )
    actions: Actions = _ACTIONS


class Policy(Section):
    """基本方針: printed (1) (2) (3)… unless the plan says otherwise."""

    level: ClassVar[Level] = "policy"
    usual: ClassVar[tuple[str, ...]] = ("measures",)
    below: ClassVar[tuple[str, ...]] = ("measures", "projects")
    title: Text = Field(title="基本方針の名称", description="番号（(1) など）は自動で付きます。")
    measures: Annotated[tuple[Measure, ...], NonEmpty] = Field(
        (), title="施策", description="この基本方針の施策を、印刷する順に書きます。"
    )
    projects: Annotated[tuple[Project, ...], NonEmpty] = Field(
        (), title="事業", description="施策のない計画で、この基本方針の事業を、印刷する順に書きます。"
    )
    actions: Actions = _ACTIONS


class Pillar(Section):
    """基本の柱: an optional level above policies."""

    level: ClassVar[Level] = "pillar"
    usual: ClassVar[tuple[str, ...]] = ("policies",)
    below: ClassVar[tuple[str, ...]] = ("policies",)
    title: Text = Field(title="基本の柱の名称", description="基本方針の上の段の名称です。")
    policies: Annotated[tuple[Policy, ...], NonEmpty] = Field(
        (), title="基本方針", description="この柱の基本方針を、印刷する順に書きます。"
    )
    if not TYPE_CHECKING:
        actions: ClassVar[tuple] = ()


class Numbering(Element):
    """How the sections of a level, or the actions, are numbered. `first` is the first number; `なし` is none."""

    short_form: ClassVar[str] = "first"
    first: Text = Field(
        title="最初の番号",
        description="最初の番号をそのまま書きます（例：基本目標1、1-1、①、第1章）。後の番号は自動で付きます。なし、なら付きません。",
    )
    restart: Level | Literal["plan"] | None = Field(
        None,
        title="番号を始め直すところ",
        description="plan と書くと、計画を通した番号になります。段（policy など）を書くと、その段ごとに始め直します。",
    )


class Numbers(Element):
    """How each level is numbered; a level that is not named has (1) for policies, ① for measures, none otherwise."""

    pillar: Numbering | None = Field(None, title="基本の柱の番号", description="最初の番号を書きます（例：Ⅰ）。")
    policy: Numbering | None = Field(
        None, title="基本方針の番号", description="最初の番号を書きます（例：基本目標1）。"
    )
    measure: Numbering | None = Field(None, title="施策の番号", description="最初の番号を書きます（例：1-1）。")
    project: Numbering | None = Field(None, title="事業の番号", description="最初の番号を書きます（例：1-1-1、No.1）。")
    action: Numbering | None = Field(None, title="取組項目の番号", description="最初の番号を書きます（例：①、ア）。")


class Note(Element):
    """※1…: one explanation under the sample sheet, marked at the fields that it is `on`."""

    on: Annotated[
        tuple[
            Literal[
                "pillar", "policy", "measure", "project", "departments", "goal", "approaches", "actions", "content"
            ],
            ...,
        ],
        NonEmpty,
    ] = Field(title="説明する欄", description="印を付ける欄を選びます。")
    text: Text = Field(title="説明の文章", description="シートの下に印刷されます。")


class Example(Element):
    """記載例: which lowest section is printed again as the sample sheet, and the notes that explain its fields."""

    project: Text = Field(title="記載例にするシート", description="事業（シートになる段）の id を書きます。")
    notes: tuple[Note, ...] = Field((), title="記載例の説明", description="※1、※2…の印が付く説明です。")


class Allowance(Element):
    """A rule whose warnings are allowed in the whole file, and why."""

    rule: Text = Field(title="規則", description="警告の行末の [ ] の中の名前です（例：collective-only）。")
    reason: Text = Field(title="理由", description="止める理由です（例：担当は来年度の組織改正で決まるため）。")


class CheckSettings(Element):
    """What `planbook check` leaves out in this plan."""

    allow: Annotated[tuple[Allowance, ...], NonEmpty] = Field(
        title="止める警告", description="計画全体で止める警告の規則と、その理由を書きます。"
    )


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
    numbers: Numbers = Field(
        default_factory=Numbers, title="番号の付け方", description="段ごとに、最初の番号を書きます。"
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
        default_factory=Labels,
        title="印刷される言葉",
        description="基本方針・施策などの言葉を、計画に合わせて変えられます。",
    )
    book: Book = Field(
        default_factory=Book, title="計画書の構成", description="印刷する部分と、その順番を変えられます。"
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

    def with_chapters(self, chapters: dict[str, Chapter], cover_picture: str = "") -> Plan:
        """Return the plan with its chapters and the picture on its cover."""
        plan = self.model_copy()
        plan._chapters = chapters  # noqa: SLF001 - its own class
        plan._cover_picture = cover_picture  # noqa: SLF001
        return plan

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Plan:
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
