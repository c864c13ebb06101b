"""The words that stand around units in a list: roles, posts and persons, noise; each list once."""

import re

from models.draft import Part

_LEAD = r"(?:共同|联合|负责|总)?牵头|主办|抓总"
_SUPPORTING = r"配合|参与|参加|协办|协同|协助|协作|支持|(?<![社委协])会办(?!公)"
_RESPONSIBLE = r"负责(?!人|同志|领导)|承办(?!人)|实施|落实|承担|完成"
_LEADS = rf"(?:{_LEAD}|主责|主要责任|第一责任)(?:责任|负责|落实)?"
_SUPPORTS = rf"(?:{_SUPPORTING})(?:责任|落实)?"
_RESPONSIBLES = rf"(?:(?:直接|共同)?责任|{_RESPONSIBLE}|主管)(?:落实)?"
_LABELS = rf"(?P<lead>{_LEADS})|(?P<supporting>{_SUPPORTS})|(?P<responsible>{_RESPONSIBLES})"
_LEVEL = r"(?:[中省市州盟区县旗乡镇]级|[省市州盟区县旗]直)"
_PLACE = r"(?:街道|[省市州盟地区县旗镇乡街村])"
_ONE_BODY = (
    rf"(?:{_LEVEL}|国家|地方|行政|业务|行业|主管|相关|有关|成员)*"
    r"(?:单位|部门|主体|机构|组织|地区|地方|企业|公司|院校|学校|方(?![式面案法])"
    r"|[司厅委部]局|委办局?|局办|[处科股部]室|站所|街道|社区|园区|开发区|平台"
    rf"|{_PLACE}(?:[、（(]*{_PLACE}[）)]?)+|[县市州村](?![级直长委]))"
)
BODY = rf"{_ONE_BODY}(?:[、和及与/]?{_ONE_BODY}|[（(]{_ONE_BODY}[）)])*"
"""The kind of body that a role falls to: 单位, 司局, 县（市、区）, 市级部门, 部门（单位）."""

LEAD_LABEL = rf"(?:{_LEADS})(?:{BODY})"
SUPPORTING_LABEL = rf"(?:{_SUPPORTS})(?:{BODY})"
RESPONSIBLE_LABEL = rf"(?:{_RESPONSIBLES})(?:{BODY})"
ROLE_LABEL = rf"{_LEVEL}?(?:{LEAD_LABEL}|{SUPPORTING_LABEL}|{RESPONSIBLE_LABEL})"
"""A role and the bodies that have it, as columns and labels are called: 责任县市, 协办司局."""

LABEL = re.compile(rf"{_LEVEL}?(?:{_LABELS})(?:{BODY})(?:及分工)?\s*[：:]\s*")
BARE_LABEL = re.compile(rf"(?:{_LABELS})(?:{BODY})(?=[】）〕\s]|为(?!牵头)|是)(?:为|是)?")
NO_PART_LABEL = (
    r"(?:督导|督办|督查|督促|验收|考核|考评|监督|指导|对口|上级|填报|填表|制表|来文|交办|移交|提出|编制|审核)"
    rf"(?:责任|指导)?(?:{BODY})"
)
"""Bodies that have no part in the work themselves: 验收单位, 省级对口部门."""
OTHER_LABEL = re.compile(
    rf"(?:{NO_PART_LABEL}|"
    r"(?:责任|分管|牵头|包抓|包联|联系|挂联|主管|督办|[省市州区县])(?:负责|责任|市|县|区)?领导|责任人|联系人|联系电话|联系方式|完成时限|完成时间|完成期限|时限要求|时间要求"
    r"|时间节点|时限|期限|时间|进度|进度要求|目标|资金来源|资金渠道|备注|下一步)\s*[：:]\s*"
)
"""What a label such as 完成时限： brings is no unit."""

_DUTY = (
    r"(?:按照?|依据?|根据|结合|依照)(?:照|据)?[\u4e00-\u9fff]{0,6}?"
    r"(?:职责|职能|职权|权限|业务|任务|分工|责任|原则|要求|规定|隶属关系)"
)
VERB = re.compile(
    r"(?:(?:分别|各自|具体|主要|主体|属地|直接|全面|共同|合力|协力|一并|持续|长期|积极|统筹|深入|抓好|同步|全力|协调|(?:紧密)?结合(?:各自|自身|本地区?)?实际|因地制宜|依法)+(?:抓好)?)?"
    rf"(?:(?P<lead>(?:{_DUTY}(?:分工)?(?:分别|各自|共同)?)?(?:{_LEAD})|负总责|主责|为主(?!任))"
    rf"|(?P<supporting>(?:积极|协同|共同|按职责)?(?:{_SUPPORTING}))"
    rf"|(?P<responsible>{_DUTY}|(?:(?:分别|共同|分工|分级|具体|各自|按分工|协同|承担|组织)*(?:{_RESPONSIBLE}))"
    r"|(?:推进|推动|开展|办理|执行|组织(?:开展|推进|协调))(?!办(?!理|好)|(?:领导)?小组|专班|中心|委)|坚持|抓好|各负其责|各司其职"
    r"|(?:监督)?(?:指导|督促|督导)+(?:落实|实施|推进|执行)?(?=\s*(?:$|[、，；。）]))))"
)
ROLE_BRACKET = re.compile(
    rf"（(?:(?P<lead>(?:{_LEAD})(?:单位|部门|负责)?)|(?P<supporting>(?:{_SUPPORTING})(?:单位|部门)?)"
    rf"|(?P<responsible>(?:责任|{_RESPONSIBLE})(?:单位|部门)?))）$"
)
ROLE_AT_END = re.compile(
    rf"(?:{_LEAD}|{_SUPPORTING}|{_RESPONSIBLE}|会同|组织实施|职责分工)"
    r"(?:实施|落实|推进|抓好|完成|办理|开展|单位|部门|，下同|、下同)?"
    r"(?=\s*(?:$|[，、；。）〕】:：\s]|[0-9]))|职责|会同|牵头"
)
"""A role where a name or a list ends."""

