"""Which office coordinates a plan: a proposal from the text, never a fact."""

import re
from collections import Counter
from collections.abc import Sequence

from duban.importer.plain import even

_ORGAN = (
    r"(?:委员会办公室|委员会|办公室|领导小组|联席会议|指挥部|残工委|残联|专班|委|办|局|厅|"
    r"部)(?!员会|会|办|公室|室|门|署)"
)
_NAME = rf"(?P<who>(?:省|市|县|区|州|旗)[^,。;:、!?()（）《》□]{{0,24}}?{_ORGAN})"
_COORDINATES = re.compile(
    rf"(?:^|[,。;由])(?:请)?{_NAME}(?:要|应|须|将)?(?:切实|充分)?(?:做好|负责|加强|承担|"
    rf"发挥|牵头)?[^,。;]{{0,10}}?"
    r"(?:统筹协调|组织协调|综合协调|协调推进|牵头抓总|日常工作|统筹推进|总协调)"
)
_RECEIVES = re.compile(rf"(?:向|报送?至?|报给|送|报告){_NAME}(?=[报上备汇书集存。,;(]|$)")
_EVALUATES = re.compile(
    rf"(?:^|[,。;]){_NAME}(?:要|应|将|会同|负责|牵头)[^。;]{{0,60}}?(?:评估|督查|督办|考核|"
    rf"调度)"
)
_ABOVE = {"市": "省", "县": "省市", "区": "省市", "旗": "省市"}


def coordinator(lines: Sequence[str], jurisdiction: str | None) -> str | None:
    """The office that coordinates, or else receives the reports, or else evaluates; or None.

    Bodies above the jurisdiction are left out. Its office (…办公室) is preferred where it acts.
    """
    above = _ABOVE.get((jurisdiction or "")[-1:], "")
    text = "\n".join(even(line) for line in lines)
    for pattern in (_COORDINATES, _RECEIVES, _EVALUATES):
        names = Counter(
            match["who"]
            for match in pattern.finditer(text)
            if match["who"][0] not in above and not match["who"].startswith(("各", "市、", "县、"))
        )
        if names:
            name = names.most_common(1)[0][0]
            acts = re.search(rf"{re.escape(name)}办公室(?:要|应|将|负责|牵头|会同)", text)
            return f"{name}办公室" if acts else name
    return None
