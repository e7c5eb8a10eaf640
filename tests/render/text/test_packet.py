# mypy: allow-untyped-calls
import pytest

from mizuho_pdca.domain.review.packet import Listed, Manifest, Origin, PlanName, Tool, Verification
from mizuho_pdca.language import translator
from mizuho_pdca.render.text.packet import verification_text

EN, JA = translator("en"), translator("ja")
COMMIT, NEWER = "0123456789abcdef" * 2 + "01234567", "f" * 40


def manifest(commit=COMMIT, *, dirty=False, version="1.0", **packages):
    return Manifest(
        schema="pdca.packet/1",
        plan=PlanName(id="trial", title="計画"),
        fiscal_year=2024,
        language="ja",
        sample=False,
        as_of=Origin(commit=commit, dirty=None if commit is None else dirty),
        tool=Tool(name="pdca", version=version, packages={"typst": "0.15"} | packages),
        files=(Listed(name="a.pdf", bytes=1, sha256="0"),),
    )


def said(states, found=None, expected=None, t=EN):
    return verification_text(Verification(states, found or manifest(), expected or manifest()), t).splitlines()


@pytest.mark.parametrize(
    ("commit", "dirty", "data"),
    [
        (COMMIT, False, "commit 0123456789ab"),
        (COMMIT, True, "commit 0123456789ab with changes since"),
        (None, False, "data without git"),
    ],
)
def test_a_packet_that_is_the_same_is_one_line_with_its_data(commit, dirty, data):
    both = manifest(commit, dirty=dirty)
    assert said({"a.pdf": "same", "b.csv": "same"}, both, both) == [f"All 2 files are what this data makes ({data})."]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("changed", "changed since it was made"),
        ("missing", "missing"),
        ("other", "made of other data, or by another version"),
        ("unlisted", "not of this packet"),
    ],
)
def test_a_file_that_is_not_as_made_is_named_alone(state, words):
    assert said({"a.pdf": state, "b.csv": "same"}) == [
        "These papers are not what this data makes:",
        f"  a.pdf: {words}",
    ]


def test_other_data_is_named_with_both_commits():
    lines = said({"a.pdf": "other"}, manifest(), manifest(NEWER, dirty=True))
    words = "They were made of commit 0123456789ab; the data here is commit ffffffffffff with changes since."
    again = "To hold them against the data that they were made of, add --as-of 0123456789ab."
    assert lines[2:] == [words, again]


def test_other_data_without_git_is_named_as_such():
    assert said({"a.pdf": "other"}, manifest(None))[2].startswith("They were made of data without git; ")


def test_another_version_is_named_with_what_changed_alone():
    lines = said({"a.pdf": "other"}, manifest(), manifest(version="1.1", xlsxwriter="3.2"))
    assert lines[2:] == [
        "They were made by another version of the program or of its packages:",
        "  pdca: 1.0 → 1.1",
        "  xlsxwriter: ? → 3.2",
    ]


def test_a_package_that_is_gone_is_named_as_well():
    lines = said({"a.pdf": "other"}, manifest(fonts="1"), manifest())
    assert lines[3:] == ["  fonts: 1 → ?"]


def test_reasons_are_given_only_where_there_is_a_difference():
    assert len(said({"a.pdf": "same"}, manifest(), manifest(NEWER, version="2"))) == 1


def test_it_speaks_japanese():
    (first, *_) = said({"a.pdf": "changed"}, t=JA)
    assert first == JA("These papers are not what this data makes:") != "These papers are not what this data makes:"
