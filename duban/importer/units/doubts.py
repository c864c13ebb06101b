"""What the compiler asks, in Chinese: one sentence per code."""

from models.document import Place
from models.draft import Doubt

MESSAGES = {
    "open-ended": "“{about}”没有列全，还包括哪些单位？",
    "no-prefix": "“{about}”没有写明哪一级，是哪个单位？",
    "prefix-from-level": "“{about}”前面没有可以沿用的层级，是否为本级的单位？",
    "prefix-after-break": "“{about}”与前一单位不是用顿号隔开，是否沿用前面的层级？",
    "prefix-after-other": "“{about}”前面是其他层级或垂直管理的单位，是否仍为本级的单位？",
    "prefix-of-party": "“{about}”前面不是党委部门，是否为党委的工作机构？",
    "prefix-of-organ": "“{about}”在不同地方可能属于党委，也可能属于政府，按哪一种写？",
    "prefix-of-group": "“{about}”前面是各地的单位，是否也是各地的？",
    "prefix-of-hall": "“{about}”没有写层级，是否加上前面单位的层级？",
    "prefix-of-enterprise": "“{about}”没有写全称，是哪一级的哪个单位？",
    "unknown-stem": "名称“{about}”不常见，是否写全、写对？",
    "shared-noun": "“{about}”省去了机构名称，是否与后面的单位共用？",
    "joint-office": "“{about}”是两家合设的一个机构，还是各有一个？",
    "topic-group": "“{about}”只写了部门类别，具体是哪些单位？",
    "bare-group": "“{about}”没有写明范围，具体是哪些单位？",
    "two-levels": "“{about}”写了两级，是哪一级的单位？",
    "misspelt": "“{about}”疑有错漏，是否应为建议的名称？",
    "missing-separator": "“{about}”与前一单位之间没有顿号，是否为两个单位？",
    "broken-name": "“{about}”中间有空格或换行，是否为一个单位？",
    "unbalanced-bracket": "“{about}”的括号不成对，请核对原文。",
    "through-head": "“{about}”写的是负责人，是否由其所在单位承担？",
    "person": "“{about}”是个人或职务，不是单位，由哪个单位承担？",
    "not-understood": "“{about}”看不出是哪个单位。",
    "dual-name": "“{about}”是一个单位两块牌子，还是两个单位？",
    "no-unit": "“{about}”中没有读出责任单位。",
}


def doubt(code: str, about: str, suggestion: str | None, place: Place) -> Doubt:
    """The question of that code about some words of the line at ``place``."""
    return Doubt(code, MESSAGES[code].format(about=about), suggestion, place, about)
