from planbook.views.numbering import bracketed, measure_number, policy_number


def test_policies_are_counted_in_brackets() -> None:
    assert [policy_number(position) for position in (1, 2, 12)] == ["(1)", "(2)", "(12)"]


def test_measures_are_counted_in_circles_as_far_as_there_are_any() -> None:
    numbers = [measure_number(position) for position in range(1, 53)]
    assert numbers[:50] == list("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿")
    assert numbers[50:] == ["(51)", "(52)"]


def test_marks_stand_in_full_width_brackets() -> None:
    assert bracketed("再掲") == "（再掲）"
