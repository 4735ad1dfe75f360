"""Checks what the narrative must cover: the parts of the overview, problems and improvements, article 50's demands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.collection.context import Context
from generator.finding import Finding, Level, Message, counted
from generator.forms.sections import SectionForm
from generator.narrative.markdown_notes import Section
from generator.narrative.prompt import PROMPT
from generator.report.entry import LoadedReport
from generator.report.section_forms import section_forms
from generator.rules.rule import Rule, at_line

_OVERVIEW, _PROBLEMS = "总体情况", "问题"
_TOPICS = (
    ("主动公开", ("主动公开", "主动向社会公开")),
    ("依申请公开", ("申请",)),
    ("政府信息管理", ("信息管理", "审查", "审核", "规范性文件", "属性")),
    ("平台建设", ("平台", "网站", "新媒体", "公众号", "专栏")),
    ("监督保障", ("监督", "考核", "培训", "保障", "评议", "检查")),
)
_EVALUATIONS = (("工作考核", ("考核", "考评")), ("社会评议", ("评议",)), ("责任追究结果", ("追究", "追责", "问责")))
_TROUBLE = re.compile("问题|不足|差距|薄弱|短板|不够|有待|困难")
_MENDING = re.compile("改进|措施|下一步|整改|加强|提升|完善|今后|将")
_NOTHING = re.compile(r"(?:无|没有|暂无|不存在(?:问题)?)[。．.]?")


def _section(entry: LoadedReport, word: str) -> tuple[Section | None, str]:
    """Finds the section whose title holds `word`, or that stands in place of the one whose official title does and is
    no other statutory section; returns it and its words, without spaces."""
    sections, forms = entry.prose.sections, entry.report.form.sections
    for number, section in enumerate(sections, 1):
        if word in section.title:
            return section, _words(entry, number)
    for number, (section, form) in enumerate(zip(sections, section_forms(entry), strict=True), 1):
        if form is not None and word in form.title and not _statutory(section.title, forms):
            return section, _words(entry, number)
    return None, ""


def _words(entry: LoadedReport, number: int) -> str:
    return "".join(entry.plain.sections.get(number, "").split())


def _statutory(title: str, forms: Sequence[SectionForm]) -> bool:
    """Tells whether a title is an official one, whatever its number."""
    return any(form.title.partition("、")[2] in title for form in forms)


def _lacking(words: str, topics: tuple[tuple[str, tuple[str, ...]], ...]) -> list[str]:
    return [name for name, usual in topics if not any(word in words for word in usual)]


def overview(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """总体情况应说到五个方面：主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障，“不能遗漏，也不宜泛化”。
    以各方面的常用词判断，提到即可。适用于2019年度起的报告。改法：补写缺少的方面；确无的也写明。
    错：总体情况只写主动公开、依申请公开两段。
    对：再写政府信息管理、政府信息公开平台建设、监督保障各一段。
    依据：国办公开办函〔2021〕30号。
    ---
    The overview covers five topics: proactive disclosure, disclosure on request, management of information, platforms,
    supervision; judged by their usual words. Write about the missing ones, or that there was nothing.
    Wrong: paragraphs on two of them. Right: one on each."""
    section, words = _section(entry, _OVERVIEW)
    if section is None or not words or entry.ref.year < 2019:
        return
    lacking = _lacking(words, _TOPICS)
    if lacking:
        names = "、".join(lacking)
        message = Message(
            f"总体情况没有说到：{names}；请补写", f"the overview does not mention {', '.join(lacking)}; add it"
        )
        yield at_line(entry, "report.md", section.line, 1, "NAR-SEC1-COV", Level.WARNING, message, names)


def problems(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """“存在的主要问题及改进情况”不能空、不能只写“无”，也不宜过短（不足60字），要既说问题又说改进。改法：补写。
    依据：《条例》第五十条第（四）项；国办公开办函〔2021〕30号把“敷衍塞责”列为应追究的情形。
    ---
    The section on problems and improvements is neither empty nor just “none”, has 60 characters or more, and names
    both (Regulations, article 50 (4))."""
    section, words = _section(entry, _PROBLEMS)
    if section is None or entry.ref.year < 2019 or words.startswith(PROMPT):
        return
    if not words or _NOTHING.fullmatch(words):
        zh, en, subject = "没有内容", "is empty", "空"
    elif len(words) < 60:
        zh, en, subject = f"只有{len(words)}字，太短", f"has only {counted(len(words), 'character')}", "太短"
    elif not _TROUBLE.search(words):
        zh, en, subject = "没有说存在的问题", "names no problem", "问题"
    elif not _MENDING.search(words):
        zh, en, subject = "没有说改进情况或措施", "names no improvement", "改进"
    else:
        return
    message = Message(f"“{section.title}”{zh}，请补写", f"the section on problems {en}; please complete it")
    yield at_line(entry, "report.md", section.line, 1, "NAR-SEC5", Level.WARNING, message, subject)


_NAMED = re.compile("[一二三四五六七八九十]是([^。；]{6,60})")
_USUAL = re.compile(
    "(?:政府|政务)?信息公开|公开(?:工作)?|工作|还?(?:不够|不足|有待|需要?|存在|仍|较)"
    "|(?:进一步)?(?:加强|提升|提高|完善)|[，、的]"
)


def unanswered(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """上一年报告在“存在的主要问题”里说的问题（“一是……；二是……”），本年报告一个也没有再提到：提示交代改进得怎样。
    任一问题里有四个字在本年报告里出现，就算说到了。改法：写明上年问题的改进情况。
    依据：《条例》第五十条第（四）项“存在的主要问题及改进情况”。
    ---
    This year's report mentions none of the problems that last year's named (一是…；二是…): a note to say what became of
    them. Four characters in common count as a mention (Regulations, article 50 (4))."""
    if context.previous is None or entry.ref.year < 2020:
        return
    section, _ = _section(entry, _PROBLEMS)
    _, before = _section(context.previous, _PROBLEMS)
    problems = _NAMED.findall(before.partition("改进")[0])
    pieces = [piece for problem in problems for piece in _USUAL.split(problem) if len(piece) > 3]
    if section is None or not pieces or any(_mentioned(piece, entry.plain.text) for piece in pieces):
        return
    problem = next(problem for problem in problems if pieces[0] in problem)
    year = context.previous.ref.year
    message = Message(
        f"上一年报告说的问题（如“{problem}”）本年没有再提到；请交代改进情况",
        f"the problems last year's report named (such as “{problem}”) are not mentioned; say what became of them",
    )
    yield at_line(entry, "report.md", section.line, 1, "NAR-ANSWER", Level.NOTE, message, f"{year}年的问题")


def _mentioned(piece: str, text: str) -> bool:
    return any(piece[at : at + 4] in text for at in range(len(piece) - 3))


def evaluation(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """各级人民政府（不含部门）的报告应说到工作考核、社会评议、责任追究结果；没有的也写明。
    机关是否政府看 organs.yaml 的名称。
    改法：在总体情况的监督保障部分或第五部分补写一句。依据：《条例》第五十条第一款第（四）项。
    错：（五）监督保障情况。开展培训2次。
    对：（五）监督保障情况。开展培训2次，纳入年度考核，组织社会评议，没有责任追究的情形。
    ---
    A government's report (not a department's) gives the results of work assessment, public review and accountability
    (Regulations, article 50 (4)). Add a sentence, even if there was none.
    Right: 纳入年度考核，组织社会评议，没有责任追究的情形."""
    organ = context.organ_of(entry.ref)
    if organ is None or not organ.name.endswith("人民政府") or entry.ref.year < 2019:
        return
    lacking = _lacking(entry.plain.text[: entry.plain.narrative], _EVALUATIONS)
    if lacking:
        section, _ = _section(entry, _OVERVIEW)
        line, column = (section.line, 1) if section else (0, 0)
        names = "、".join(lacking)
        message = Message(
            f"政府的年度报告还应说到：{names}（《条例》第五十条第（四）项）；没有的也请写明",
            f"a government's report must also mention {', '.join(lacking)} (Regulations, article 50 (4))",
        )
        yield at_line(entry, "report.md", line, column, "NAR-GOV50", Level.WARNING, message, names)


def length(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """总体情况的篇幅。上级有字数要求时在 site.yaml 写“规则设置: {总体情况字数: 1000}”；不写不查。改法：精简。
    依据：各地编制通知（如武政办发〔2025〕54号“原则上不超过一千字”）。
    ---
    The overview's length, where 规则设置 → 总体情况字数 sets a limit. Shorten it."""
    limit = context.option("总体情况字数", 0)
    if limit <= 0:
        return
    section, words = _section(entry, _OVERVIEW)
    if section and limit < len(words):
        message = Message(
            f"总体情况有{len(words)}字，超过规定的{limit:g}字；请压缩",
            f"the overview has {counted(len(words), 'character')}, over the limit of {limit:g}; shorten it",
        )
        yield at_line(entry, "report.md", section.line, 1, "NAR-LEN", Level.NOTE, message, "总体情况", str(len(words)))


RULES = (
    Rule("NAR-SEC1-COV", overview),
    Rule("NAR-SEC5", problems),
    Rule("NAR-ANSWER", unanswered),
    Rule("NAR-GOV50", evaluation),
    Rule("NAR-LEN", length),
)
