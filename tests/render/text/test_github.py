# mypy: allow-untyped-calls
import re

import pytest

from mizuho_pdca.domain.schema.faults import Fault, Problem
from mizuho_pdca.render.text.github import commands

STATUS = Fault("E204", values={"value": "実施", "choices": ["未着手", "実施中"]}, guess="実施中")
ENTRY = "records/2024/1-1-2-1/2024-06-12-k7x3q9.yaml"


def parsed(line):
    """Read a line as the runner does: command, properties, message; each unescaped."""
    match = re.fullmatch(r"::(\w+) ([^:]*)::(.*)", line)
    assert match is not None, line
    pairs = (pair.split("=", 1) for pair in match[2].split(","))
    return match[1], {key: unescaped(value) for key, value in pairs}, unescaped(match[3])


def unescaped(text):
    for code, sign in {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}.items():
        text = text.replace(code, sign)
    return text


def test_an_error_is_a_command_with_place_code_message_and_remedy():
    assert commands([Problem(STATUS, ENTRY, 6, 9)], "", str) == (
        f'::error file={ENTRY},line=6,col=9,title=E204::status "実施" is not one of 未着手, 実施中'
        "%0ARemedy: Write 実施中.\n"
    )


def test_a_note_is_a_warning():
    assert commands([Problem(Fault("W402"), "records/note.txt")], "", str).startswith(
        "::warning file=records/note.txt,"
    )


def test_a_problem_without_a_line_names_the_file_alone():
    line = commands([Problem(Fault("W402"), "records/note.txt")], "", str)
    assert parsed(line.rstrip("\n"))[1] == {"file": "records/note.txt", "title": "W402"}


def test_a_file_is_named_from_the_root_of_the_repository():
    line = commands([Problem(STATUS, ENTRY, 6, 9)], "町/計画/", str)
    assert parsed(line.rstrip("\n"))[1]["file"] == f"町/計画/{ENTRY}"


def test_nothing_wrong_is_nothing_said():
    assert commands([], "", str) == ""


HOSTILE = [
    "\n::set-output name=x::y",
    "\r::error::x",
    "\r\n::stop-commands::token",
    "%0A::add-mask::x",
    "%250A::warning::x",
    "::error file=a,line=1::x",
    ",title=forged::x",
    "\x85::debug::x",
    "\u2028::debug::x",
    "\v::debug::x\x1b[2J",
    "##[error]x",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_and_no_name_of_a_file_begins_a_command(text):
    fault = Fault("E204", values={"value": text, "choices": [text]}, guess=text)
    drawn = commands([Problem(fault, f"records/{text}.yaml", 6, 9), Problem(Fault("W402"), text)], f"{text}/", str)
    lines = drawn.splitlines()
    assert drawn.count("\n") == len(lines) == 2
    shown = re.sub("[\x85\u2028\v\x1b]", lambda sign: f"<U+{ord(sign[0]):04X}>", text)
    kind, properties, words = parsed(lines[0])
    assert kind == "error"
    assert properties == {"file": f"{shown}/records/{shown}.yaml", "line": "6", "col": "9", "title": "E204"}
    assert words == f'status "{shown}" is not one of {shown}\nRemedy: Write {shown}.'
    assert parsed(lines[1])[1] == {"file": f"{shown}/{shown}", "title": "W402"}
