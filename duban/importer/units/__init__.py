"""The compiler of responsibility lines: from 「市委组织部、编办，各镇街」 to units in full.

Pure, without a model. The grammar (docs/explanation/responsibility-lines.md tells what it means)::

    line      = [ open ] clause { ( "；" | "。" | break ) clause } [ close ]
    clause    = [ label ] list { separator list } [ noise ]
    label     = role ( "单位" | "部门" | "主体" ) [ "：" ]
    list      = unit { separator unit } [ "等" [ group ] ] [ part ]
    part      = "牵头" | "负责" | "配合" | "参与" | "协助" | "按职责分工负责" | ...
    separator = "、" | "，" | "；" | "/" | space | "和" | "及" | "与" | "以及" | "会同" | "联合"
    unit      = group | name [ "（" ( name { "、" name } | role | noise ) "）" ] [ post ] [ person ]
    name      = [ prefix ] stem | vertical | centre | own
    prefix    = [ place ] level [ "委" ] | "各"
    level     = "省" | "自治区" | "市" | "州" | "盟" | "区" | "县" | "旗" | "镇" | "乡"
    stem      = topic noun | a word of the vocabulary
    group     = ( "各" | "有关" | "相关" | level "级" | level "直" ) ... noun
    noun      = "局" | "厅" | "委" | "办" | "部" | "会" | "联" | "中心" | "政府" | ...

A stem without a prefix takes that of the unit before it. A separator inside a bracket, a
conjunction or a break inside a name, parts nothing.
"""
