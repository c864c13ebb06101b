"""Text and HTML: everything is said, nothing escapes, nothing is injected."""

from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.notice import Reason
from models.policy import NoticeKind
from notifications.digest import Digest
from notifications.render import IN_FULL, render
from notifications.wording import clean
from tests.unit.notifications.samples import (
    ANSWERS,
    assignment,
    digest,
    final_summary,
    samples,
    thirty_five,
)

ON = date(2024, 10, 15)


class _Page(HTMLParser):
    """The tags of a page in order, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


def _reminder() -> Digest:
    return digest(ON, "市教育体育局 联络员", final_summary(NoticeKind.REMINDER, 5, 3))


def test_an_empty_digest_is_refused() -> None:
    with pytest.raises(ValueError, match="holds no item"):
        render(_reminder()._replace(items=()))


@pytest.mark.parametrize("name", samples())
def test_both_forms_say_the_same(name: str) -> None:
    rendered = render(samples()[name])
    shown = _Page(rendered.html).text
    for line in rendered.text.splitlines():
        words = line.strip(" -。").partition("：")[2] or line.strip(" -。")
        for word in words.removeprefix("“").removesuffix("”").split("，"):
            if word and not word[0].isdigit():
                assert word in shown


def test_a_reminder_says_all_that_its_reader_needs() -> None:
    text = render(_reminder()).text
    for words in (
        "2024年10月20日（周日）前（含当日）报送市残联，还剩3个工作日",
        "此前最后一个工作日是10月18日（周五）",
        "- 5 实施残疾人高校毕业生就业帮扶行动（责任）",
        "中府办函〔2023〕19号",
        "原文：“并分别于2023年12月15日前",
        "市残联，电话 （示例号码）0000-0000001",
        *ANSWERS,
    ):
        assert words in text


def test_thirty_items_in_full_and_the_rest_in_one_line_each() -> None:
    text = render(thirty_five()).text
    assert f"{IN_FULL}. 【" in text
    assert f"{IN_FULL + 1}. 【" not in text
    assert "其余5项" in text
    assert all(item.title in text for item in thirty_five().items)


def test_a_provisional_date_says_so() -> None:
    item = final_summary(NoticeKind.REMINDER, 5, 3)._replace(provisional=True)
    assert "该年放假安排尚未公布" in render(digest(ON, "x", item)).text


def test_an_unreachable_post_is_told_to_the_office() -> None:
    item = final_summary(NoticeKind.SLIP_RED, -11, -9, reason=Reason.UNREACHABLE)
    assert "本次“红色督查单”未能发出" in render(digest(ON, "x", item)).text


def test_a_plan_without_number_date_phone_or_address_leaves_no_gap() -> None:
    bare = assignment().plan._replace(
        document_number=None, issued_on=None, coordinator_phone=None, coordinator_address=None
    )
    rendered = render(digest(ON, "x", assignment()._replace(plan=bare, text="")))
    assert "None" not in rendered.text + rendered.html
    assert "联系单位：市残联\n" in rendered.text


def test_the_page_needs_nothing_from_outside() -> None:
    page = _Page(render(thirty_five()).html)
    assert not {"img", "link", "script", "a", "iframe", "style"} & set(page.tags)
    assert not {"src", "href", "background", "onload"} & page.attributes


_value = st.text(st.characters(), max_size=60) | st.sampled_from(
    ["</p><script>alert(1)</script>", '" onload="x', "{{ 7*7 }}", "{% raw %}", "\r\n.\r\n", "&amp;"]
)


@given(_value, _value, _value, _value)
def test_no_value_adds_a_line_or_a_tag(unit: str, title: str, quote: str, office: str) -> None:
    plain = final_summary(NoticeKind.SLIP_BLUE, -1, -1, for_information=True)
    sound = render(digest(ON, "市某局 联络员", plain._replace(text="甲")))
    item = plain._replace(
        unit=unit,
        title=title,
        text=f"甲{quote}",
        plan=plain.plan._replace(coordinator=office, title=title, document_number=unit),
        rows=tuple(row._replace(title=title) for row in plain.rows),
    )
    rendered = render(digest(ON, unit, item))
    assert len(rendered.subject.splitlines()) == 1
    optional = (clean(unit) == "") + (clean(office) == "")
    assert 0 <= sound.text.count("\n") - rendered.text.count("\n") <= 2 * optional
    page, sound_page = _Page(rendered.html), _Page(sound.html)
    assert len(sound_page.tags) - len(page.tags) <= 4 * optional
    assert set(page.tags) <= set(sound_page.tags)
    assert page.attributes == sound_page.attributes
    assert clean(title) in rendered.text
    assert clean(title) in page.text.replace("\r", "")
