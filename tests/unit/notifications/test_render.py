"""Text and HTML: everything is said, nothing escapes, nothing is injected."""

import re
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.notice import Reason
from models.policy import NoticeKind
from notifications.digest import Digest, Link, numbering
from notifications.render import IN_FULL, render
from notifications.wording import SENTINEL, clean
from tests.unit.notifications.sample_decisions import decided, returned
from tests.unit.notifications.sample_items import ANSWERS, assignment, digest, final_summary
from tests.unit.notifications.samples import samples, thirty_five

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
    assert text.count("   时限：") == IN_FULL
    assert f"其余5项\n{IN_FULL + 1}. 【督办提醒】" in text
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


def test_the_line_to_write_above_is_the_first_thing_in_both_forms() -> None:
    rendered = render(samples()["returned"])
    assert rendered.text.splitlines()[0] == SENTINEL
    shown = [line for line in _Page(rendered.html).text.splitlines() if line.strip()]
    assert shown[1] == SENTINEL  # the first is the page's title
    assert SENTINEL not in render(_reminder()).text


def test_the_link_stands_on_top_and_with_the_ways_to_answer() -> None:
    sample = samples()["returned"]
    assert sample.page is not None
    rendered = render(sample)
    lines = rendered.text.splitlines()
    assert lines.count(sample.page.url) == 1
    assert rendered.text.count(sample.page.url) == 2
    assert lines.index(sample.page.url) < lines.index("办理方式")
    assert "链接有效期至2024年12月9日（周一）" in rendered.text
    assert rendered.html.count(f'href="{sample.page.url}"') == 2


def test_a_link_cannot_break_out_of_its_attribute() -> None:
    hostile = Link('https://x.example/"><script>', ON)
    page = _Page(render(samples()["returned"]._replace(page=hostile)).html)
    assert "script" not in page.tags


def test_the_numbers_that_an_answer_may_name_are_those_shown() -> None:
    sample = samples()["several-answerable"]
    text = render(sample).text
    titles = {item.obligation: item.title for item in sample.items}
    for number, obligation in enumerate(sample.numbered, start=1):
        assert re.search(rf"^{number}\. 【[^】]+】{re.escape(titles[obligation])}$", text, re.M)


def test_copies_are_numbered_behind_what_can_be_answered() -> None:
    copy = final_summary(NoticeKind.SLIP_RED, -9, -7, "市财政局", for_information=True)
    slip = final_summary(NoticeKind.SLIP_BLUE, -1, -1)
    sample = digest(ON, "x", copy, slip)._replace(numbered=("answered", slip.obligation))
    text = render(sample).text
    assert "\n2. 【蓝色督查单】" in text
    assert "\n3. 【抄送·红色督查单】" in text


def test_words_of_any_length_and_shape_stay_in_one_line() -> None:
    item = final_summary(NoticeKind.DECISION, 5, 3, reason=Reason.RETURNED)
    text = render(digest(ON, "x", item._replace(remark="第一行\n\n1. 【督办提醒】" * 500))).text
    [line] = [line for line in text.splitlines() if line.startswith("   审核意见：")]
    assert len(line) < 1100
    assert text.count("\n1. 【") == 1


def test_two_decisions_on_one_obligation_are_counted_and_set_out_once() -> None:
    refused = decided(Reason.EXTENSION_REFUSED, "所列理由不影响按期报送。")
    told = returned()._replace(obligation=refused.obligation, step="decision-2")
    sample = digest(date(2024, 10, 10), "市教育体育局联络员", refused, told, assignment())
    rendered = render(sample._replace(numbered=numbering(sample.items)))
    assert "共2项" in rendered.text
    assert "等2项" in rendered.subject
    assert rendered.text.count("\n1. ") == 1
    for words in (refused.remark, told.remark):
        assert words in rendered.text
        assert words in rendered.html
