from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from planbook.typography.phrases import width
from planbook.views.figures_columns import Texts, columns, half, number_width
from planbook.views.page_widths import A4

WORDS = st.lists(st.text("地域福祉計画あいうabc", max_size=40), min_size=1, max_size=6)
YEARS = ["令和6年度"]


def texts(*, years: int = 3, names: tuple[str, ...] = ("開催回数",), values: tuple[str, ...] = ("1,200",)) -> Texts:
    titles = ["地域における福祉サービスの適切な利用の促進"]
    return Texts(["（1）①"], titles, titles, names, ["回"], YEARS * years, values)


def test_short_names_have_the_column_that_they_need_and_titles_the_rest() -> None:
    short = columns(texts(), A4.list_tables, page=True, dense=False)
    long = columns(texts(names=("延べ利用者数の前年度からの増加率",)), A4.list_tables, page=True, dense=False)
    assert short.name < long.name
    assert short.action == short.section > long.action
    nameless = columns(texts(names=("",)), A4.list_tables, page=True, dense=False)
    assert nameless.name < short.action


def test_what_is_over_goes_to_the_longest_texts_first() -> None:
    usual = texts(years=5, names=("開催回数",) * 9)
    rare = texts(years=5, names=("開催回数",) * 9 + ("温室効果ガスの排出量",))
    without, with_long = (columns(each, A4.list_tables_wide, page=True, dense=False) for each in (usual, rare))
    assert with_long.name > 1.5 * without.name
    assert with_long.action < without.action


def test_columns_of_years_are_as_wide_as_their_numbers_while_they_leave_room_for_texts() -> None:
    few = columns(texts(values=("123,456,789",)), A4.list_tables, page=True, dense=False)
    many = columns(texts(values=("123,456,789",), years=10), A4.list_tables_wide, page=True, dense=True)
    assert few.room > many.room
    assert few.year > columns(texts(), A4.list_tables, page=True, dense=False).year
    assert many.year * 10 < 65


@given(st.lists(WORDS, min_size=5, max_size=5), st.integers(1, 10), st.sampled_from([True, False]))
def test_any_texts_fill_the_table(words: list[list[str]], years: int, page: object) -> None:
    projects, actions, names, units, values = words
    texts = Texts(["（12）㉔"], projects, actions, names, units, YEARS * years, values)
    table = A4.list_tables_wide if years > 4 else A4.list_tables
    made = columns(texts, table, page=bool(page), dense=years > 7)
    widths = (made.number, made.section, made.action, made.name, made.unit, made.page)
    assert abs(sum(widths) + made.year * years - 100) < 0.5
    assert min(made.section, made.action, made.name) > 4
    assert made.kept >= 1


def test_numbers_of_several_figures_have_more_room_and_words_above_columns_may_break() -> None:
    assert number_width("003") > width("003")
    assert number_width("(1)①") == width("(1)①")
    assert [half("短期（1～3年）"), half("令和12年度以降"), half("現状")] == ["（1～3年）", "令和12年", "現状"]
