"""Text of one width: every character stays at its place."""

import re

_FOLD = (
    {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B))}
    | dict(
        zip(
            map(ord, "(),;:[]{}＜＞<>｡､／・"),
            map(ord, "（），；：〔〕〔〕〈〉〈〉。、/·"),
            strict=True,
        )
    )
    | {0x3000: " ", 0xA0: " ", 0xFEFF: " ", 0x200B: " ", ord("［"): "〔", ord("］"): "〕"}
    | dict(zip(map(ord, "﹝﹞〖〗"), "〔〕【】", strict=True))
    | dict.fromkeys((*range(0x2000, 0x200B), 0x202F, 0x205F), " ")
    | {
        0x2329: "〈",
        0x232A: "〉",
        ord("｛"): "〔",
        ord("｝"): "〕",
        ord("\r"): "\n",
        0x2028: "\n",
        0x2029: "\n",
        0x0B: "\n",
    }
    | {ord("﹐"): "，", ord("﹔"): "；", ord("∶"): "：", ord("﹕"): "：", ord("．"): "."}
)

_ANGLED = re.compile(
    r"(?<=[\u4e00-\u9fff])(?:〈([^〈〉《》。；]{1,12})〉(?=[\u4e00-\u9fff、，；。）\n]|$)|《([省市州盟区县旗乡镇街道场、]{1,10})》)"
)
"""Brackets inside a name that stands in brackets itself: 各县〈市、区〉人民政府."""

OPEN = "（〔【［"
CLOSE = "）〕】］"


def normal(text: str) -> str:
    """The text with full-width punctuation and half-width digits; no length changes."""
    return _ANGLED.sub(lambda found: f"（{found[1] or found[2]}）", text.translate(_FOLD))


def partners(text: str) -> dict[int, int]:
    """Where each bracket's other half stands, both ways; brackets of every kind count alike."""
    opened: list[int] = []
    pairs: dict[int, int] = {}
    for at, sign in enumerate(text):
        if sign in OPEN:
            opened.append(at)
        elif sign in CLOSE and opened:
            pairs[at] = opened.pop()
            pairs[pairs[at]] = at
    return pairs
