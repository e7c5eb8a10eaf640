"""What the keys of the plan's file and of the entries' files are called, for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mizuho_pdca.domain.plan.families import FAMILIES
from mizuho_pdca.domain.records.kinds import KINDS as ENTRY_KINDS
from mizuho_pdca.message import N_
from mizuho_pdca.papers.words import AGGREGATES, DIRECTIONS, HALVES, KINDS, METHODS, PROVISIONAL

NESTED = ""

WORDS: Mapping[str, str] = {
    "plan": NESTED,
    "scheme": NESTED,
    "scheme_revisions": N_("revisions of the scheme"),
    "policies": N_("policy"),
    "measures": N_("measure"),
    "submeasures": N_("submeasure"),
    "initiatives": N_("initiative"),
    "indicators": N_("indicator"),
    "Header.id": N_("plan's id"),
    "title": N_("title"),
    "edition": N_("edition"),
    "municipality": N_("municipality"),
    "Header.code": N_("code of the municipality"),
    "office": N_("office"),
    "language": N_("language of papers"),
    "period": NESTED,
    "Period.since": N_("first year of the period"),
    "Period.until": N_("last year of the period"),
    "timezone": N_("time zone"),
    "Header.year": NESTED,
    "starts": N_("first month of a year"),
    "vision": N_("vision"),
    "council": N_("council"),
    "meetings": N_("the day of the meeting"),
    "Council.place": N_("place of the meeting"),
    "agenda": N_("agenda"),
    "given_members": N_("members of the council"),
    "role": N_("role"),
    "related": N_("related plans"),
    "relation": N_("relation"),
    "levels": N_("names of the levels"),
    "revisions": N_("revisions of the plan"),
    "decision": N_("decision"),
    "statuses": N_("statuses"),
    "directions": N_("future directions"),
    "responses": N_("states of a response"),
    "rate": N_("levels that are rated"),
    "evaluators": N_("evaluators"),
    "scale": NESTED,
    "ranks": N_("ranks"),
    "states": N_("ratings without a rank"),
    "at_least": N_("lower bound (%)"),
    "near": N_("rate that counts as nearly met (%)"),
    "pending": N_("still to come"),
    "name": N_("name"),
    "definition": N_("definition"),
    "aliases": N_("other words for it"),
    "reading": N_("reading in kana"),
    "since": N_("first year in force"),
    "until": N_("last year in force"),
    "label": N_("printed number"),
    "labels": N_("printed numbers by year"),
    "superseded_by": N_("succeeded by"),
    "relisted_from": N_("Relisted from"),
    "given_department": N_("department"),
    "given_partners": N_("partners"),
    "tags": N_("tags"),
    "schedule": N_("schedule"),
    "owner": NESTED,
    "section": N_("section"),
    "person": N_("person in charge"),
    "phone": N_("telephone"),
    "summary": N_("outline"),
    "source": N_("source"),
    "unit": N_("unit"),
    "Indicator.kind": N_("kind of indicator"),
    "Indicator.direction": N_("direction of change"),
    "method": N_("method"),
    "aggregate": N_("aggregate"),
    "baseline": NESTED,
    "value": N_("baseline"),
    "Baseline.year": N_("fiscal year of the baseline"),
    "Baseline.source": N_("source of the baseline"),
    "targets": N_("target"),
    "revised_targets": N_("revised targets"),
    "tolerance": N_("tolerance"),
    "words": N_("words for the steps"),
    "decimals": N_("decimals in print"),
    "total": N_("target of the plan as a whole"),
    "history": N_("value before the plan"),
    "every": N_("years between surveys"),
    "surveyed": N_("years of the survey"),
    "headline": N_("headline indicator"),
    "relisted_indicators": N_("indicators listed again"),
    "family": N_("family of indicators"),
    "WordedTarget.text": N_("target in words"),
    "WordedTarget.at_least": N_("at least"),
    "at_most": N_("at most"),
    "WordedTarget.since": N_("lowest value"),
    "WordedTarget.until": N_("highest value"),
    "yes": N_("word for yes"),
    "no": N_("word for no"),
    "note": N_("note"),
    "given_adoption": N_("adoption"),
    "kind": N_("kind of entry"),
    "id": N_("entry's name"),
    "target": N_("number"),
    "date": N_("date"),
    "by": N_("recorded by"),
    "recorded": N_("time of recording"),
    "sample": N_("sample"),
    "supersedes": N_("entry corrected"),
    "via": N_("how it came in"),
    "digest": N_("digest of the file"),
    "reason": N_("reason"),
    "year": N_("the fiscal year"),
    "missing": N_("reason for no value"),
    **{f"{kind.shape.__name__}.{field.key}": field.words for kind in ENTRY_KINDS.values() for field in kind.fields},
}
"""What the keys of the files of plan and entries are called; ``Shape.key`` where a key means something else there.

An empty word where the keys of the value have their own.
"""

CHOICES: Mapping[str, Mapping[Any, str]] = {
    "language": {"ja": N_("Japanese"), "en": N_("English")},
    "relation": {"parent": N_("plan above it"), "sibling": N_("plan beside it"), "related": N_("related plan")},
    "Indicator.kind": KINDS,
    "Indicator.direction": DIRECTIONS,
    "method": METHODS,
    "aggregate": AGGREGATES,
    "half": HALVES,
    "rate": {
        "initiative": N_("initiative"),
        "submeasure": N_("submeasure"),
        "measure": N_("measure"),
        "policy": N_("policy"),
        "plan": N_("whole plan"),
    },
    "family": {code: family.name for code, family in FAMILIES.items()},
    "given_adoption": {True: N_("adopted"), False: N_("not adopted")},
    "headline": {True: N_("yes"), False: N_("no")},
    "provisional": PROVISIONAL,
    "pending": {True: N_("yes"), False: N_("no")},
    "via": {"form": N_("from a form"), "import": N_("from a table")},
    "sample": {True: N_("sample"), False: N_("no sample")},
}
"""What the values of a key are called that may hold only some."""


def word_of(shape: type, key: str) -> str:
    """Return what a key of a shape is called, empty where the keys of its value have their own words."""
    return WORDS.get(f"{shape.__name__}.{key}") or WORDS[key]


def choices_of(shape: type, key: str) -> Mapping[Any, str]:
    """Return what the values of a key of a shape are called, nothing where it may hold any."""
    return CHOICES.get(f"{shape.__name__}.{key}") or CHOICES.get(key, {})
