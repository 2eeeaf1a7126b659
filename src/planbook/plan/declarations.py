"""What a plan declares once for all its sections: departments, marks, numbers, the sample sheet, allowed warnings."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from planbook.plan.element import Element, NonEmpty, Text, TrueOrFalse
from planbook.plan.sections import Level


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
        None, title="印刷する印", description="名称の横に印刷する短い印（例：新、★）です。なければ名称が印刷されます。"
    )
    before: TrueOrFalse = Field(default=False, title="前に置く", description="true と書くと、名称の前に印刷されます。")
    note: Text | None = Field(None, title="印の説明", description="凡例に印刷される説明です。")

    @property
    def printed(self) -> str:
        """The sign, or the name where there is none."""
        return self.sign or self.name


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

    rule: Text = Field(title="規則", description="警告の行末の [ ] の中の規則名です（例：collective-only）。")
    reason: Text = Field(title="理由", description="止める理由です（例：担当は来年度の組織改正で決まるため）。")


class CheckSettings(Element):
    """What `planbook check` leaves out in this plan."""

    allow: Annotated[tuple[Allowance, ...], NonEmpty] = Field(
        title="止める警告", description="計画全体で止める警告の規則と、その理由を書きます。"
    )
