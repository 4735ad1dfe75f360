"""Writes the first files of a content folder: site.yaml and organs.yaml, with what to fill in explained beside it."""

from __future__ import annotations

import os
from pathlib import Path

from generator.collection.safe_files import safe_id, write_bytes
from generator.drafts.tables_yaml import word
from generator.finding import Message, UserError

_SITE = """\
# 门户和栏目的身份。~ 表示尚不知道：页面上不出现，正式发布前必须填好。
网站名称: {name}
栏目名称: 政府信息公开年报
栏目说明: {name}及所属机关的政府信息公开工作年度报告，含全文、法定统计表和可下载的数据。
栏目关键词: 政府信息公开,年度报告
栏目类别: 信息公开年报
# 门户的域名，如 www.example.gov.cn
域名: {domain}
# 栏目的正式网址，末尾带斜杠；还不知道的留 ~
网址: ~
门户首页: ~
主办单位: {name}
联系: {{单位: ~, 地址: ~, 邮编: ~, 电话: ~, 邮箱: ~}}
# 这一年及以前的报告是已公开的历史记录：空白等瑕疵作提示，不作错误。没有的留 ~
历史年度截至: ~

# 问门户运维方
网站标识码: ~
ICP备案号: ~
公安备案号: ~

# 左侧导航，名称和次序由国办公开办函〔2019〕61号定；网址未填的显示为文字，不可点
导航:
  - {{名称: 政府信息公开指南, 网址: ~}}
  - {{名称: 政府信息公开制度, 网址: ~}}
  - {{名称: 法定主动公开内容, 网址: ~}}
  - {{名称: 政府信息公开年报, 本栏目: 是}}
  - {{名称: 依申请公开, 网址: ~}}
面包屑:
  - {{名称: 首页, 网址: ~}}
  - {{名称: 政府信息公开, 网址: ~}}
"""

_ORGANS = """\
# 报告机关登记。编号是文件夹名和网址的一部分（小写字母、数字、连字符），定了不改；名称用全称。
# 起、止：机关存续的年度，未知留 ~。改了名而编号不变的，名称写新的，再写“曾用名: {{某区旧局: 2018}}”（用到的年度）。
# 下级机关的“上级”写上级的编号，如：
#  - {{编号: minzhengju, 名称: 某区民政局, 简称: 区民政局, 层级: 部门, 上级: {organ}, 起: ~, 止: ~}}
机关:
  - {{编号: {organ}, 名称: {name}, 简称: {name}, 层级: ~, 上级: ~, 统一社会信用代码: ~, 起: ~, 止: ~}}
# 某一年没有报告的，写明原因：
# 未报告:
#  - {{年度: 2025, 机关: minzhengju, 原因: 当年新设}}
"""


def start_content(folder: Path, organ: str, name: str, domain: str) -> tuple[Path, ...]:
    """Writes site.yaml and organs.yaml into a folder for one organ, and returns their paths. Raises UserError for an id
    that cannot be a folder's name, an empty name, and where one of the files is there: nothing is ever overwritten."""
    if not safe_id(organ):
        raise UserError(
            Message(
                f"机关编号“{organ}”只能用小写字母、数字和连字符，如 boshan",
                f"organ id “{organ}”: lower-case letters, digits and hyphens only, such as boshan",
            )
        )
    if not name.strip():
        raise UserError(
            Message("机关的全称是空的，请写在 --name 后面", "no name of the office: write it behind --name")
        )
    values = {"name": word(name), "domain": word(domain) if domain else "~", "organ": organ}
    files = {folder / "site.yaml": _SITE.format(**values), folder / "organs.yaml": _ORGANS.format(**values)}
    there = [path for path in files if os.path.lexists(path)]
    if there:
        raise UserError(
            Message(
                f"“{there[0]}”已经有了，没有动；要另建的，用 --content 写别的文件夹",
                f"“{there[0]}” exists already and was left alone; name another folder with --content",
            )
        )
    folder.mkdir(parents=True, exist_ok=True)
    for path, text in files.items():
        write_bytes(path, text.encode())
    return tuple(files)
