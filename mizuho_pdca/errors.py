"""What can stop a command: every class owns its message and its exit code."""

from __future__ import annotations

import errno

from mizuho_pdca.message import N_, Message, Translate, Value, message


class PdcaError(Exception):
    """A reason to stop that a person can do something about.

    ``msgid`` and ``values`` make the message, ``remedy`` says what to do; both are translated
    by the boundary that prints them.
    """

    exit_code: int = 1

    def __init__(self, msgid: str, /, *, remedy: Message | None = None, **values: Value) -> None:
        """Take the msgid, what to do about it, and the values of the msgid by name."""
        super().__init__(msgid)
        self.message = message(msgid, **values)
        self.remedy = remedy

    def text(self, t: Translate) -> str:
        """Return what a person reads: what is wrong, and what to do about it."""
        lines = [t(N_("Error: {message}")).format(message=self.message.text(t))]
        if self.remedy is not None:
            lines.append(t(N_("  Remedy: {remedy}")).format(remedy=self.remedy.text(t)))
        return "\n".join(lines)


def os_reason(exc: OSError) -> Value:
    """Return why the operating system refused, in the project's words where there are some."""
    known = _OS_REASONS.get(exc.errno or 0)
    return str(exc.strerror or exc) if known is None else message(known)


_OS_REASONS = {
    errno.EACCES: N_("no permission"),
    errno.EPERM: N_("no permission"),
    errno.EROFS: N_("the disk is read-only"),
    errno.ENOENT: N_("there is no such file or folder"),
    errno.ENOTDIR: N_("a part of the path is no folder"),
    errno.EISDIR: N_("it is a folder"),
    errno.EINVAL: N_("it is no ordinary file"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EDQUOT: N_("the disk is full"),
    errno.EFBIG: N_("it is too large"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.ELOOP: N_("symbolic links lead in a circle"),
}


class UsageFault(PdcaError):
    """The command was typed in a way that it can't be carried out."""

    exit_code = 2


class Refused(PdcaError):
    """The command would lose or forge data, or the year is closed."""

    exit_code = 3


class EnvironmentFault(PdcaError):
    """Git, the disk, a permission or an installed package is not as needed."""

    exit_code = 4
