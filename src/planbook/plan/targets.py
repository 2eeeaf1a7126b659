"""Figures, the targets that actions have by year, and the indicators of sections and of the plan."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from planbook.plan.element import Element, NonEmpty, Text
from planbook.plan.value_types import (
    NOT_APPLICABLE,
    UNDECIDED,
    Amount,
    AmountOrState,
    DistinctKeys,
    Key,
)

Bound = Literal["以上", "以下", "未満", "超", "約", "程度"]


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
        None, title="目標の文章", description="決まっていなければ「未定」、その欄になければ「該当なし」と書きます。"
    )
    figures: tuple[Figure, ...] = Field((), title="目標の数値", description="回数や人数などの数値です。")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
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
