"""Days with a name on which documents ask for publicity, and the months and weeks without a day."""

import re
from typing import NamedTuple

from duban.importer.dates.phrase import Due, yearly_day


class NamedDay(NamedTuple):
    """A named day, week or month: its words, the stem of a key, its rule (None: set elsewhere)."""

    words: str
    key: str
    due: Due | None


def _yearly(words: str, key: str, month: int, day: int) -> NamedDay:
    return NamedDay(words, key, yearly_day(month, day))


def _nth(words: str, key: str, month: int, nth: int, weekday: str) -> NamedDay:
    return NamedDay(
        words, key, {"rule": "nth-weekday", "month": month, "nth": nth, "weekday": weekday}
    )


NAMED_DAYS = (
    _nth("全国助残日", "disabled-persons-day", 5, 3, "sunday"),
    _nth("文化和自然遗产日", "heritage-day", 6, 2, "saturday"),
    _yearly("国际残疾人日", "international-disabled-day", 12, 3),
    _yearly("全国爱耳日", "ear-care-day", 3, 3),
    _yearly("学雷锋纪念日", "volunteering-day", 3, 5),
    _yearly("国际妇女节", "womens-day", 3, 8),
    _yearly("植树节", "arbour-day", 3, 12),
    _yearly("国际消费者权益日", "consumer-rights-day", 3, 15),
    _yearly("世界水日", "water-day", 3, 22),
    _yearly("世界气象日", "meteorological-day", 3, 23),
    _yearly("世界防治结核病日", "tuberculosis-day", 3, 24),
    _yearly("全民国家安全教育日", "national-security-day", 4, 15),
    _yearly("世界地球日", "earth-day", 4, 22),
    _yearly("世界读书日", "book-day", 4, 23),
    _yearly("世界知识产权日", "intellectual-property-day", 4, 26),
    _yearly("国际劳动节", "labour-day", 5, 1),
    _yearly("中国品牌日", "brand-day", 5, 10),
    _yearly("全国防灾减灾日", "disaster-prevention-day", 5, 12),
    _yearly("国际博物馆日", "museum-day", 5, 18),
    _yearly("中国旅游日", "tourism-day", 5, 19),
    _yearly("世界计量日", "metrology-day", 5, 20),
    _yearly("世界无烟日", "no-tobacco-day", 5, 31),
    _yearly("国际儿童节", "childrens-day", 6, 1),
    _yearly("六五环境日", "environment-day", 6, 5),
    _yearly("世界环境日", "environment-day", 6, 5),
    _yearly("全国爱眼日", "eye-care-day", 6, 6),
    _yearly("世界献血者日", "blood-donor-day", 6, 14),
    _yearly("全国土地日", "land-day", 6, 25),
    _yearly("国际禁毒日", "anti-drugs-day", 6, 26),
    _yearly("全国生态日", "ecology-day", 8, 15),
    _yearly("中国医师节", "physicians-day", 8, 19),
    _yearly("教师节", "teachers-day", 9, 10),
    _yearly("全国爱牙日", "dental-day", 9, 20),
    _yearly("世界精神卫生日", "mental-health-day", 10, 10),
    _yearly("国家扶贫日", "poverty-relief-day", 10, 17),
    _yearly("全国消防日", "fire-safety-day", 11, 9),
    _yearly("世界艾滋病日", "aids-day", 12, 1),
    _yearly("全国交通安全日", "traffic-safety-day", 12, 2),
    _yearly("国家宪法日", "constitution-day", 12, 4),
    _yearly("国际志愿者日", "volunteers-day", 12, 5),
)
"""Days whose date is known in advance: by law, by the United Nations, by the State Council."""

_KNOWN = {day.words: day for day in NAMED_DAYS}
_STRETCH = (
    r"[一-龥]{2,12}?(?:宣传月|活动月|援助月|生产月|质量月|服务月|普法月|宣传周|活动周|服务周|"
    r"科技周|节能周|双创周)"
)
_OTHER = r"[一-龥]{2,10}?(?:日|节)"
_WORDS = "|".join(sorted(_KNOWN, key=len, reverse=True))
_THEN = r"(?=(?:之?前|期间|当[天日]|之际|到来))"
_AS_TIME = re.compile(
    rf"(?:(?<=[在于])|(?<=每年))(?:{_WORDS})|(?:{_WORDS}){_THEN}|"
    rf"(?:世界|国际|全国|中国|国家|联合国)[一-龥]{{1,10}}?[日节周月]{_THEN}"
)
_PART = re.compile(rf"(?:{_STRETCH}|{_OTHER})")


def named_days(text: str) -> list[tuple[int, int, NamedDay]]:
    """The named days that a text gives as a time, in order: 在世界环境日, 全国土地日期间.

    Where a day is only what a campaign is about (世界无烟日主题活动), it is no date.
    """
    return [
        (match.start(), match.end(), _KNOWN.get(match[0]) or NamedDay(match[0], "", None))
        for match in _AS_TIME.finditer(text)
    ]


def listed_days(text: str) -> list[NamedDay]:
    """The days of a list such as 「就业援助月、全国助残日等」, known or not; [] for other text."""
    listed = []
    for part in re.split(r"[、和及与]", text):
        name = part.strip(' “”"')
        if _PART.fullmatch(name):
            listed.append(_KNOWN.get(name) or NamedDay(name, "", None))
    return listed
