from itertools import pairwise

from planbook.views.vision import SIZES, WIDTH, settings


def test_the_ways_go_from_one_large_column_to_several_small_ones() -> None:
    ways = settings(["ふれあい、", "育みあい、", "助けあい、", "ともに生きるまち"], WIDTH)
    assert [(way.size, len(way.columns)) for way in ways] == [
        (12, 1), (12, 2), (10.5, 2), (10.5, 3), (9, 3), (8, 3), (8, 4),
    ]  # fmt: skip
    assert all(way.width == WIDTH for way in ways)


def test_every_way_is_shorter_than_the_one_before() -> None:
    ways = settings(["長いめざす姿" * 20], 3 * WIDTH)
    lengths = [way.size * max(len(column) for column in way.columns) for way in ways]
    assert all(shorter < longer for longer, shorter in pairwise(lengths))
    assert ways[-1].size == SIZES[-1]


def test_a_way_is_whole_where_no_column_ends_inside_a_phrase() -> None:
    phrases = ["住み慣れた地域でいきいきと", "暮らし続けられる", "支えあいうまち"]
    for way in settings(phrases, WIDTH):
        columns = ["".join(column.split("\n")).replace("\u3000", "") for column in way.columns]
        cut = any(all(phrase not in column for column in columns) for phrase in phrases)
        assert way.whole is not cut
    assert {way.whole for way in settings(phrases, WIDTH)} == {True, False}
