"""What a unit reads of an item's history."""

from types import SimpleNamespace
from typing import Any

import pytest

from duban.service.unit_page.history import said
from tests.builders import sentences

AUTHORS = [
    ("a unit's own answer", "甲局联络员（li@unit.example）", "甲局联络员（li@unit.example）"),
    ("a telephone call", "甲局李某（来电，王某代为登记）", "甲局李某（来电，督办专班代为登记）"),
    ("a mail", "甲局（来信，admin代为登记）", "甲局（来信，督办专班代为登记）"),
]


@pytest.mark.parametrize(("by", "shown"), sentences(AUTHORS))
def test_the_account_of_a_clerk_is_not_named(by: str, shown: str) -> None:
    entry: Any = SimpleNamespace(
        id=1, on=None, at=None, kind="reported", via="office-page", by=by, text="", detail=None
    )
    assert said(entry).by == shown
