"""What the keys of the plan's and the entries' files mean, in a sentence each: for editors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.plan.scheme import Coded, Scale, Scheme, SchemeRevision
from mizuho_pdca.domain.records.kinds import Form
from mizuho_pdca.message import N_

MEANINGS: Mapping[str, str] = {
    "schema": N_("The version of the file's form. Always 1."),
    "id": N_("The number or name, which never changes and is never used again."),
    "Recorded.id": N_("The entry's name, as in the file's name: its date and six characters."),
    "kind": N_("What kind of entry this is."),
    "Indicator.kind": N_(
        "output: what is done; outcome: what comes of it; input: money and people; context: what surrounds the plan."
    ),
    "target": N_("The number of what the entry is about, as in the folder's name."),
    "date": N_("The day, as 2024-06-12."),
    "by": N_("Who recorded it."),
    "recorded": N_("When it was recorded, with the time zone."),
    "via": N_("By what it came: form or import."),
    "digest": N_("The digest of the file that it came with."),
    "sample": N_("true marks an invented entry."),
    "supersedes": N_("The name of the entry whose place this one takes."),
    "reason": N_("Why an entry is corrected or taken back."),
    "fiscal_year": N_("The fiscal year that it is about, as in the folder's name."),
    "plan": N_("What the plan says of itself."),
    "scheme": N_("What the plan is judged by: statuses, scale, directions."),
    "scheme_revisions": N_("Parts of the scheme that are others from a fiscal year on."),
    "policies": N_("The policies, with everything below them."),
    "measures": N_("The measures below it."),
    "submeasures": N_("The submeasures below it."),
    "initiatives": N_("The initiatives below it."),
    "indicators": N_("The indicators that measure it."),
    "title": N_("The title, as printed."),
    "name": N_("The name, as printed."),
    "edition": N_("The edition of the plan, such as a draft."),
    "municipality": N_("Whose plan it is."),
    "office": N_("The office that keeps the plan."),
    "language": N_("The language of papers: ja or en."),
    "period": N_("The first and the last fiscal year."),
    "vision": N_("What the plan wants to reach."),
    "council": N_("The body with which the plan is evaluated every year."),
    "meetings": N_("The day of the meeting, by the fiscal year that it reviews."),
    "Council.place": N_("Where the council meets; printed on the cover of its papers."),
    "agenda": N_("What the meeting is about, in order; printed on the cover of its papers."),
    "members": N_("The council's members, each as a text or as name and role; printed on the cover of its papers."),
    "role": N_("As what a member takes part."),
    "related": N_("Plans above this one or beside it."),
    "relation": N_("parent: above this plan; sibling: beside it; related: otherwise tied to it."),
    "levels": N_("What the levels of the plan are called, from the top."),
    "revisions": N_("Revisions of the plan."),
    "decision": N_("By what the revision was decided."),
    "timezone": N_("The time zone of the plan's days."),
    "year": N_("The fiscal year."),
    "Header.year": N_("With which month the plan's years begin."),
    "starts": N_("The month: 4 for fiscal years, 1 for calendar years."),
    "from": N_("The first fiscal year for which it holds."),
    "until": N_("The last fiscal year for which it holds."),
    "summary": N_("In a few words."),
    "source": N_("Where it comes from."),
    "note": N_("A remark."),
    "statuses": N_("The statuses: all seven codes, each with the plan's own name, or none."),
    "scale": N_("The ratings; without it nothing is rated."),
    "Evaluator.scale": N_("The ratings of an evaluator who has others than the plan's."),
    "ranks": N_("The ranks, the best first."),
    "states": N_("Ratings that are no rank."),
    "at_least": N_("From which printed rate on, in percent; the last has none, nor has any where people alone rate."),
    "near": N_("From which printed rate on an unmet target counts as nearly met, in percent."),
    "rate": N_("The levels at which a rating is expected."),
    "evaluators": N_("Who rates: the office itself, the council; the first one counts."),
    "directions": N_("The future directions."),
    "missing": N_("The reasons why there is no figure."),
    "pending": N_("true: the figure is still to come."),
    "responses": N_("The states of a response to an opinion."),
    "code": N_("What files hold."),
    "definition": N_("What it means."),
    "aliases": N_("What else people may type for it."),
    "reading": N_("In kana, to be found by."),
    "label": N_("The printed number, where it differs from the id."),
    "labels": N_("Printed numbers that change with the years."),
    "superseded_by": N_("The numbers of what goes on with it when it has ended."),
    "relisted_from": N_("The number of the original, where an initiative is listed again."),
    "department": N_("The department, the main one first; it may be given by fiscal year."),
    "partners": N_("Who takes part; it may be given by fiscal year."),
    "tags": N_("Words to pick and count by; what lies below has them too."),
    "schedule": N_("What is planned for each fiscal year."),
    "owner": N_("Whom the office asks; printed on papers of the office alone."),
    "section": N_("The section."),
    "person": N_("The person in charge."),
    "phone": N_("The telephone number, in quotes."),
    "unit": N_("The unit."),
    "direction": N_("Whether the value is to increase, decrease or stay; none: it is only watched."),
    "method": N_("How the rate is reckoned."),
    "aggregate": N_("How a year's value comes from its entries."),
    "baseline": N_("The value before the plan."),
    "value": N_("The value, in the indicator's unit."),
    "targets": N_("The targets by fiscal year."),
    "revised_targets": N_("Targets that take the place of those of the same years."),
    "text": N_("The target in words."),
    "Opinion.text": N_("What was said."),
    "Response.text": N_("The response."),
    "WordedTarget.at_least": N_("The lowest value that meets it."),
    "at_most": N_("The highest value that meets it."),
    "WordedTarget.from": N_("The lowest value of the range."),
    "to": N_("The highest value of the range."),
    "total": N_("Targets of the plan as a whole, by fiscal year, for what its years add up to."),
    "history": N_("Values from before the plan, by fiscal year: shown, never counted."),
    "every": N_("How many years lie between two surveys."),
    "surveyed": N_("The fiscal years of the survey."),
    "headline": N_("true marks what the plan puts first."),
    "family": N_("What such indicators of several plans are called in common."),
    "relisted_indicators": N_("Ids of indicators of other places that are shown here again."),
    "as_of": N_("Of when the figures are, as it is printed."),
    "provisional": N_("true marks first figures that may still change."),
    "tolerance": N_("How far the value may be from the target."),
    "words": N_("What yes and no are called, or the steps from the first to the last."),
    "yes": N_("What yes is called."),
    "no": N_("What no is called."),
    "decimals": N_("How many decimals are printed, from 0 to 6."),
    "adopted": N_("Whether the town has adopted it, or from which fiscal year on."),
}
"""A sentence by key; one with the name of a shape before it holds in that shape, and those made from it, alone."""

EXAMPLES: Mapping[str, Sequence[object]] = {
    "date": ("2024-06-12",),
    "recorded": ("2024-06-13T10:22:00+09:00",),
    "fiscal_year": (2024,),
    "by": ("産業課",),
    "period": ({"from": 2022, "until": 2031},),
    "meetings": ({"2024": "2025-08-28"},),
    "members": (["委員A", "委員B"], [{"name": "委員A", "role": "会長"}]),
    "targets": ({"2024": 60, "2031": 120}, {"every_year": 500}, {"2026": {"text": "維持", "at_least": 50}}),
    "baseline": ({"year": 2021, "value": 40, "source": "第2章3(2)"},),
    "department": ("産業課", {"2022": "産業課", "2026": ["商工観光課", "企画課"]}),
    "adopted": (True, 2025),
}
"""Values that show how a key is filled."""


def vocabulary(plan: Plan) -> Mapping[Form, Mapping[str, str]]:
    """Return the words that entries of any year may hold, by what a key holds, each with what it means."""
    schemes: tuple[Scheme | SchemeRevision, ...] = (plan.scheme, *plan.file.scheme_revisions)
    return {
        "status": _words(one.statuses for one in schemes),
        "rating": _words(None if scale is None else scale.ratings for one in schemes for scale in _scales(one)),
        "direction": _words(one.directions for one in schemes),
        "answer": _words(one.responses for one in schemes),
        "evaluator": _words(one.evaluators for one in schemes),
        "indicator": {slug: indicator.name for slug, (indicator, _) in plan.indicators.items()},
    }


def _scales(scheme: Scheme | SchemeRevision) -> Iterator[Scale | None]:
    """Yield the scale of a scheme, and those that its evaluators have of their own."""
    yield from (one.scale for one in (scheme, *(scheme.evaluators or ())))


def _words(lists: Iterable[Sequence[Coded] | None]) -> dict[str, str]:
    """Return codes and names, each with its name and its definition."""
    return {
        word: ": ".join(filter(None, (term.name, term.definition)))
        for terms in lists
        for term in terms or ()
        for word in (term.code, term.name)
    }
