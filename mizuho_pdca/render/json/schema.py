"""JSON Schemas of the files, for editors: made from the shapes that files are read by, with what each key means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from mizuho_pdca.domain.plan.plan import PLAN_SHAPE, Plan
from mizuho_pdca.domain.records.entries import ENTRY_SHAPE, WHOLE_PLAN, Evaluation
from mizuho_pdca.domain.records.kinds import KINDS, Kind
from mizuho_pdca.domain.schema.shapes import YEAR_KEY, Shape
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.keys import EXAMPLES, MEANINGS, vocabulary

if TYPE_CHECKING:
    from pydantic_core import core_schema

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Json = dict[str, Any]


def plan_schema(t: Translate) -> Json:
    """Return the schema of the plan's file."""
    return _described(PLAN_SHAPE, t(N_("The plan: plan/measures.yaml")), t)


def entry_schema(plan: Plan, t: Translate) -> Json:
    """Return the schema of an entry of any kind, with the words and the numbers of the plan."""
    schema = _described(ENTRY_SHAPE, t(N_("An entry: a file under records")), t)
    words = vocabulary(plan)
    for kind in KINDS.values():
        whole: Json = schema["$defs"][kind.shape.__name__]
        keys: Json = whole["properties"]
        whole |= {"if": _given("supersedes"), "then": _given("reason")}
        if kind.shape is Evaluation:
            whole["anyOf"] = [_given("rating"), *_said_as_a_whole(plan)]
        elif kind.keys("undone"):
            keys["supersedes"]["anyOf"] = [{"type": "null"}]
        keys["target"]["enum"] = [*_targets(plan, kind), *([WHOLE_PLAN] if kind.scope == "plan" else [])]
        for field in kind.fields:
            key = keys[field.key]
            key["description"] = t(field.words)
            if allowed := words.get(field.form):
                _only(key, allowed)
            if field.form in ("figures", "reasons"):
                key["propertyNames"] = {"enum": list(plan.indicators)}
    return schema


def _given(key: str) -> Json:
    """Return what holds where a key has a text."""
    return {"required": [key], "properties": {key: {"type": "string"}}}


def _said_as_a_whole(plan: Plan) -> Iterator[Json]:
    """Yield what holds where a text stands for a rating: of a policy or of the plan itself, not of an indicator."""
    wholes = [WHOLE_PLAN, *(place.id for place in plan.places.values() if place.level == 0)]
    for key in ("progress", "issues"):
        said = _given(key)
        said["properties"] |= {"target": {"enum": wholes}, "indicator": {"type": "null"}}
        yield said


def _targets(plan: Plan, kind: Kind) -> Iterator[str]:
    """Yield the numbers that an entry of a kind may be about: of no relisting."""
    for place in plan.places.values():
        if place.node.original_id is None and (place.is_initiative or kind.scope != "initiative"):
            yield place.id


class _Keyed(GenerateJsonSchema):
    """Keys that are fiscal years are texts in JSON."""

    def dict_schema(self, schema: core_schema.DictSchema) -> Json:
        made = super().dict_schema(schema)
        if self.generate_inner(schema["keys_schema"]).get("type") == "integer":
            made["propertyNames"] = {"pattern": f"^({YEAR_KEY})$"}
        if "patternProperties" in made:
            made["additionalProperties"] = False
        return made


def _described(shape: TypeAdapter[Any], title: str, t: Translate) -> Json:
    made = shape.json_schema(schema_generator=_Keyed)
    shapes = {one.__name__: one for one in _shapes(Shape)}
    whole = {made["title"]: made} if "properties" in made else {}
    for name, part in {**whole, **made["$defs"]}.items():
        part.pop("description", None)
        part.pop("title", None)
        for key, value in part["properties"].items():
            _describe(value, key, _meaning(shapes[name], key), t)
    return {"$schema": DIALECT, **made, "title": title}


def _describe(value: Json, key: str, meaning: str | None, t: Translate) -> None:
    """Say what a key means, in place of what pydantic makes of its name."""
    for made in ("title", "default", "description"):
        value.pop(made, None)
    if meaning is not None:
        value["description"] = t(meaning)
    if key in EXAMPLES:
        value["examples"] = list(EXAMPLES[key])


def _meaning(shape: type[Shape], key: str) -> str | None:
    """Return what is said of a key in its shape, in one that the shape is made from, or anywhere."""
    named = (f"{one.__name__}.{key}" for one in shape.__mro__)
    return next((MEANINGS[name] for name in (*named, key) if name in MEANINGS), None)


def _only(key: Json, words: Mapping[str, str]) -> None:
    """Let a key hold some words alone; where it may be empty too, it still may."""
    is_optional = any(one == {"type": "null"} for one in key.pop("anyOf", ()))
    key.pop("pattern", None)
    key.pop("type", None)
    key["enum"] = [*words, *([None] if is_optional else [])]
    key["enumDescriptions"] = [*words.values(), *([""] if is_optional else [])]


def _shapes(base: type[Shape]) -> Iterator[type[Shape]]:
    for shape in base.__subclasses__():
        yield shape
        yield from _shapes(shape)
