"""``python -m flows.once daily [2024-10-21]``: one run in this process; its outcome as JSON.

``{"summary": …}``, or ``{"error": [class, message, hint]}`` for an error that is expected.
"""

import asyncio
import json
import sys
from datetime import date
from typing import Any

from prefect import tags

from duban.errors import DubanError
from duban.service.runs import Unfinished
from flows.collation import collation
from flows.daily import daily
from flows.deliver import deliver
from flows.intake import intake
from flows.session import session
from flows.weekly import weekly

FLOWS = {
    "daily": daily,
    "deliver": deliver,
    "weekly": weekly,
    "intake": intake,
    "collation": collation,
}


async def run_once(name: str, as_of: date | None) -> dict[str, Any]:
    """Run one flow now; its counts, whether or not it left work undone."""
    try:
        async with session():
            with tags("duban", name):
                counts: Any = await FLOWS[name](as_of)
                return dict(counts)
    except Unfinished as left:
        return left.summary._asdict()


def main() -> None:
    """Run the flow that the arguments name and print what came of it."""
    name, *days = sys.argv[1:]
    as_of = date.fromisoformat(days[0]) if days else None
    try:
        told: dict[str, Any] = {"summary": asyncio.run(run_once(name, as_of))}
    except DubanError as error:
        told = {"error": [type(error).__name__, error.message, error.hint]}
    print(json.dumps(told, ensure_ascii=False))


if __name__ == "__main__":
    main()
