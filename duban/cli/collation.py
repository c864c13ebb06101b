"""What a run of the collation would say on a day, as ``duban run collation --dry-run`` shows it."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from duban.cli.output import print_json, print_table, write
from duban.service.collation import Inner, foresee_inner_dates, not_reported, open_reports
from duban.service.opening import moment_for, open_workplace
from duban.settings import Settings
from models.collation import InnerStep
from notifications.wording import full_day

_STEPS = {
    InnerStep.CO_UNITS: "告知牵头单位：配合单位未报",
    InnerStep.LEADS: "告知办公室：牵头（直报）单位未报",
    InnerStep.OFFICE: "告知办公室：全部单位中未报的",
}


def foresee_collation(as_of: date | None, as_json: bool) -> None:
    """Print what the inner dates would say and who has not reported; nothing is written."""
    settings = Settings.read()
    workplace = open_workplace(settings)
    on = moment_for(workplace, as_of, settings.timezone).as_of
    workplace.require_published_year(on)
    found = foresee_inner_dates(workplace, on)
    absent = not_reported(open_reports(workplace, on))
    if as_json:
        print_json({"as_of": on, "foreseen": list(_as_json(found)), "missing": absent})
        return
    rest = "" if workplace.calendar.is_workday(on) else "，休息日，不发通知"
    count = sum(len(one.notices) for one in found)
    write(f"{full_day(on)}{rest}　将生成汇总提醒 {count} 条（只看，不写入）")
    for line in _lines(found):
        write(line)
    write(f"未报送 {len(absent)} 家次")
    if absent:
        print_table(list(absent[0]), [list(row.values()) for row in absent])


def _as_json(found: list[Inner]) -> Iterator[dict[str, object]]:
    for one in found:
        for notice in one.notices:
            yield {
                "on": notice.on,
                "step": notice.step,
                "unit": notice.unit,
                "obligation": notice.obligation,
                "recipients": [
                    {"role": reader.role, "address": reader.address} for reader in notice.recipients
                ],
            }


def _lines(found: list[Inner]) -> Iterator[str]:
    """For each report how many units each of its steps would be about."""
    for one in found:
        counts = Counter(notice.step for notice in one.notices)
        for step, words in _STEPS.items():
            if counts[step]:
                yield f"  {one.way.plan}/{one.way.key}　{words} {counts[step]} 家"
