"""The code book of the CSV files: what every column means, its unit and its vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.review.review import ReviewReport
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.words import AGGREGATES, DIRECTIONS, KINDS, activities_heading, level_words, print_rating
from mizuho_pdca.render.csv.table import Value, table

Words = Callable[[Plan, Translate], Sequence[str]]


@dataclass(frozen=True)
class Entry:
    """What a column means, in which unit, and which words it may hold; None where it is free."""

    meaning: str
    unit: str = ""
    words: Words | None = None


def _statuses(plan: Plan, _: Translate) -> Sequence[str]:
    return [status.name for status in plan.scheme.statuses]


def _ratings(plan: Plan, _: Translate) -> Sequence[str]:
    return [print_rating(plan, code) for code in plan.scheme.scale.codes]


def _directions(plan: Plan, _: Translate) -> Sequence[str]:
    return [direction.name for direction in plan.scheme.directions]


def _reasons(plan: Plan, _: Translate) -> Sequence[str]:
    return [reason.name for reason in plan.scheme.missing]


def _answers(plan: Plan, t: Translate) -> Sequence[str]:
    return [*(answer.name for answer in plan.scheme.responses), t(N_("not answered"))]


def _fixed(*msgids: str) -> Words:
    return lambda _, t: [t(msgid) for msgid in msgids]


_COUNT, _YEAR, _PERCENT, _OWN, _DAY = N_("count"), N_("year A.D."), "%", N_("unit of the indicator"), "YYYY-MM-DD"

_ENTRIES: Mapping[str, Entry] = {
    "Fiscal year": Entry(N_("The reviewed fiscal year, April to March, named by its first year."), _YEAR),
    "Sample": Entry(N_("Says that every entry is invented; the column is missing where they are real.")),
    "No.": Entry(N_("The printed number in the plan, written so that it can't become a date.")),
    "Title": Entry(N_("The title in the plan.")),
    "Listed": Entry(N_("Initiatives listed here, relistings included."), _COUNT),
    "Relisted": Entry(N_("Of them relistings, which count with their originals only."), _COUNT),
    "Distinct": Entry(N_("Listed less relisted."), _COUNT),
    "Not reported": Entry(N_("Initiatives without an entry in force in the year."), _COUNT),
    "Implementation rate": Entry(N_("In progress, done or completed, of all that are neither suspended nor ended.")),
    "Completion rate": Entry(N_("Done or completed, of all that are neither suspended nor ended.")),
    "Rating share of the best two ranks": Entry(N_("The best two ranks, of all that hold a rank.")),
    "Reporting rate": Entry(N_("Initiatives with an entry in the year, of all distinct ones.")),
    "Relisted from": Entry(N_("The number of the original; empty where the initiative is no relisting.")),
    "Department": Entry(N_("Who sees to it.")),
    "Partners": Entry(N_("With whom, as the plan says.")),
    "Status": Entry(N_("Where the initiative stands in the year."), words=_statuses),
    "Reported": Entry(N_("Whether there is an entry in the year."), words=_fixed(N_("reported"), N_("not reported"))),
    "Entries": Entry(N_("How many entries are in force in the year."), _COUNT),
    "Progress": Entry(N_("What the department says of the year as a whole.")),
    "Rating last year": Entry(N_("The rating of the year before.")),
    "Rating": Entry(N_("The rating of the year; empty until somebody gives one."), words=_ratings),
    "Suggested rating": Entry(N_("The rank that the figures suggest; nobody has given it."), words=_ratings),
    "Issues": Entry(N_("What stands in the way.")),
    "Future direction": Entry(N_("Where the initiative goes from here."), words=_directions),
    "Plans for the next year": Entry(N_("What the next year does.")),
    "Opinions": Entry(N_("What the council said of it, a line each.")),
    "Responses": Entry(N_("What became of the opinions, a line each.")),
    "Indicator id": Entry(N_("The indicator's name in the records.")),
    "Indicator": Entry(N_("What is measured; (draft) where the town has not adopted it.")),
    "Kind": Entry(N_("What the town does, or what comes of it."), words=_fixed(*KINDS.values())),
    "Unit": Entry(N_("In what it is counted.")),
    "Direction of change": Entry(N_("Which way is better."), words=_fixed(*DIRECTIONS.values())),
    "Method": Entry(N_("How the achievement is computed.")),
    "Aggregate": Entry(N_("How the entries of a year make its value."), words=_fixed(*AGGREGATES.values())),
    "Baseline": Entry(N_("The value before the plan."), _OWN),
    "Baseline: fiscal year": Entry(N_("The fiscal year of the baseline."), _YEAR),
    "Target": Entry(N_("The target of the year, else the next given one, else the last."), _OWN),
    "Target: fiscal year": Entry(N_("The fiscal year of that target."), _YEAR),
    "Guide": Entry(N_("The straight line between two given values in this year; no target."), _OWN),
    "Last year": Entry(N_("The actual of the year before."), _OWN),
    "This year": Entry(N_("The actual of the year; empty is not zero."), _OWN),
    "Reason for no value": Entry(N_("Why there is no actual."), words=_reasons),
    "Partly unknown": Entry(N_("Marks an actual of which a part is missing."), words=_fixed(N_("partly unknown"))),
    "Achievement": Entry(N_("How far the target is reached, by the method."), _OWN),
    "Met": Entry(
        N_("Whether the target is reached."), words=_fixed(N_("met"), N_("not met"), N_("before the target year"))
    ),
    "Pace": Entry(N_("How far the way from the baseline to the guide has been gone."), _OWN),
    "Opinion id": Entry(N_("The entry of the opinion; it stands in a line for each response.")),
    "Meeting": Entry(N_("The day of the council's meeting."), _DAY),
    "About": Entry(N_("What the opinion is about.")),
    "Opinion": Entry(N_("What the council said.")),
    "State": Entry(N_("What has become of it: the state of the last response."), words=_answers),
    "Response: state": Entry(N_("The state that this response gave it."), words=_answers),
    "Response: date": Entry(N_("The day of the response."), _DAY),
    "Response": Entry(N_("The response.")),
    "Response: reason": Entry(N_("Why nothing is done about it.")),
}
"""Every heading of a CSV file that is the same for all plans, by msgid."""

_RATES = frozenset({"Implementation rate", "Completion rate", "Rating share of the best two ranks", "Reporting rate"})
_SHARES = _RATES | {"Achievement", "Pace"}


def codebook(report: ReviewReport, files: Mapping[str, Sequence[str]], t: Translate) -> bytes:
    """Return the code book as CSV: a row for each column of each file, given by the file's name."""
    known = dict(_known(report, t))
    rows = [
        _row(name, heading, known[heading], report.plan, t) for name, headings in files.items() for heading in headings
    ]
    return table(rows)


