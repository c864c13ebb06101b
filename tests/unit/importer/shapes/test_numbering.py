import pytest

from duban.importer.shapes.numbering import mark_in_series, mark_of, plain_number


@pytest.mark.parametrize(
    ("text", "level", "ordinal", "rest"),
    [
        ("第二章 保障", 0, 2, "保障"),
        ("十二、加强领导", 1, 12, "加强领导"),
        ("（三）完善机制", 2, 3, "完善机制"),
        ("(七) 完善机制", 2, 7, "完善机制"),
        ("３．完善机制", 3, 3, "完善机制"),
        ("2.2025年底前建成", 3, 2, "2025年底前建成"),
        ("4、完善机制", 3, 4, "完善机制"),
        ("（5）完善机制", 4, 5, "完善机制"),
        ("⑥完善机制", 5, 6, "完善机制"),
        ("## 一、总则", 1, 1, "总则"),
    ],
)
def test_mark_of(text: str, level: int, ordinal: int, rest: str) -> None:
    found = mark_of(text)
    assert found is not None
    assert (found.level, found.ordinal, found.rest) == (level, ordinal, rest)


@pytest.mark.parametrize("text", ["2024年完成", "1.5万人参加", "三年行动", "一是宣传", ""])
def test_no_mark(text: str) -> None:
    assert mark_of(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1", "1"), ("１２", "12"), ("3.2", "3.2"), ("3-2", "3.2"), ("（四）", "4"), ("一", "1"),
     ("第5项", "5"), ("", None), ("合计", None), ("市教育局", None)],
)  # fmt: skip
def test_plain_number(text: str, expected: str | None) -> None:
    assert plain_number(text) == expected


@pytest.mark.parametrize(
    ("text", "before", "rest"),
    [
        ("11.121人才梯队项目", 10, "121人才梯队项目"),
        ("3、12345热线办理", 2, "12345热线办理"),
        ("12.5G应用", 11, "5G应用"),
        ("9.100个示范点", 8, "100个示范点"),
        ("11.121人才梯队项目", 9, None),
        ("2.5亿元债券", 1, None),
        ("3.2万余人参加", 2, None),
        ("7.8%以上", 6, None),
    ],
)
def test_the_series_decides_whether_digits_belong_to_the_title(
    text: str, before: int, rest: str | None
) -> None:
    found = mark_in_series(text, before)
    assert (found.rest if found else None) == rest
