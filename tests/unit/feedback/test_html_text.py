"""HTML as its reader sees it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.feedback.html_text import text_of_html

PAGES = {
    "<p>签收</p><p>1</p>": "签收\n\n1",
    "签<br>收<br/>了": "签\n收\n了",
    "<div>1</div><div>2</div>": "1\n2",
    "<div><div>1</div></div><div><br></div><div>2</div>": "1\n\n2",
    "已\n  办结": "已办结",
    "a\n b": "a b",
    "1、3&nbsp;已办结": "1、3 已办结",
    "<head><title>t</title></head><style>p{}</style><script>x</script>签收": "签收",
    "<div style='display:none'><div>x</div>y</div>签收": "签收",
    "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>": "a b\nc",
    "签收<blockquote>x<blockquote>y</blockquote>z</blockquote>": "签收\n> x\n> > y\n> z",
    "<pre>a\n  b</pre>": "a\n  b",
    "<p>签收<img src=x><input></p>": "签收",
    "<p>未闭合<b>签收": "未闭合签收",
    "&lt;script&gt;": "<script>",
    "": "",
}


@pytest.mark.parametrize(("page", "text"), PAGES.items())
def test_pages(page: str, text: str) -> None:
    assert text_of_html(page).replace("\n\n", "\n") == text.replace("\n\n", "\n")


@given(st.text(alphabet="<>/!-[]&;= \"'abpdivquote\n签", max_size=120))
def test_no_page_raises(page: str) -> None:
    assert isinstance(text_of_html(page), str)


@pytest.mark.parametrize(
    "piece", ["<!--", "<!", "<?", "<a ", "<a b='", "</", "<", "&#", "<script>"]
)
def test_long_nonsense_takes_no_time(piece: str) -> None:
    assert isinstance(text_of_html(piece * 20_000), str)


def test_long_blanks_take_no_long_time() -> None:
    for blank in (" ", "\n ", "\t", "\u3000\n"):
        assert text_of_html(f"甲{blank * 100_000}b") in {"甲 b", "甲　b"}


def test_a_line_end_between_chinese_characters_is_no_space() -> None:
    assert text_of_html("已\n  办结<p>a\nb</p>") == "已办结\na b"