def _row(name: str, heading: str, entry: Entry, plan: Plan, t: Translate) -> list[tuple[str, Value]]:
    words = [] if entry.words is None else entry.words(plan, t)
    return [
        (t(N_("File")), name),
        (t(N_("Column")), heading),
        (t(N_("Meaning")), entry.meaning),
        (t(N_("Unit")), t(entry.unit) if entry.unit else None),
        (t(N_("Vocabulary")), t(N_(", ")).join(words) or None),
    ]


def _known(report: ReviewReport, t: Translate) -> Iterator[tuple[str, Entry]]:
    """Yield every heading as printed, with what it means."""
    plan = report.plan
    for msgid, entry in _ENTRIES.items():
        said = Entry(t(entry.meaning), entry.unit, entry.words)
        if msgid in _SHARES:
            unit = _COUNT if msgid in _RATES else entry.unit
            yield f"{t(msgid)} (%)", Entry(said.meaning, _PERCENT)
            yield f"{t(msgid)}: {t(N_('numerator'))}", Entry(t(N_("The share's numerator.")), unit)
            yield f"{t(msgid)}: {t(N_('denominator'))}", Entry(t(N_("The share's denominator.")), unit)
        else:
            yield t(msgid), said
    for status in plan.scheme.statuses:
        yield f"{t(N_('Status'))}: {status.name}", Entry(t(N_("Initiatives with this status.")), _COUNT)
    for code in plan.scheme.scale.codes:
        yield f"{t(N_('Rating'))}: {print_rating(plan, code)}", Entry(t(N_("Initiatives with this rating.")), _COUNT)
    yield from _of_levels(plan, t)


def _of_levels(plan: Plan, t: Translate) -> Iterator[tuple[str, Entry]]:
    """Yield the headings that speak of the plan's levels, in its own words where it has some."""
    submeasures = level_words(plan, -2, N_("Submeasures"), N_("Number of {level}"), t)
    yield submeasures, Entry(t(N_("How many parts of this level have an initiative here.")), _COUNT)
    yield level_words(plan, -1, N_("Initiative"), "{level}", t), Entry(t(N_("The title in the plan.")))
    yield activities_heading(plan, t), Entry(t(N_("What was recorded in the year, a line for each day.")))
    usual = (
        (N_("Policy no."), N_("Policy title")),
        (N_("Measure no."), N_("Measure title")),
        (N_("Submeasure no."), N_("Submeasure title")),
    )
    levels = plan.header.levels
    for level, (number, title) in enumerate(usual if levels is None else usual[: len(levels) - 1]):
        yield (
            level_words(plan, level, number, N_("{level} no."), t),
            Entry(t(N_("The number of the part of the plan that it belongs to."))),
        )
        yield (
            level_words(plan, level, title, "{level}", t),
            Entry(t(N_("The title of the part of the plan that it belongs to."))),
        )
