"""The Chinese words that mails and papers share with terminal and pages."""

from models.entry import Via
from models.obligation import Role, Stage

ROLES = {Role.LEAD: "牵头", Role.RESPONSIBLE: "责任"}

STAGES = {
    Stage.ASSIGNED: "已交办",
    Stage.ACKNOWLEDGED: "已签收",
    Stage.REPORTED: "已反馈",
    Stage.COMPLETED: "已办结",
    Stage.RETURNED: "已退办",
    Stage.ACCEPTED: "已认可",
    Stage.CLOSED_OUT: "已销号",
    Stage.DECLINED: "退件待定",
    Stage.SUSPENDED: "已暂缓",
    Stage.REASSIGNED: "已转办",
    Stage.WITHDRAWN: "已撤销",
}

WAYS = {
    Via.COMMAND: "登记",
    Via.MAIL: "邮件",
    Via.PAGE: "页面",
    Via.OFFICE_PAGE: "专班页面",
    Via.SYSTEM: "系统",
}
"""How an entry came in."""
