"""Finds what was typed twice: a character where two words meet, or a word (NAR-DUPCHAR)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.collection.context import Context
from generator.finding import Finding, Level, Message
from generator.narrative.late_pattern import LatePattern
from generator.report.entry import LoadedReport
from generator.rules.rule import Rule
from generator.rules.text import at_word, listed, quote, some
from generator.rules.wording import instead


def doubled(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """重字：两词相连时多打的字，照字表；接连写了两遍的词（“进行进行”“政府信息政府信息”“2024年2024年”）。
    叠词（“研究研究”）、前一词止而后一词起的（“公开申请申请表”“财政预算预算公开”“人民政府政府信息”）不算。改法：删去多出的字。
    错：建设整体统一的的网站界面；对公开事项进行进行梳理。
    对：建设整体统一的网站界面；对公开事项进行梳理。
    ---
    A character typed twice where two words meet, from a list (共公共, 的的), or a word typed twice (进行进行);
    reduplications (研究研究) and a compound that begins with the word before it do not count. Delete the surplus one.
    Wrong: 统一的的界面. Right: 统一的界面."""
    return some(_doubled(entry, context))


_LONGEST = 8
_TWICE = re.compile(rf"(?=([\u4e00-\u9fff]{{2,{_LONGEST}}}|20[0-9]{{2}}年)\1)")
# said twice for a short while
_REDUPLICATED = frozenset(
    "研究 讨论 学习 商量 考虑 了解 锻炼 体验 帮助 比较 交流 沟通 协调 总结 梳理 琢磨 商榷".split()
)
# verbs behind which a compound may begin with the same word: 申请申请表, 公开公开率, 服务服务对象
_VERBS = frozenset(
    "公开 申请 服务 管理 监督 办理 培训 考核 评估 检查 审核 审查 发布 建设 宣传 咨询 投诉 收费 执法 监管 审批 备案"
    " 登记 采购 公示 反馈 答复 受理 举报 调查 评议 解读 报告 统计 保障 通过".split()
)
_COMPOUND = frozenset("对人者率表数栏员件量度费权期书机系平窗渠方制办条指目法会局处科室站点厅大中预决内范时专")
# what goes with 公开 to make a word of its own behind 信息公开: not 公开公开条例, 公开公开内容
_OF_DISCLOSURE = frozenset("率栏日平渠方量数度期权件事")
# what may follow a noun that ends one compound and begins the next: 行政许可许可事项, 财政预算预算公开
_SEAMS = {
    "许可": "事决证机结信服办",
    "处罚": "事决结信文种裁案",
    "预算": "公执编管",
    "决算": "公",
    "文件": "解库汇清",
    "网站": "首地名标群",
    "意见": "建征箱",
    "工作": "人者",
    "部门": "预决",
}
# a government's name before 政府信息: 示例区人民政府政府信息公开
_GOVERNMENT = LatePattern("(?:人民|[省市区县旗州盟镇乡]|[各本上下]级|地方)$")


def _doubled(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    text, listed_at = entry.plain.text, set()
    for at, item in listed(entry, context, "NAR-DUPCHAR"):
        listed_at |= {at, at + 1}
        yield instead(entry, at, item)
    last = 0
    for match in _TWICE.finditer(text, 0, entry.plain.narrative) if _may_repeat(text) else ():
        at, word = match.start(), match[1]
        if at < last:
            continue
        last = _end(text, at + 2 * len(word), len(word))
        turns = range(at, last - 2 * len(word) + 1)  # 务服 of 政务服务服务 is 服务 one character later
        if at not in listed_at and all(_is_slip(text, turn, len(word)) for turn in turns):
            message = Message(f"“{word}”接连写了两遍，请删去一个", f"“{word}” is written twice in a row; delete one")
            yield at_word(entry, at, "NAR-DUPCHAR", Level.WARNING, message, quote(text, at, at + 2 * len(word)))


def _may_repeat(text: str) -> bool:
    """Tells whether what `_TWICE` finds may stand in a text: where the text is laid over itself some characters further
    on, as many of them agree. It takes a third of the time that the pattern needs to find nothing."""
    data = text.replace("2020", "年").encode("utf-16-le", "surrogatepass")  # no word, but twice the same digits
    whole = int.from_bytes(data, "little")
    return any(
        bytes(2 * length) in (whole ^ (whole >> 16 * length)).to_bytes(len(data), "little")
        for length in range(2, _LONGEST + 1)
    )


def _end(text: str, end: int, length: int) -> int:
    """Returns where a repetition ends that goes on beyond `end`."""
    while end < len(text) and text[end] == text[end - length]:
        end += 1
    return end


def _is_slip(text: str, at: int, length: int) -> bool:
    """Tells whether a word was typed twice: it is no reduplication, and no compound begins with the second one."""
    word, end = text[at : at + length], at + 2 * length
    if len(set(word)) == 1 or word in _REDUPLICATED or word[0] in "一逐":
        return False
    if word == "政府":
        return _GOVERNMENT.search(text[max(0, at - 2) : at]) is None
    if text.startswith("条例", end):
        return True
    heads = _OF_DISCLOSURE if word == "公开" else _COMPOUND if word in _VERBS else _SEAMS.get(word, "")
    return text[end : end + 1] not in heads or end >= len(text)


RULES = (Rule("NAR-DUPCHAR", doubled),)
