# mypy: allow-untyped-calls
"""Every key of the plan's file and of an entry's has its word."""

import typing

import pytest

from mizuho_pdca.domain.plan import indicator, plan, scheme
from mizuho_pdca.domain.plan.plan import Node, PlanFile
from mizuho_pdca.domain.records import entries
from mizuho_pdca.domain.records.entries import Recorded
from mizuho_pdca.domain.schema.shapes import InForce, Shape
from mizuho_pdca.papers.field_words import NESTED, WORDS, choices_of, word_of

SILENT = {"schema_version", "code"}


def shapes(annotation):
    found = set()
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        found.add(annotation)
        for field in annotation.model_fields.values():
            found |= shapes(field.annotation)
    for part in typing.get_args(annotation):
        found |= shapes(part)
    return found


SHAPES = sorted(shapes(PlanFile) | shapes(entries.Entry), key=lambda shape: shape.__name__)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_every_key_of_a_file_has_a_word(shape):
    for key in set(shape.model_fields) - SILENT:
        word = word_of(shape, key)
        assert (word == NESTED) <= bool(shapes(shape.model_fields[key].annotation)), key


def test_every_word_is_one_of_a_key():
    known = {name for shape in SHAPES for key in shape.model_fields for name in (key, f"{shape.__name__}.{key}")}
    assert set(WORDS) <= known


def test_every_shape_of_the_modules_is_one_of_a_file():
    known = {
        item
        for module in (plan, indicator, scheme, entries)
        for item in vars(module).values()
        if isinstance(item, type) and issubclass(item, Shape)
    }
    assert known - set(SHAPES) == {Shape, InForce, Node, Recorded, entries.OfYear}


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_every_choice_of_a_fixed_list_has_a_word(shape):
    for key, field in shape.model_fields.items():
        choices = typing.get_args(field.annotation) if typing.get_origin(field.annotation) is typing.Literal else ()
        if key not in SILENT and len(choices) > 1:
            assert set(choices_of(shape, key)) == set(choices), key
