"""Text of one width: every character stays at its place."""

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
    | {ord("｛"): "〔", ord("｝"): "〕", ord("\r"): "\n", 0x2028: "\n", 0x2029: "\n", 0x0B: "\n"}
    | {ord("﹐"): "，", ord("﹔"): "；", ord("∶"): "：", ord("﹕"): "：", ord("．"): "."}
)

OPEN = "（〔【［"
CLOSE = "）〕】］"


def normal(text: str) -> str:
    """The text with full-width punctuation and half-width digits; no length changes."""
    return text.translate(_FOLD)


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
