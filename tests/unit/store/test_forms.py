"""A form's number is good once, on each database, and only together with what the form does."""

from datetime import date

import pytest

from duban.service.workplace import Workplace
from duban.store.database import writing
from duban.store.forms import forget_numbers, use_number
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


def test_old_numbers_are_forgotten_and_young_ones_are_not(workplace: Workplace) -> None:
    with writing(workplace.engine) as connection:
        for number, at in (("old", NOW), ("young", instant(date(2024, 3, 5)))):
            use_number(connection, number, at)
        assert forget_numbers(connection, instant(date(2024, 3, 4))) == 1
        assert use_number(connection, "old", NOW)
        assert not use_number(connection, "young", NOW)


def _use_and_fail(workplace: Workplace) -> None:
    with writing(workplace.engine) as connection:
        use_number(connection, "one", NOW)
        raise LookupError
