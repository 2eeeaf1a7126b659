"""The levels of a plan: sections (pillars, policies, measures, projects), and the actions that stand in the lowest."""

from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, get_args

from pydantic import Discriminator, Field, Tag

from planbook.plan.element import Element, Id, NonEmpty, Text
from planbook.plan.targets import Indicator, Target
from planbook.plan.value_types import Column, DistinctKeys, Key, YearRange

Level = Literal["pillar", "policy", "measure", "project"]
"""A level of sections."""

LEVELS: tuple[Level, ...] = get_args(Level)
"""All levels that a plan may have above its actions, top down."""

LEVEL_KEYS: dict[str, str] = {
    "pillar": "pillars",
    "policy": "policies",
    "measure": "measures",
    "project": "projects",
    "action": "actions",
}
"""Under which key the sections of a level stand, and the actions; top down."""

USUAL_CHILD_KEYS = dict(pairwise(LEVEL_KEYS.values()))
"""By the key of a level: that of the next one, which usually stands below it."""

_DEPARTMENTS = "先頭の departments にある名称から選びます。書かなければ、上の段のものになります。"
_ID = "ほかと重ならない名前です。印刷されません。文字、数字、「-」、「_」が使えます。名称を直しても変えません。"


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
        actions: tuple["Entry", ...]

    @property
    def children(self) -> tuple["Section", ...]:
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
