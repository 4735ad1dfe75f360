"""Says in a sentence, in both languages, what the system refused."""

from __future__ import annotations

import errno

from generator.finding import Message

_CAUSES = {
    errno.ENOENT: Message("没有这个文件或文件夹", "no such file or folder"),
    errno.EACCES: Message("没有权限", "permission denied"),
    errno.EPERM: Message("没有权限", "permission denied"),
    errno.EROFS: Message("所在磁盘是只读的", "its disk is read-only"),
    errno.ENOSPC: Message("磁盘已满", "the disk is full"),
    errno.EDQUOT: Message("磁盘配额已用完", "the disk quota is used up"),
    errno.EFBIG: Message("文件超过了允许的大小（见 ulimit -f）", "the file is larger than allowed (see ulimit -f)"),
    errno.EIO: Message("磁盘出错，或写到了允许的大小（见 ulimit -f）", "the disk fails, or a limit of size is reached"),
    errno.EEXIST: Message("已经有同名的文件或文件夹", "there is a file or folder of this name already"),
    errno.ENOTDIR: Message("路径中有一段是文件，不是文件夹", "part of the path is a file, not a folder"),
    errno.EISDIR: Message("是文件夹，不是文件", "is a folder, not a file"),
    errno.ENOTSUP: Message("不是普通文件（是管道、设备之类）", "not a plain file (a pipe, a device …)"),
    errno.ENAMETOOLONG: Message("名称太长", "the name is too long"),
    errno.ELOOP: Message("符号链接绕成了圈", "symbolic links go round in a circle"),
    errno.EMFILE: Message("同时打开的文件太多（见 ulimit -n）", "too many open files (see ulimit -n)"),
    errno.ENFILE: Message("系统同时打开的文件太多", "too many open files in the system"),
    errno.EAGAIN: Message("系统没有余力再开进程，请加 --jobs 1", "the system allows no more processes: add --jobs 1"),
    errno.ENOMEM: Message("内存不足", "out of memory"),
    errno.EBUSY: Message("正被使用，换不动（可能是挂载点）", "in use and cannot be replaced (a mount point?)"),
}
# What Python says where no temporary folder can be written to; it names no file.
_NO_TEMPORARY = "No usable temporary directory"


def cause(error: OSError) -> Message:
    """Says why the system refused."""
    said = error.strerror or str(error)
    if said.startswith(_NO_TEMPORARY):
        return Message(
            "没有可写的临时文件夹：请清出空间，或用环境变量 TMPDIR 指明另一个",
            "no temporary folder can be written to: make room, or name another in the variable TMPDIR",
        )
    return _CAUSES.get(error.errno or 0, Message(said, said))


def sentence(error: OSError) -> Message:
    """Says what the system refused, and on which file."""
    why = cause(error)
    name = error.filename2 or error.filename or ""
    if not name:
        return Message(f"读写文件时出错：{why.zh}", f"cannot read or write a file: {why.en}")
    return Message(f"读写“{name}”时出错：{why.zh}", f"cannot read or write “{name}”: {why.en}")
