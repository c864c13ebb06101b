"""A plan as an import writes it, and how a merged one is looked at."""

from typing import Any

import yaml

from duban.importer.merge.again import Merged
from duban.importer.merge.lock import lock_of

FRESH = """\
# yaml-language-server: $schema=../schema/plan.schema.json
id: example
title: 甲水市优化营商环境工作方案
issuer: 甲水市人民政府
period:
  first: 2026-01-01
  last: 2026-12-31
status: issued

duties:
  - number: "1"
    title: 压减办理时限
    section: 一、主要任务
    # 市财政局：原文“财政局”（承前省略）
    # 文件未写牵头单位；建议（待确认）：市数据局
    units: [市数据局, 市财政局]
    source:
      place: 序号1
      line: 10
      text: 市数据局、财政局

  - number: "2"
    title: 公布收费清单
    section: 一、主要任务
    units: [市财政局, 各县区]
    targets:
      - text: 减少收费10项以上
        value: 10
    source: {place: 序号2, line: 11, text: 市财政局、各县区}

  - number: "3"
    title: 开展企业评价
    section: 一、主要任务
    units: [市统计局]
    source: {place: 序号3, line: 12, text: 市统计局}

obligations:
  - key: report
    kind: report
    title: 报送工作总结
    who: [各县区]
    due: {rule: year-end, year: 2026}
    source: {place: 三, line: 20, text: 年底前报送}

# 文件没有说定、须由办公室决定的事；answer 空着即尚未决定。
questions:
  - about: plan  # 问题1
    question: 由哪个机构统筹协调，请确认。
  - about: "2"  # 问题2
    question: “各县区”包括哪些单位，文件没有列名。
    proposal: 在 units.yaml 的 groups 中列出成员。
"""
LOCK = lock_of(FRESH)


def load(text: str) -> Any:
    return yaml.load(text, Loader=yaml.CSafeLoader)


def changed(text: str, *replacements: tuple[str, str]) -> str:
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def kinds(merged: Merged) -> list[tuple[str, str, str]]:
    return [(str(each.kind), each.where, each.field) for each in merged.changes]
