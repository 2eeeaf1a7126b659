"""The printed words that a plan may rename: once for all parts, or for one of them."""

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from planbook.plan.element import Element, Text

_LABEL = "印刷される言葉を変えるときに書きます。"
_GENERAL = "計画で使う言葉です。書くと、表・シート・索引などのすべてと、check のメッセージで使われます。"

Word = Literal[
    "vision", "pillar", "policy", "measure", "project", "action", "department", "goal", "approaches", "target"
]
"""What a plan may have a word of its own for."""

DEFAULT_WORDS: dict[Word, str] = {
    "vision": "めざす姿",
    "pillar": "基本の柱",
    "policy": "基本方針",
    "measure": "施策",
    "project": "事業",
    "action": "取組項目",
    "department": "担当課",
    "goal": "取り組み目標",
    "approaches": "主な取り組み",
    "target": "年度目標",
}
"""What each is called in a plan that says nothing of it."""


class TableLabels(Element):
    """The printed words of the system table."""

    title: Text = Field("事業の体系", title="題名", description=_LABEL)
    vision: Text = Field("めざす姿", title="めざす姿", description=_LABEL)
    pillar: Text = Field("基本の柱", title="基本の柱", description=_LABEL)
    policy: Text = Field("基本方針", title="基本方針", description=_LABEL)
    measure: Text = Field("施策", title="施策", description=_LABEL)
    project: Text = Field("事業名", title="事業", description=_LABEL)
    action: Text = Field("取組項目", title="取組項目", description=_LABEL)
    department: Text = Field("担当課", title="担当課", description=_LABEL)


class SheetLabels(Element):
    """The printed words of the sheets."""

    title: Text = Field("の取組について", title="題名", description=_LABEL)
    example: Text = Field("記載例", title="記載例", description=_LABEL)
    pillar: Text = Field("基本の柱", title="基本の柱", description=_LABEL)
    policy: Text = Field("基本方針", title="基本方針", description=_LABEL)
    measure: Text = Field("施策の方向", title="施策", description=_LABEL)
    project: Text = Field("事業", title="事業", description=_LABEL)
    department: Text = Field("担当課", title="担当課", description=_LABEL)
    goal: Text = Field("取り組み目標", title="取り組み目標", description=_LABEL)
    approaches: Text = Field("主な取り組み", title="主な取り組み", description=_LABEL)
    action: Text = Field("取組項目", title="取組項目", description=_LABEL)
    content: Text = Field("内容", title="取組項目の内容の欄", description=_LABEL)
    indicators: Text = Field("成果指標", title="シートの中の成果指標", description=_LABEL)


class BookLabels(Element):
    """The printed words of the other parts of the book."""

    contents: Text = Field("目次", title="目次", description=_LABEL)
    sheets: Text = Field("取組について", title="目次での取組のシート", description=_LABEL)
    indicators: Text = Field("指標一覧", title="指標一覧", description=_LABEL)
    figures: Text = Field("数値目標一覧", title="数値目標一覧", description=_LABEL)
    departments: Text = Field("担当課別索引", title="担当課別索引", description=_LABEL)
    part: Text = Field(
        "の担当分", title="一部だけの冊子の表紙", description="課の名称に続けて印刷されます。もとは「の担当分」です。"
    )
    indicator: Text = Field("指標", title="指標の名称の欄", description=_LABEL)
    baseline: Text = Field("現状値", title="指標の現状値の欄", description=_LABEL)
    objective: Text = Field("目標値", title="指標の目標値の欄", description=_LABEL)
    source: Text = Field("出典", title="指標の出典の欄", description=_LABEL)
    figure: Text = Field("数値目標", title="数値目標一覧の数値の欄", description=_LABEL)
    trend: Text = Field(
        "前の年度より増えた数値に↑、減った数値に↓を付けています。",
        title="数値目標一覧の矢印の説明",
        description=_LABEL,
    )
    number: Text = Field("番号", title="番号の欄", description=_LABEL)
    unit: Text = Field("単位", title="数値目標一覧の単位の欄", description=_LABEL)
    page: Text = Field("ページ", title="ページの欄", description=_LABEL)


class Labels(Element):
    """Printed words that a plan may rename: `policy` and the like for all parts, `table`, `sheets`, `book` for one.

    When a plan is loaded, the words for all parts are filled in where a part has none of its own: `labels.table.policy`
    is what the table prints. `word` is what messages and headings call a thing.
    """

    everywhere: ClassVar[dict[str, tuple[tuple[str, str, str], ...]]] = {
        **{
            name: (("table", name, "{}"), ("sheets", name, "{}"))
            for name in ("pillar", "policy", "measure", "project", "action")
        },
        "vision": (("table", "vision", "{}"),),
        "department": (
            ("table", "department", "{}"),
            ("sheets", "department", "{}"),
            ("book", "departments", "{}別索引"),
        ),
        "goal": (("sheets", "goal", "{}"),),
        "approaches": (("sheets", "approaches", "{}"),),
    }
    """Which words of which parts a word for all parts stands for."""

    vision: Text | None = Field(None, title="めざす姿", description=_GENERAL)
    pillar: Text | None = Field(None, title="基本の柱", description=_GENERAL)
    policy: Text | None = Field(None, title="基本方針", description=_GENERAL)
    measure: Text | None = Field(None, title="施策", description=_GENERAL)
    project: Text | None = Field(None, title="事業", description=_GENERAL)
    action: Text | None = Field(None, title="取組項目", description=_GENERAL)
    department: Text | None = Field(None, title="担当課", description=_GENERAL)
    goal: Text | None = Field(None, title="取り組み目標", description=_GENERAL)
    approaches: Text | None = Field(None, title="主な取り組み", description=_GENERAL)
    target: Text | None = Field(None, title="年度目標", description=_GENERAL)
    table: TableLabels = Field(default_factory=TableLabels.model_construct, title="体系の表の言葉", description=_LABEL)
    sheets: SheetLabels = Field(default_factory=SheetLabels.model_construct, title="シートの言葉", description=_LABEL)
    book: BookLabels = Field(
        default_factory=BookLabels.model_construct, title="冊子のほかの部分の言葉", description=_LABEL
    )
    relisting: Text = Field("再掲", title="再掲の印", description=_LABEL)
    continued: Text = Field("続き", title="続きの印", description=_LABEL)

    @model_validator(mode="after")
    def _fill_in(self) -> Self:
        for name, uses in self.everywhere.items():
            word = getattr(self, name)
            for part, key, pattern in uses if word else ():
                labels = getattr(self, part)
                if key not in labels.model_fields_set:
                    labels.__dict__[key] = pattern.format(word)  # its own: nobody else has this part yet
        return self

    def word(self, name: Word) -> str:
        """Return what the plan calls a thing: its word for all parts, else that of the sheets or the table."""
        if given := getattr(self, name):
            return str(given)
        for part in (self.sheets, self.table):
            if name in part.model_fields_set:
                return str(getattr(part, name))
        return DEFAULT_WORDS[name]
