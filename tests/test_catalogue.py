import ast
import re

import pytest
import typer
from typer.main import get_command

from mizuho_pdca.language import translator
from mizuho_pdca.message import Message
from scripts import catalogue

JAPANESE = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
HALF_WIDTH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff](?:[,?!;()]|\.(?![a-z]))|[,.?!;()][\u3040-\u30ff\u3400-\u9fff]")
WITHOUT_JAPANESE = {
    "{level} {count}",
    "{place}: {what}", "※ {note}", "{remedy}\n  {saved}",
    "en", "{date}", "URL", "ja|en", "{what} [{code}]", "plan's id", "{file}: {reason}",
    "{kind}: {what}", "{what}: {before} → {after}", "{year:s}",
}  # fmt: skip
"""Msgids whose translations need no Japanese character."""

PO = catalogue.PO.read_text(encoding="utf-8")
TRANSLATIONS = {str(text.id): str(text.string) for text in catalogue.read(PO) if text.id}


@pytest.fixture
def made(tmp_path, monkeypatch):
    """Let a catalogue of one text, made by ``update``, take the place of the committed one."""
    package = tmp_path / "package"
    package.mkdir()
    (package / "module.py").write_text('A = N_("{n} entries")\n', encoding="utf-8")
    monkeypatch.setattr(catalogue, "PACKAGE", package)
    monkeypatch.setattr(catalogue, "TYPERS_OWN", ())
    monkeypatch.setattr(catalogue, "PO", tmp_path / "ja" / "pdca.po")
    monkeypatch.setattr(catalogue, "MO", tmp_path / "ja" / "pdca.mo")
    catalogue.update()
    return package / "module.py"


def translate(old: str, new: str) -> None:
    po = catalogue.PO.read_text(encoding="utf-8")
    assert old in po
    catalogue.PO.write_text(po.replace(old, new), encoding="utf-8", newline="\n")
    catalogue.update()


# -- the committed catalogue ------------------------------------------------------------------


def test_the_committed_catalogue_is_whole():
    assert catalogue.check() == []


def test_every_text_can_be_printed_in_japanese():
    ja = translator("ja")
    assert all(Message(msgid, dict.fromkeys(catalogue.places(ja(msgid)), 2024)).text(ja) for msgid in TRANSLATIONS)


def test_a_year_in_a_text_is_printed_by_its_era():
    """``{year}年度`` would print 2024年度; only beside the era's year, in brackets, is that right."""
    assert [text for text in TRANSLATIONS.values() if re.search(r"(?<!（)\{\w+\}年度", text)] == []


def test_a_text_with_a_year_is_filled_in_by_a_message():
    """``str.format`` knows no ``{year:年度}``, and would raise."""
    dated = {msgid for msgid, text in TRANSLATIONS.items() if re.search(":(?:年度|R)}", text)}
    for path in sorted(catalogue.PACKAGE.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(source)):
            match node:
                case ast.Call(func=ast.Attribute(value=filled, attr="format")):
                    assert dated.isdisjoint(catalogue.marked(ast.unparse(filled))), path


def test_every_translation_is_japanese():
    assert {msgid for msgid, text in TRANSLATIONS.items() if not JAPANESE.search(text)} == WITHOUT_JAPANESE


def test_punctuation_beside_japanese_is_full_width():
    assert [text for text in TRANSLATIONS.values() if HALF_WIDTH.search(text)] == []


def test_what_typer_adds_is_translated_as_well():
    app = typer.Typer()
    app.command()(lambda: None)
    command = get_command(app)
    helps = {getattr(param, "help", None) for param in command.get_params(command.make_context("pdca", []))}
    assert helps == set(catalogue.TYPERS_OWN)


# -- the tool ---------------------------------------------------------------------------------


@pytest.mark.usefixtures("made")
def test_a_new_text_lacks_its_translation(capsys):
    assert catalogue.main(["check"]) == 1
    assert capsys.readouterr().out == "no translation: '{n} entries'\n"


@pytest.mark.usefixtures("made")
def test_a_translated_text_is_fine():
    translate('msgstr ""\n\n', 'msgstr "記録{n}件"\n\n')
    assert catalogue.main(["check"]) == 0


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize(
    ("translation", "fault"),
    [
        ("記録", "places [] instead of ['n']: '{n} entries'"),
        ("記録{m}件", "places ['m'] instead of ['n']: '{n} entries'"),
        ("記録{n件", "expected '}' before end of string: '記録{n件'"),
    ],
)
def test_the_places_of_a_translation_are_those_of_its_msgid(translation, fault):
    translate('msgstr ""\n\n', f'msgstr "{translation}"\n\n')
    assert catalogue.check() == [fault]


def test_a_reworded_text_keeps_its_translation_until_somebody_has_looked(made):
    translate('msgstr ""\n\n', 'msgstr "記録{n}件"\n\n')
    made.write_text('A = N_("{n} entries.")\n', encoding="utf-8")
    assert any("run `update`" in fault for fault in catalogue.check())
    assert catalogue.main(["update"]) == 0
    assert catalogue.check() == ["fuzzy, delete the mark if it is right: '{n} entries.'"]


def test_a_text_that_is_gone_leaves_the_catalogue(made):
    translate('msgstr ""\n\n', 'msgstr "記録{n}件"\n\n')
    made.write_text("", encoding="utf-8")
    catalogue.update()
    assert catalogue.check() == []
    assert "記録" not in catalogue.PO.read_text(encoding="utf-8")


@pytest.mark.usefixtures("made")
def test_what_is_translated_but_not_compiled_is_named():
    translate('msgstr ""\n\n', 'msgstr "記録{n}件"\n\n')
    catalogue.MO.unlink()
    assert catalogue.check() == ["pdca.mo is not what pdca.po compiles to: run `update`"]


@pytest.mark.usefixtures("made")
def test_a_second_update_changes_nothing():
    before = catalogue.PO.read_bytes(), catalogue.MO.read_bytes()
    catalogue.update()
    assert (catalogue.PO.read_bytes(), catalogue.MO.read_bytes()) == before


def test_texts_inside_other_expressions_are_found():
    assert list(catalogue.marked("f\"{t(N_('one'))}: {t(N_('two' ' three'))}\"; N_(name)")) == ["one", "two three"]
