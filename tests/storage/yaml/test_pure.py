# mypy: allow-untyped-calls
"""The reader that stands in for ``ryaml``: the same values, the same refusals, the same faults for people."""

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
import ryaml
from hypothesis import given
from hypothesis import strategies as st

from mizuho_pdca.storage.yaml import pure as yaml_pure
from mizuho_pdca.storage.yaml import reading as yaml_reading
from mizuho_pdca.storage.yaml.marks import diagnose
from mizuho_pdca.storage.yaml.reading import Unreadable, parse

ROOT = Path(__file__).parents[3]
VALUES = [
    "0o17", "0x1f", "-0x1f", "0b11", "010", "00", "-0", "+12", "1_000", "0o8", "1e3", "1E+5", "1.0", "1.", ".5", "01.5",
    "1e400", "1e", ".", "-3", "yes", "on", "~", "null", "NULL", "nULL", "True", "tRUE", "12:30", "1:30:20",
    "2024-06-12", "2024-06-12T09:00:00+09:00", ".inf", "-.INF", "+.inf", ".nan", "-.nan", "nan", "inf", "'1'", '"1"',
    "'it''s'", "", "=",
    "x # y", "x#y", "x\ty", "'x\ty'", "x\t# y", "x\t\n   y", "|\n   x\t\n   \ty\n", ">\n   x\n   y\n", "|+\n   x\n\n",
    "[x, y,]", "[x,\ty]", "{x: 1, y}", '{"x":1}', "{x:1}", "[x?y, http://z]", "[{}, []]", "[x y: z]", "'x\u2028y'",
    '"\\u3042\\t\\x41\\/"', '"x\\\n   y"', '"x\n\n   y"', "&x 1", "&x [*x]", "*x", "*要", "&要 1", "<<", "{<<: {a: 1}}",
    "18446744073709551615", "18446744073709551616", "-9223372036854775809", "9" * 50, "9" * 5000, "x: y", "'x' y",
    '"\\q"', '"\\ud800"',
    "%x", "@x", "`x`", "- x", "!x", "? x", "{x:}", "[x", "x]", "{x: 1, x: 2}", "{1: x, 0x1: y}", "{0.0: 1, -0.0: 2}",
    "{1: x, 1.0: y, true: z}", "{[x]: y}", "{~: 1, null: 2}", "|x\n   y", "|0\n   y", "\ufeffx", "'x\n--- y'", "：x",
    "\tx",
]  # fmt: skip
"""What may stand behind a key, right or wrong."""

KEYS = ["a", "b", "a b", '"a"', "1", "01", "1.5", "true", "~", "0x1", "<<", "? a\n", "[a]", "a\t", "名"]
SLIPS = [
    "\n---\n",
    "\n...\n",
    "\nc",
    "\n\t\n",
    "\n  \td: 1",
    "\n\td: 1",
    "\n e: 1",
    "\n# c",
    "\n\t# c",
    "\n]",
    "\r\n",
    "\u2028",
]
LINES = st.lists(
    st.tuples(st.sampled_from(["", "", "", "- ", "  ", "-\t"]), st.sampled_from(KEYS), st.sampled_from(VALUES)),
    min_size=1,
    max_size=4,
)


def document(lines, slip, at):
    """Return the text of pairs, with a slip behind one of them."""
    pairs = [f"{begin}{key}: {value}" for begin, key, value in lines]
    pairs[at % len(pairs)] += slip
    return "\n".join(pairs)


def both(text):
    """Return what the two readers make of a text: data, shown with its types, or None where they refuse it."""
    return [read(text.encode(), loads) for loads in (ryaml.loads, yaml_pure.loads)]


def read(raw, loads):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_reading, "loads", loads)
        try:
            return repr(parse(raw))
        except Unreadable:
            return None


@given(LINES, st.sampled_from(["", *SLIPS]), st.integers(0, 3))
def test_both_readers_give_the_same_values_and_refuse_the_same(lines, slip, at):
    fast, slow = both(document(lines, slip, at))
    assert slow == fast


@pytest.mark.parametrize("value", VALUES)
def test_every_value_is_read_alike(value):
    fast, slow = both(f"a: {value}\nb: 1\n")
    assert slow == fast


def faults(raw, loads):
    """Return the problems of a file as people see them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_reading, "loads", loads)
        try:
            parse(raw)
        except Unreadable as exc:
            problems = diagnose("file.yaml", raw, str(exc))
            return [(problem.fault, problem.line, problem.column, problem.width) for problem in problems]
    return []


@pytest.mark.slow
@pytest.mark.parametrize(
    "path", sorted(path for path in (ROOT / "tests" / "gallery").rglob("*.yaml")), ids=lambda path: path.parent.name
)
def test_every_file_of_the_gallery_has_the_same_faults(path):
    raw = path.read_bytes()
    assert faults(raw, yaml_pure.loads) == faults(raw, ryaml.loads)


BOMB = "a: &a [x]\n" + "".join(f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in pairwise("abcdefghi"))


@pytest.mark.parametrize("text", [
    "", "# c", "~", "x", "[" * 128 + "]" * 128, "[" * 129 + "]" * 129, "a: " + "[" * 5000, BOMB,
    "%YAML 1.1\n---\na: yes",
    "%YAML 1.3\n---\na: 1", "%YAML 2.0\n---\na: 1", "%FOO\n---\na: 1", "a: 1\n---\n", "a: 1\n... b", "---\na: 1\n...\n",
    "\t# c\na: 1", '"a\nb": 1', "key" + "x" * 1100 + ": 1", "\ufeff\ufeffa: 1", "a: &x 1\nb: &x 2\nc: *x", "a: 1\x00",
    "a: &x {k: 1}\nb: {<<: *x, c: 2}", "a: &x [1]\nb: [" + "*x, " * 700 + "]", "- - a\n  - b\n-\n  c: d\n",
    "a: |\n \n\n  x\n", "a: |\n  \n x\n", "a: |\n  x\u2028  y\n\u2029  z\nb: 1\n", "a: >\n  x\n\u2028",
    "a: 1\n\ufeff\n", "a: 1\n\ufeffb: 1", "a: |\n     \n  x\n", "a: x\r\n  y\tz\r\n",
    "a: x\n  \t\nb: >-\t# c\n  y\tz\n", "a: >-\n \t x\n  y", "? a\n: x\n  \td: 1", "a:\tx\ty \t# c\n",
    "{a: :b}", "{: a}", "{? : a}",
    "a: x\n  \ty\n \n\tz\n", "a: x\u2028  y\n \t\n  z\n", "sch\u2028ema: 1",
])  # fmt: skip
def test_whole_documents_are_read_alike(text):
    fast, slow = both(text)
    assert slow == fast


PROGRAM = """
import sys
if sys.argv[1] == "without":
    sys.modules["ryaml"] = None
from mizuho_pdca.cli.main import main
from mizuho_pdca.storage.yaml import reading as yaml_reading
codes = [main(command.split()) for command in ("validate", "validate -f json", "review 2024", "review 2024 -f json")]
print(codes)
print(yaml_reading.loads.__module__.split(".")[0], file=sys.stderr)
"""


@pytest.mark.slow
def test_without_ryaml_the_sample_is_validated_and_reviewed_to_the_same_bytes():
    run = [
        subprocess.run([sys.executable, "-c", PROGRAM, how], capture_output=True, check=True, cwd=ROOT)
        for how in ("with", "without")
    ]
    assert [done.stderr.decode().split()[-1] for done in run] == ["ryaml", "mizuho_pdca"]
    assert run[0].stdout == run[1].stdout
    assert b"[0, 0, 0, 0]" in run[1].stdout
