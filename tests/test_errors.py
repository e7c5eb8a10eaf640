import errno

import pytest

from mizuho_pdca.errors import EnvironmentFault, PdcaError, Refused, UsageFault, os_reason
from mizuho_pdca.language import translator
from mizuho_pdca.message import Message, message


@pytest.mark.parametrize(("kind", "code"), [(PdcaError, 1), (UsageFault, 2), (Refused, 3), (EnvironmentFault, 4)])
def test_every_kind_of_error_has_its_exit_code(kind, code):
    assert kind("x").exit_code == code
    assert issubclass(kind, PdcaError)


def test_an_error_says_what_is_wrong_and_what_to_do():
    error = UsageFault('there is no "{target}"', target="9", remedy=message("try {other}", other="1"))
    assert error.text(str) == 'Error: there is no "9"\n  Remedy: try 1'
    assert str(error) == 'there is no "{target}"'


def test_an_error_without_a_remedy_is_one_line():
    assert Refused("closed").text(str) == "Error: closed"


def test_the_remedy_is_japanese_for_japanese_readers():
    assert "\n  対処: " in UsageFault("x", remedy=message("y")).text(translator("ja"))


@pytest.mark.parametrize(
    "number",
    [
        errno.EACCES,
        errno.EPERM,
        errno.EROFS,
        errno.ENOENT,
        errno.ENOTDIR,
        errno.EISDIR,
        errno.ENOSPC,
        errno.ENAMETOOLONG,
        errno.ELOOP,
    ],
)
def test_usual_reasons_of_the_system_have_words_of_our_own(number):
    reason = os_reason(OSError(number, "system's words"))
    assert isinstance(reason, Message)
    assert not reason.text(translator("ja")).isascii()


def test_other_reasons_are_handed_on():
    assert os_reason(OSError(errno.EIO, "Input/output error")) == "Input/output error"
    assert os_reason(OSError("no number")) == "no number"