FIRST_IS_LEAD = re.compile(
    r"(?:排|列)(?:名|序)?(?:在|于)?(?:的)?(?:首位|第一位?|第1位?|最前|前)[^，。；）〕】]{0,8}(?:为|是|系|即为)?(?:牵头|主办|主要责任|总牵头)"
    r"|(?:首个|第一个?|首位)(?:的)?(?:责任)?(?:单位|部门|位)?(?:均)?(?:为|是|系|即为)(?:牵头|主办|第一责任|总牵头)"
    r"|牵头(?:单位|部门)(?:均)?(?:为|是)?(?:排|列)(?:名|序)?(?:在|于)?(?:首位|第一)"
)
"""Words that make the first of a list its lead."""

_TITLE = (
    r"(?:(?:党组|党委|党工委|党总支|党支部|常务|第一|执行|分管|主管|联系)*副?(?:书记|主任|主席|局长|厅长|部长|司长|处长"
    r"|科长|省长|市长|区长|县长|旗长|盟长|州长|乡长|镇长|署长|行长|会长|院长|检察长|理事长|秘书长|董事长|总经理"
    r"|校长|园长|所长|站长|台长|社长|馆长|组长|(?:总|支|大|中)?队长|专员|巡视员|政委|总工程师|常委|委员))"
)
_HEAD = (
    r"(?:(?:党政|主要|分管|主管|相关|有关|具体|牵头|班子|党组|党委|领导|(?:分管|联系|包联|有关|相关)[省市州盟区县旗镇乡])*"
    r"(?:负责人|负责同志|领导同志|领导|同志|责任人|领导班子|一把手|班子成员|党组成员|联络员|联系人|经办人))"
)
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜"
    "戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段钱汤尹黎易常武乔贺赖龚×某"
)
POST = re.compile(rf"(?:{_TITLE}|{_HEAD}|×+)(?:[为是](?:第一|直接|主要)*责任人)?$")
"""A post at the end of a piece, or a masked name: 局长, 党组书记, 主要负责人, 分管市领导, ×××."""
PERSON = re.compile(rf"[{_SURNAMES}][\u4e00-\u9fff×]{{1,2}}$")
"""What may be a person's name at the end of a piece; only behind a unit or a post it is one."""

ASIDE = re.compile(
    r"^(?:以下|下列|上述|以上|各项|具体|其他|其余|本|此)[^、]{0,8}(?:任务|工作|措施|事项|各项|条款)|^(?:不再|下同|另)"
    r"|^(?:排名?|列)(?:序)?(?:在|于|为|第)?(?:首|第?一|最前)|^(?:首位|首个|第一)(?:位|个|责任)?(?:单位|部门)?(?:为|是|系)"
)
"""The beginning of a sentence about the document, which names no unit of the line."""

EVERY_ROW = re.compile(
    r"(?:(?:以下|下列|下述)[^。；]{0,12}?|(?:上述|以上|本方案|每项|各项|全部|所有)[^。；]{0,12}(?:任务|工作|措施|事项)[^。；]*?)"
    r"(?:均|都|皆|须由|需由)"
    r"|不再(?:单独|逐一|一一|逐项|重复|另行|分别)?(?:列出|列示|列入|标注|注明|列|写明|[做作]?分工)"
)
"""Words of a sentence that adds units to every row."""

NOISE = re.compile(
    r"^(?:下同|等.{0,8}(?:部门|单位|机构|企业)$|等$|会同|会商|联合|按|依|各自|分别|共同|具体|持续|长期|全年|年底|常态|适时|[0-9一二三四五六七八九十]+[月年日季、]"
    r"|[0-9]+年|每年|每月|每季|已完成|完成|排[名序在]|列[在第首]|第一|首位|牵头|负责|落实|不再|原则|—|-|－|/|[一二三四五六七八九十0-9]+$|\W+$)"
    r"|^(?:并|年内|持续|长期|继续|不断|统筹|有序|分步|分类|稳步|全面|扎实|加快|深入|积极|协同|协调|抓好|组织|认真|切实|贯彻|监督|做好|依法|同步|按时|力争|年内|确保)*"
    r"(?:推进|坚持|落实|负责|配合|开展|实施|推动|完成|以前|底前|前|列出|列示)$"
    r"|^(?:时限|时间|进度|工作|任务|具体|完成)*(?:要求|安排)$|^(?:牵头|责任|配合|参与|主办|协办)单位$"
)
"""What stands between units and is none: time limits, 持续推进, numbers, signs."""


def part_of(found: re.Match[str]) -> Part:
    """The part that a role word gives; the match has the groups lead and supporting."""
    if found["lead"]:
        return Part.LEAD
    return Part.SUPPORTING if found["supporting"] else Part.RESPONSIBLE
