"""发布 in site.yaml: what is read, and every mistake at its line."""

from __future__ import annotations

import pytest

from generator.collection.destinations import check_destinations, read_destinations
from generator.yaml_source.reader import read

BLOCK = """\
发布:
  门户: {方式: sftp, 主机: www.example.gov.cn, 端口: 22, 用户: nianbao, 目录: /srv/nianbao, 保留: 3}
  机房: {方式: rsync, 主机: "10.0.0.8", 用户: nianbao, 目录: /srv/nianbao, 密钥文件: ~/.ssh/nianbao}
  本机: {方式: 目录, 目录: /srv/www/nianbao}
  存储: {方式: s3, 端点: "https://s3.example.gov.cn", 桶: nianbao, 前缀: nianbao/}
  上传包: {方式: zip, 目录: 上传}
  栏目: {方式: 片段, 目录: 片段, 缩进: 空格}
"""


def slips(text: str) -> list[tuple[int, str]]:
    node, _ = read(text.encode(), "site.yaml")
    return [(item.place.line, item.message.zh) for item in check_destinations(node, "site.yaml")]


def test_the_six_ways_are_read() -> None:
    found = read_destinations(read(BLOCK.encode(), "site.yaml")[0])
    assert [item.way for item in found] == ["sftp", "rsync", "目录", "s3", "zip", "片段"] and slips(BLOCK) == []
    assert found[0].number("保留", 5) == 3 and found[1].number("端口", 22) == 22 and found[2].text("网址") == ""
    assert read_destinations(read("网站名称: 示例\n".encode(), "site.yaml")[0]) == () and slips("发布: ~\n") == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("门户: {方式: ftp, 主机: a, 目录: b}", "“方式”是“ftp”；应为目录、rsync、sftp、s3、zip、片段之一"),
        ("门户: {主机: a, 目录: b}", "没有写“方式”"),
        ("门户: {方式: sftp, 目录: b}", "“门户”缺少“主机”"),
        ("门户: {方式: sftp, 主机: a, 目录: ~}", "“门户”缺少“目录”"),
        ("门户: {方式: 目录, 目录: a, 保存: 5}", "没有“保存”这一项；是不是“保留”？"),
        ("门户: {方式: 目录, 目录: a, 保留: 0}", "应为1到1000的整数"),
        ("门户: {方式: sftp, 主机: a, 目录: b, 端口: 70000}", "应为1到65535的整数"),
        ("门户: {方式: sftp, 主机: -oProxyCommand=x, 目录: b}", "不像主机名"),
        ("门户: {方式: 片段, 目录: a, 缩进: 两格}", "只能是样式或空格"),
        ("门户: {方式: 目录, 目录: [a, b]}", "应是一个值"),
        ("门户: www", "应写成"),
        ("门 户/x: {方式: 目录, 目录: a}", "目标名称"),
    ],
)
def test_a_mistake_is_reported_at_its_line(line: str, said: str) -> None:
    found = slips(f"网站名称: 示例\n发布:\n  {line}\n")
    assert any(at == 3 and said in text for at, text in found), found


@pytest.mark.parametrize(
    "pair",
    [
        "密码: 示例",
        "口令: 示例",
        "password: 示例",
        "私钥: 示例",
        "密钥: 示例",
        "secret_access_key: 示例",
        "网址: https://yonghu:mima@www.example.gov.cn/",
        "用户: yonghu:mima@www.example.gov.cn",
        'token: "示例"',
    ],
)
def test_a_secret_is_refused_whatever_it_is_called(pair: str) -> None:
    ((line, text),) = slips(f"发布:\n  门户: {{方式: sftp, 主机: a, 目录: b, {pair}}}\n")
    assert line == 2 and "像是密码或密钥" in text


def test_the_block_itself_must_be_a_mapping() -> None:
    assert slips("发布: [a]\n") == [(1, "“发布”下面应是“名称: {方式: …}”")]
