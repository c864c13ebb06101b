"""The offices of these tests: few units for reading along, many for killing."""

from functools import cache

from pydantic import SecretStr

from models.office import Office
from models.robot import Robot
from notifications.message import Sender
from tests import builders

SENDER = Sender("duban@city.example", "督办专班", "duban.city.example", "city.example")
PLAN = "plan-2024"


def few(**fields: object) -> Office:
    """甲局 and 乙局 lead one row; 甲局 owes a report by Sunday 2024-10-20 (T: Friday 10-18)."""
    return builders.office(builders.plan(builders.matrix(**fields)))


@cache
def many(units: int, each: int = 1, word: str = "总结") -> Office:
    """So many units, each with a liaison of its own, that owe so many reports by 2024-10-20.

    They are listed in the order opposite to that of their ids.
    """
    names = [f"第{number:04}单位" for number in reversed(range(units))]
    reports = tuple(
        builders.report(f"summary-{number}", title=f"第{number}号{word}", who=tuple(names))
        for number in range(each)
    )
    content = builders.matrix(duties=(builders.duty(units=names),), obligations=reports)
    return builders.office(builders.plan(content, names))


def robot_at(name: str, server: str, **fields: int) -> Robot:
    """A robot of 企业微信 that is served from a host of the test's own."""
    return Robot(name=name, url=SecretStr("wecombot://SECRETKEY/"), server=server, **fields)
