import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from duban.importer.as_yaml import listed, scalar

TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cf"]), min_size=1
)


@pytest.mark.parametrize(
    "text",
    ["市残联", "（一）", "“十四五”期间", "a: b", "x #y", "- x", "2.10", "yes", "100%", "《方案》",
     "[市]", "县（市、区）", "%", "*", "&", "｛", "'", '"', "~", "null", "2023-06-08"],
)  # fmt: skip
def test_a_text_comes_back_as_it_was(text: str) -> None:
    assert yaml.safe_load(f"key: {scalar(text)}") == {"key": text}
    assert yaml.safe_load(listed([text, "市教育局"])) == [text, "市教育局"]


@given(TEXTS)
def test_any_text_comes_back(text: str) -> None:
    assert yaml.safe_load(f"key: {scalar(text)}")["key"] == text
    assert yaml.safe_load(listed([text]))[0] == text
