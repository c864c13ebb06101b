from duban.importer.quote import Quote, quote

LINES = ("标题", "", "（责任单位：市人力资源", "社会保障局、市残联）", "完成 改造")


def test_the_words_on_a_line_near() -> None:
    assert quote(LINES, "完成改造", 3) == Quote(5, "完成 改造")


def test_words_that_a_line_end_parts_are_quoted_as_far_as_the_line_goes() -> None:
    found = quote(LINES, "（责任单位：市人力资源社会保障局、市残联）", 3)
    assert found == Quote(3, "（责任单位：市人力资源")


def test_words_that_are_not_there_give_the_line() -> None:
    assert quote(LINES, "没有的话", 2) == Quote(3, "（责任单位：市人力资源")


def test_every_quote_stands_on_its_line() -> None:
    for text in ("标题", "残联", "x", ""):
        found = quote(LINES, text, 1)
        assert found.text in LINES[found.line - 1]
