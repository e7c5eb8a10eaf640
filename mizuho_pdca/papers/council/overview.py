"""概要: the year on one page, for whoever has a minute. All of it is reckoned or recorded, and stands in the papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from mizuho_pdca.domain.plan.plan import Place, Plan
from mizuho_pdca.domain.review.money import money_of, money_unit
from mizuho_pdca.domain.review.office import is_awaited
from mizuho_pdca.domain.review.rated import RatedPart, RatedThing, rated, rated_levels
from mizuho_pdca.domain.review.review import IndicatorRow, ReviewReport
from mizuho_pdca.domain.review.scope import SummaryRow
from mizuho_pdca.message import N_, Translate, message
from mizuho_pdca.papers.opinions import print_state
from mizuho_pdca.papers.paper import Cell, Column, Paper, Part, named_count
from mizuho_pdca.papers.ratings.columns import level_name
from mizuho_pdca.papers.words import (
    ARROWS,
    day_label,
    level_words,
    print_indicator,
    print_number,
    print_percentage,
    print_rating,
    sum_marks,
)
from mizuho_pdca.text import NONE, display_width

_LINE = 48
"""Characters of a text that stand in its line; the papers behind have the rest."""

_MOST_NAMES, _MOST_REASONS, _MOST_OPINIONS, _FEWER_OPINIONS = 14, 6, 9, 6
"""How many stand on the page by themselves; fewer opinions where many initiatives fell."""

_MOST_POLICIES, _LEAST_NAMED = 6, 3
"""How many policies leave room for all of these, and how many reasons and opinions are named however many there are."""

_A_FEW_MORE = 2
"""So many more names take no more room than their number would."""


def overview(report: ReviewReport, t: Translate) -> Iterator[Paper]:
    """Yield what the first page is made of: ratings as bars, what moved, what is behind and why, open opinions."""
    for paper in (_ratings(report, t), _remarks(report, t), _behind(report, t), _moved(report, t),
                  _targets(report, t), _opinions(report, t)):  # fmt: skip
        if paper.rows:
            yield paper


def lowest(report: ReviewReport) -> list[RatedPart]:
    """Return what holds the lowest rank or a lower one than last year, the lowest first."""
    ranks = [rank.code for rank in report.plan.scheme.scale.ranks]
    held = [one for one in all_rated(report) if one.own.rating in ranks]
    behind = [one for one in held if one.own.rating == ranks[-1] or one.own.change == "down"]
    return sorted(behind, key=lambda one: -ranks.index(one.own.rating or ranks[0]))


def _room(report: ReviewReport, most: int) -> int:
    """Return how many of at most so many stand on the page: each further policy takes the place of one."""
    return max(_LEAST_NAMED, most - max(0, len(report.policies) - _MOST_POLICIES))


def moved(report: ReviewReport, change: str) -> list[RatedPart]:
    """Return that of which the rank went up or down since last year."""
    return [one for one in all_rated(report) if one.own.change == change]


def all_rated(report: ReviewReport) -> list[RatedPart]:
    """Return what may hold a rating, of all levels of which papers count them."""
    return [one for level in rated_levels(report) for one in rated(report, level)]


def rating_labels(plan: Plan, t: Translate) -> tuple[str, ...]:
    """Return what ratings are counted under: the ranks and all others, else the words that are no rank; and none."""
    scale = plan.scheme.scale
    words = (
        [rank.code for rank in scale.ranks] + [t(N_("other"))] if scale.ranks else [one.name for one in scale.states]
    )
    return (*words, t(N_("none")))


def counted(plan: Plan, codes: Iterable[str | None]) -> tuple[int, ...]:
    """Return how many of the ratings there are under each of ``rating_labels``."""
    scale, counts = plan.scheme.scale, Counter(codes)
    named = [counts[one.code] for one in scale.ranks or scale.states]
    others = (sum(counts[state.code] for state in scale.states),) if scale.ranks else ()
    return (*named, *others, counts[None])


def bar_cell(labels: Sequence[str], counts: Sequence[int]) -> Cell:
    """Return a cell with the counts under each of the labels, which are drawn as a bar."""
    text = " ".join(named_count(label, count) for label, count in zip(labels, counts, strict=True) if count)
    return Cell(text or NONE, tuple(map(Decimal, counts)))


# -- its parts --------------------------------------------------------------------------------


def _ratings(report: ReviewReport, t: Translate) -> Paper:
    """Return the ratings of this year beside those of last year, level by level, and the indicators, by policy."""
    parts = (report.total, *(report.policies if len(report.policies) > 1 else ()))
    heading = level_words(report.plan, 0, N_("Part of the plan"), "{level}", t)
    columns = [Column(heading, 16, key="title")]
    for level in rated_levels(report):
        columns += [_bars(report, level, before, t) for before in _years(report)]
    columns += [_status_bars(report, t)] if _shows_statuses(report) else []
    columns.append(Column(t(N_("Indicators met")), 10, key="met"))
    if _awaits(report):
        heading = t(N_("Not reported"))
        columns.append(Column(heading, 6, number=True, parts=(Part(heading, "count"),), key="due"))
    if report.plan.scheme.statuses:
        columns.append(Column(t(N_("Implementation rate")), 13, key="implementation"))
    unit = money_unit(report)
    if unit is not None:
        width = max(display_width(_money(report, row, t).text) for row in parts)
        columns.append(Column(t(N_("Spent / budget ({unit})")).format(unit=unit), max(width, 14), key="money"))
    rows = tuple(tuple(_counts(report, row, t)) for row in parts)
    return Paper("overview-ratings", t(N_("Ratings and indicators")), tuple(columns), rows)


def _awaits(report: ReviewReport) -> bool:
    """Return whether reports of initiatives are asked for, or figures where there are indicators alone."""
    return report.plan.scheme.asks_initiatives or not report.plan.initiatives


def _unvalued(report: ReviewReport) -> list[IndicatorRow]:
    """Return the indicators of which a figure is still to come, in a plan of indicators alone."""
    return [] if report.plan.initiatives else [row for row in report.indicators if is_awaited(report, row)]


def _years(report: ReviewReport) -> tuple[bool, ...]:
    """Return this year and, where the plan has one, the year before, as whether it is that."""
    return (False, True) if report.plan.header.period.has_before(report.year) else (False,)


def _bars(report: ReviewReport, level: RatedThing, before: bool, t: Translate) -> Column:  # noqa: FBT001 (which year)
    """Return the column of the ratings of a level, of this year or of the one ``before``."""
    plan, year = (report.previous_plan, report.year - 1) if before else (report.plan, report.year)
    heading, short = (message(words, year=year).text(t) for words in (N_("Ratings of FY{year}"), N_("{year:s}")))
    if rated_levels(report) != ("initiative",):
        name = level_name(report.plan, level, t)
        heading, short = t(N_("{level}: {what}")).format(level=name, what=heading), f"{name} {short}"
    key = f"ratings-{year}" if level == "initiative" else f"ratings-{level}-{year}"
    return _bar(heading, short, rating_labels(plan, t), key, len(plan.scheme.scale.ranks))


def _bar(heading: str, short: str, labels: tuple[str, ...], key: str, ranks: int = 0) -> Column:
    """Return a column of bars; in a spreadsheet the ``short`` words stand before each label."""
    parts = tuple(Part(f"{short} {label}", "count") for label in labels)
    return Column(heading, 24, parts=parts, key=key, bars=labels, ranks=ranks)


def _shows_statuses(report: ReviewReport) -> bool:
    """Return whether statuses are all that is said of the initiatives."""
    return bool(report.plan.scheme.statuses) and not rated_levels(report)


def _status_bars(report: ReviewReport, t: Translate) -> Column:
    labels = (*(one.name for one in report.plan.scheme.statuses), t(N_("none")))
    return _bar(t(N_("Status")), message(N_("{year:s}"), year=report.year).text(t), labels, "statuses")


def _counts(report: ReviewReport, row: SummaryRow, t: Translate) -> Iterator[Cell]:
    yield Cell(f"{row.place.number} {row.place.node.heading}") if row.place else Cell(t(N_("Total")), tone="strong")
    for level in rated_levels(report):
        own = [one.own for one in rated(report, level) if one.counts_in(row)]
        for before in _years(report):
            plan = report.previous_plan if before else report.plan
            codes = (one.previous_rating if before else one.rating for one in own)
            yield bar_cell(rating_labels(plan, t), counted(plan, codes))
    if _shows_statuses(report):
        held = [row.tally.status.get(one.code, 0) for one in report.plan.scheme.statuses]
        yield bar_cell(_status_bars(report, t).bars, (*held, row.tally.distinct - sum(held)))
    judged = row.met.met + row.met.near + row.met.not_met
    yield Cell(f"{row.met.met}/{judged}" if judged else NONE)
    if _awaits(report):
        due = row.tally.not_reported
        if not report.plan.initiatives:
            due = sum(row.place is None or row.place in one.place.lineage for one in _unvalued(report))
        yield Cell(str(due), (Decimal(due),), tone="alert" if due else "plain")
    if report.plan.scheme.statuses:
        rate = row.tally.implementation
        yield Cell(print_percentage(rate.percent, Decimal(rate.numerator), Decimal(rate.denominator)))
    if money_unit(report) is not None:
        yield _money(report, row, t)


def _money(report: ReviewReport, row: SummaryRow, t: Translate) -> Cell:
    cost = money_of(report, row.place)
    spent, budget = (NONE if one is None else print_number(one) for one in (cost.spent, cost.budget))
    return Cell(f"{spent}/{budget}" + sum_marks(t, partial=cost.is_partial, provisional=cost.provisional))


def _remarks(report: ReviewReport, t: Translate) -> Paper:
    """Return what the office says of the plan as a whole and of its policies."""
    rows = [
        (Cell(_named(row.place, t)), Cell(one.progress.strip()))
        for row in report.rated
        if row.place is None or row.place.level == 0
        for one in (row.own.last,)
        if one is not None and one.progress
    ]
    columns = (Column(t(N_("About")), 12, key="about"), Column(t(N_("Text")), 40, key="text"))
    return Paper("overview-remarks", t(N_("The office's summing up")), columns, tuple(rows))


def _named(place: Place | None, t: Translate) -> str:
    return t(N_("the plan as a whole")) if place is None else f"{place.number} {place.node.heading}"


def _behind(report: ReviewReport, t: Translate) -> Paper:
    """Return what holds the lowest rank and what fell, with why and what comes next in a line each."""
    found = lowest(report)
    rows = tuple(tuple(_reasons(report, one, t)) for one in found[: _room(report, _MOST_REASONS)])
    columns = (
        Column(t(N_("No.")), 8, key="number"),
        Column(t(N_("Name")), 18, key="title"),
        Column(t(N_("Rating")), 9, key="rating"),
        Column(t(N_("Issues")), 26, key="issues"),
        Column(t(N_("From here on")), 26, key="next"),
    )
    return Paper("overview-behind", _title_behind(report, found, t), columns, rows, keys=3)


def _title_behind(report: ReviewReport, found: Sequence[RatedPart], t: Translate) -> str:
    ranks = report.plan.scheme.scale.ranks
    if not any(one.own.change == "down" for one in found):
        return t(N_("The lowest rank, and why"))
    if not any(one.own.rating == ranks[-1].code for one in found):
        return t(N_("What fell, and why"))
    return t(N_("Behind, and why"))


def _called(one: RatedPart, t: Translate) -> str:
    """Return the number and the title of something that is rated."""
    return t(N_("the plan as a whole")) if one.place is None else f"{one.place.number} {one.title}"


def _change(report: ReviewReport, one: RatedPart) -> str:
    now = print_rating(report.plan, one.own.rating)
    if report.plan.header.period.has_before(report.year):
        now = f"{print_rating(report.previous_plan, one.own.previous_rating)} → {now}"
    return now + ("" if one.own.change is None else f" {ARROWS[one.own.change]}")


def _reasons(report: ReviewReport, one: RatedPart, t: Translate) -> Iterator[Cell]:
    number, title = ("", _called(one, t)) if one.place is None else (one.place.number, one.title or "")
    yield Cell(number, link=one.id)
    yield Cell(title)
    yield Cell(_change(report, one), tone="strong")
    yield Cell(one_line(one.own.last.issues if one.own.last else None) or t(N_("nothing recorded")))
    after = one.improvement
    said = ("", "") if after is None else (after.direction or "", one_line(after.next))
    nothing = t(N_("nothing recorded")) if one.level == "initiative" else ""
    yield Cell(t(N_(": ")).join(filter(None, said)) or nothing)


def one_line(text: str | None) -> str:
    """Return the first sentence of a text, cut where it is long; … says that more follows in the papers."""
    whole = " ".join((text or "").split())
    first = whole[: whole.find("。") + 1] or whole
    if len(first) > _LINE:
        return first[:_LINE] + "…"
    return first if len(first) == len(whole) else f"{first}…"


def _moved(report: ReviewReport, t: Translate) -> Paper:
    """Return by name what else is behind, what got better, and what nobody has rated or reported on."""
    others = [f"{_called(one, t)}（{_change(report, one)}）" for one in lowest(report)[_room(report, _MOST_REASONS) :]]
    better = [_called(one, t) for one in moved(report, "up")]
    unrated = [_named(row.place, t) for row in report.rated if row.is_due]
    is_expected = report.plan.scheme.expects("initiative") and not report.is_running
    originals = (row for row in report.initiatives if not row.is_relisting and is_expected)
    unrated += [f"{row.place.number} {row.title}" for row in originals if row.state.reported and not row.state.rating]
    due = [f"{row.place.number} {row.title}" for row in report.initiatives if not row.is_relisting and row.state.is_due]
    due += [print_indicator(row.indicator, t) for row in _unvalued(report)]
    groups = [
        (t(N_("Others behind")), t(N_("Others")), len(others), t(N_(", ")).join(others)),
        (t(N_("What got better")), t(N_("{arrow} better")).format(arrow=ARROWS["up"]), len(better), _joined(better, t)),
        (t(N_("What nobody rated")), t(N_("Not rated")), len(unrated), _joined(unrated, t)),
        (t(N_("What nobody reported on")), t(N_("Not reported")), len(due), _joined(due, t)),
    ]
    held = [(heading, (name, n, names)) for heading, name, n, names in groups if n]
    rows = tuple(
        (Cell(t(N_("{name} ({n})")).format(name=name, n=n), tone="strong"), Cell(names)) for _, (name, n, names) in held
    )
    return Paper("overview-moved", t(N_("・")).join(heading for heading, _ in held), _named_columns(t), rows)


def _named_columns(t: Translate) -> tuple[Column, Column]:
    return Column(t(N_("What")), 12, key="what"), Column(t(N_("Names")), 60, key="names")


def _joined(names: Sequence[str], t: Translate) -> str:
    """Return names in a line; of many the number of the others."""
    more = len(names) - _MOST_NAMES
    if more <= _A_FEW_MORE:
        return t(N_(", ")).join(names)
    shown = t(N_(", ")).join(names[:_MOST_NAMES])
    return t(N_("{names} and {n} more")).format(names=shown, n=more)


def _targets(report: ReviewReport, t: Translate) -> Paper:
    """Return which indicators met their targets, which did not, and of which it can't be said."""
    near = report.plan.scheme.near
    all_drafts = not any(row.indicator.adopted for row in report.indicators)
    groups: dict[str, list[str]] = {"met": [], "not met": [], "unknown": []}
    for row in report.indicators:
        if not row.indicator.is_rated:
            continue
        name = row.indicator.name if all_drafts else print_indicator(row.indicator, t)
        groups["unknown" if row.result.met is None else "met" if row.result.met else "not met"].append(name)
    words = {"met": t(N_("met")), "not met": t(N_("not met")), "unknown": t(N_("can't be said"))}
    rows = tuple(
        (Cell(t(N_("{name} ({n})")).format(name=words[name], n=len(names)), tone="strong"), Cell(_joined(names, t)))
        for name, names in groups.items()
        if names
    )
    nearly = report.total.met.near
    title = t(N_("Targets of the indicators (all of them drafts)") if all_drafts else N_("Targets of the indicators"))
    if nearly:
        title += t(N_(" (of those not met, {n} reached {near}% or more)")).format(n=nearly, near=near)
    return Paper("overview-targets", title, _named_columns(t), rows)


def _opinions(report: ReviewReport, t: Translate) -> Paper:
    """Return the opinions that still wait for something, those that nobody answered first."""
    most = _MOST_OPINIONS if len(lowest(report)) <= _MOST_REASONS else _FEWER_OPINIONS
    waiting = sorted((row for row in report.opinions if row.is_open), key=lambda row: row.state is not None)
    rows = [
        (
            Cell(print_state(report, row, t), tone="alert" if row.state is None else "plain"),
            Cell(_named(row.place, t)),
            Cell(
                t(N_("{text} ({day})")).format(text=one_line(row.opinion.text), day=day_label(row.opinion.meeting, t))
            ),
        )
        for row in waiting[: _room(report, most)]
    ]
    more = len(waiting) - len(rows)
    if more:
        rows.append((Cell(t(N_("Others"))), Cell(t(N_("{n} more")).format(n=more)), Cell("")))
    columns = (
        Column(t(N_("State")), 8, key="state"),
        Column(t(N_("About")), 18, key="about"),
        Column(t(N_("Opinion")), 40, key="text"),
    )
    title = t(N_("Open opinions ({n})")).format(n=len(waiting))
    return Paper("overview-opinions", title, columns, tuple(rows), keys=2)
