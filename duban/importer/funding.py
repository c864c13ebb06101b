"""Funding channels: the cells 资金支出渠道, and what the prose says of where the money is from."""

import re

from duban.importer.plain import even

_SEPARATOR = re.compile(r"[、,;\n|/](?![^()]*\))")
_FUND = re.compile(
    r"(?:资金|基金|保障金|公益金|附加费?|经费|补助|补贴|预算|拨款|收入|专项|贷款|债券?|"
    r"投资|投入|自筹|捐赠|社会资本|金|费|财政)(?:\([^()]*\))?$"
)
_EMPTY = re.compile(r"^[\s\-/\\无否零.。—]*$|^(?:不需要?资金|无需资金|不涉及)$")
_PROSE = re.compile(
    r"(?:从|由|在|使用|列入|纳入|统筹(?:使用|用好)?)(?P<fund>[^,。;:、]{2,30}?(?:资金|基金|"
    r"保障金|公益金|经费|预算|专项)"
    r"(?:、[^,。;:、]{2,24}?(?:资金|基金|保障金|公益金|经费|预算|专项))*)(?:中|内|"
    r"里)?(?:予以|给予|统筹|按规定|据实)*"
    r"(?:列支|支出|解决|安排|保障|支付|开支|承担|(?<=预算)$|(?=[,。;]))"
)
_PAID = re.compile(r"(?:所需|相关|工作)?(?:资金|经费)[^。;]{0,8}$|列支|支出|解决|支付|开支")


def funding(text: str) -> tuple[str, ...]:
    """The channels of a cell 资金支出渠道, each once, in order; () for an empty cell.

    A word that a line end or a blank broke is joined again: 人力资源社会保障部 门相关资金.
    """
    if _EMPTY.match(even(text)):
        return ()
    channels: list[str] = []
    for piece in _pieces(text):
        channels += _joined(piece.split())
    return tuple(dict.fromkeys(channel for channel in channels if channel))


def funding_in_prose(text: str) -> tuple[str, ...]:
    """The channels that running text names: 所需资金从残疾人就业保障金中列支."""
    plain = even(text)
    found: list[str] = []
    for match in _PROSE.finditer(plain):
        around = plain[max(0, match.start() - 12) : match.end()]
        if _PAID.search(around) or "经费" in around[:12] or "资金" in around[:12]:
            words = text[slice(*match.span("fund"))]
            found += [part for part in re.split("[、和及]", words) if _FUND.search(even(part))]
    return tuple(dict.fromkeys(found))


def _pieces(text: str) -> list[str]:
    plain, begin = even(text.replace("\n", " ")), 0
    pieces = []
    for mark in _SEPARATOR.finditer(plain):
        pieces.append(text[begin : mark.start()])
        begin = mark.end()
    return [*pieces, text[begin:]]


def _joined(words: list[str]) -> list[str]:
    """The words of a piece, each that ends like no fund joined to the one after it."""
    channels: list[str] = []
    held = ""
    for word in words:
        held += word.strip("。.")
        if _FUND.search(even(held)):
            channels.append(held)
            held = ""
    if held:
        channels.append(held)
    return channels
