"""A form's number is good once, on each database, and only together with what the form does."""

from datetime import date

import pytest

from duban.service.workplace import Workplace
from duban.store.database import writing
from duban.store.forms import use_number
from tests.builders import instant

NOW = instant(date(2024, 1, 3))


def test_a_number_is_good_once(workplace: Workplace) -> None:
    for number, is_good in (("one", True), ("one", False), ("two", True), ("one", False)):
        with writing(workplace.engine) as connection:
            assert use_number(connection, number, NOW) is is_good


def test_it_is_not_used_up_by_what_fails(workplace: Workplace) -> None:
    with pytest.raises(LookupError):
        _use_and_fail(workplace)
    with writing(workplace.engine) as connection:
        assert use_number(connection, "one", NOW)


def _use_and_fail(workplace: Workplace) -> None:
    with writing(workplace.engine) as connection:
        use_number(connection, "one", NOW)
        raise LookupError
