"""What stands around the papers of a review: the title, what follows it, the legend, and the edition at the foot."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from mizuho_pdca.domain.figures.counting import BEST_RANKS
from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.plan.scheme import COMPLETED, ENDED, IMPLEMENTED, SET_ASIDE, Scheme
from mizuho_pdca.domain.review.rated import counted_levels, rated_levels
from mizuho_pdca.domain.review.review import ReviewReport
from mizuho_pdca.message import N_, Translate, message
from mizuho_pdca.papers.ratings.columns import level_name, other_scales, scales
from mizuho_pdca.papers.words import (
    KINDS,
    day_label,
    faulty_data,
    level_words,
    print_number,
    print_percentage,
    rate_parts,
    year_label,
)

_COMMIT = 12
"""Digits that name a commit in print."""


def title(report: ReviewReport, t: Translate) -> str:
    """Return the title: plan and year, and the part that the papers are limited to."""
    whole = t(N_("{plan}: review of {year}")).format(plan=report.plan.header.title, year=year_label(report.year, t))
    return whole if report.scope.is_whole else whole + t(N_(" (part: {scope})")).format(scope=scope_words(report, t))


def subtitles(report: ReviewReport, t: Translate) -> Iterator[str]:
    """Yield the council, the day of its meeting where it is known, and what the reader must know beforehand."""
    yield t(N_("Council: {name}")).format(name=report.plan.header.council.name)
    if report.meetings:
        days = t(N_(", ")).join(day_label(day, t) for day in report.meetings)
        yield t(N_("Meeting: {days}")).format(days=days)
    if report.is_running and report.until is not None:
        day = day_label(report.until, t)
        yield t(N_("The year is not over in the records, which end on {day}")).format(day=day)
    if not report.scope.is_whole:
        yield t(N_("Part of the plan only: {scope}")).format(scope=scope_words(report, t))
    yield from faulty_data(report.problems, t)


def legend(report: ReviewReport, t: Translate) -> Iterator[str]:
    """Yield what explains the signs and the rates of the papers."""
    scheme, rated = report.plan.scheme, _rated_years(report)
    yield from scales(rated, t)
    if scheme.has_ratings:
        yield from _bounds(report, t)
    yield from other_scales(rated, t)
    yield from _before(report, t)
    if counted_levels(report) and not report.rates_initiatives:
        level = level_name(report.plan, counted_levels(report)[0], t)
        yield t(N_("The summary counts the ratings of this level: {level}.")).format(level=level)
    if len(scheme.evaluators) > 1:
        yield t(N_("Ratings that are counted and suggested are those of {name}.")).format(
            name=scheme.evaluators[0].name
        )
    if any(row.state.rating is None and row.suggestion is not None for row in report.initiatives):
        yield t(N_("[ ] is a rank that the figures suggest; nobody has given it, and the summary leaves it out."))
    if scheme.statuses:
        yield from status_rates(report, t)
    yield from rating_share(report, t)
    if report.plan.initiatives:
        yield t(N_("Distinct = listed - relisted. A relisting is counted with its original only."))
        yield from _balance(report, t)
    yield from targets_met(report, t)
    if len(report.kinds) > 1 and not report.tags:
        yield t(N_("Targets met, by kind: {kinds}.")).format(kinds=t(N_(", ")).join(_by_kind(report, t)))
    if scheme.statuses or scheme.scale.ranks:
        yield t(N_("A rate is － where no status is known or nothing is counted."))
    yield t(N_("－ none, △ negative. Rates are rounded half up; parts may not add up to 100."))
    yield from _judging(report, t)
    if any(not row.indicator.adopted for row in report.indicators):
        yield t(N_("(draft): a reference indicator that has not been adopted; its targets are drafts as well."))


def _rated_years(report: ReviewReport) -> dict[int, Plan]:
    """Return the plan of the year, and that of the year before as well where ratings of it are shown."""
    said = [row.judgements for row in report.initiatives]
    said += [*(row.judgements for row in report.rated), *(row.judgements for row in report.indicators)]
    before = any(one.previous_rating is not None for judgements in said for one in judgements)
    return ({report.year - 1: report.previous_plan} if before else {}) | {report.year: report.plan}


def _before(report: ReviewReport, t: Translate) -> Iterator[str]:
    """Yield of what last year's ratings are counted where something has ended or begun since."""
    then, now, period = report.previous_plan, report.plan, report.plan.header.period
    if rated_levels(report) and period.has_before(report.year) and then.places.keys() != now.places.keys():
        words = N_(
            "Beside the ratings of FY{year} those of FY{before} are counted of what is in force in FY{year}: "
            "what has ended since is left out, and what one alone went on with counts by that one's rating."
        )
        yield message(words, year=report.year, before=report.year - 1).text(t)


def status_rates(report: ReviewReport, t: Translate) -> Iterator[str]:
    """Yield what the rates of the statuses are, and what goes into them."""
    scheme, joint, tally = report.plan.scheme, t(N_(", ")), report.total.tally
    words = N_(
        "Implementation rate = {implemented} / all but {set_aside}. "
        "Completion rate = {completed} / the same. Not reported stays in the denominator."
    )
    groups = {"implemented": IMPLEMENTED, "completed": COMPLETED, "set_aside": SET_ASIDE}
    yield t(words).format(**{name: joint.join(_names(scheme, codes)) for name, codes in groups.items()})
    if any(row.state.ended for row in report.initiatives):
        words = N_("What was {ended} in an earlier year goes on as such until another status is recorded.")
        yield t(words).format(ended=t(N_("・")).join(_names(scheme, ENDED)))
    if tally.no_status:
        yield t(N_("No status: reported without one; it stays in the denominator."))


def rating_share(report: ReviewReport, t: Translate) -> Iterator[str]:
    """Yield what the share of the best ranks is of."""
    ranks = [rank.code for rank in report.plan.scheme.scale.ranks]
    if report.rates_initiatives and len(ranks) > BEST_RANKS:
        best = t(N_("・")).join(ranks[:BEST_RANKS])
        share = t(N_("Share of {ranks}")).format(ranks=best)
        yield t(N_("{share} = {best} / all that hold a rank.")).format(share=share, best=best)


def _judging(report: ReviewReport, t: Translate) -> Iterator[str]:
    """Yield how indicators are judged, as far as the year has such."""
    rows = report.indicators
    if any(row.result.guide is not None for row in rows):
        yield t(N_("Guide: the straight line between two given values, no target. Pace: the actual against it."))
    if report.is_running:
        yield t(N_("During the year only what can no longer change is judged, and no rank is suggested."))
    if any(row.indicator.aggregate == "cumulative" and row.indicator.baseline is not None for row in rows):
        yield t(N_("A sum since the beginning counts from its baseline."))
    if any(row.halves.neither.value is not None for row in rows):
        yield t(N_("Figures recorded without a half of the year stand in neither, so the halves don't add up."))


def _bounds(report: ReviewReport, t: Translate) -> Iterator[str]:
    """Yield from which rate on an indicator suggests which rank, where the plan says so and has indicators."""
    scale = report.plan.scheme.scale
    if not report.indicators or not scale.has_bands:
        return
    from_on, below = t(N_("{rank} from {percent}%")), t(N_("{rank} below"))
    told = (
        below.format(rank=rank.code)
        if rank.at_least is None
        else from_on.format(rank=rank.code, percent=print_number(rank.at_least))
        for rank in scale.ranks
    )
    yield t(N_("Ranks that a rate of achievement suggests: {ranks}.")).format(ranks=t(N_(", ")).join(told))


def targets_met(report: ReviewReport, t: Translate) -> Iterator[str]:
    """Yield what it is to meet a target."""
    if report.kinds:
        words = N_("Targets met = met / (met + nearly + not met). Nearly met: not met, at a rate of {near}% or more.")
        yield t(words).format(near=print_number(report.plan.scheme.near))


def _by_kind(report: ReviewReport, t: Translate) -> Iterator[str]:
    for row in report.kinds:
        yield f"{t(KINDS[row.kind or ''])} {print_percentage(*rate_parts(row.met.share))}"


def _names(scheme: Scheme, codes: Collection[str]) -> Iterator[str]:
    return (status.name for status in scheme.statuses if status.code in codes)


def _balance(report: ReviewReport, t: Translate) -> Iterator[str]:
    """Yield why the ratings don't add up to the distinct initiatives, and what the rates leave out."""
    tally = report.total.tally
    unrated = tally.reported - sum(tally.rating.values())
    if unrated and report.rates_initiatives:
        words = N_("Distinct = ratings + {unrated} reported and not evaluated + {missing} not reported.")
        if tally.carried:
            words = N_(
                "Distinct = ratings + {unrated} reported and not evaluated + {missing} not reported "
                "+ {carried} ended before the year."
            )
        yield t(words).format(unrated=unrated, missing=tally.not_reported, carried=tally.carried)
    aside = [(one.name, tally.status.get(one.code, 0)) for one in report.plan.scheme.statuses if one.code in SET_ASIDE]
    if any(count for _, count in aside):
        named = t(N_(", ")).join(t(N_("{name} {n}")).format(name=name, n=count) for name, count in aside if count)
        yield t(N_("The denominators of the rates leave out: {named}.")).format(named=named)


def edition(report: ReviewReport, t: Translate) -> str | None:
    """Return which edition it is, until when the data goes and its commit; None where nothing of it is known.

    It stands at the foot of every page, so that two prints can be told apart.
    """
    confirmed = report.as_of.edition
    if confirmed is None:
        return _data(report, t)
    words = N_("edition {number}, closed on {day}")
    if not confirmed.holds:
        words = N_("draft of edition {next} (edition {number} was closed on {day})")
    told = t(words).format(number=confirmed.number, next=confirmed.number + 1, day=day_label(confirmed.closed, t))
    return "\u3000".join(filter(None, (told, _data(report, t))))


def _data(report: ReviewReport, t: Translate) -> str | None:
    commit = report.as_of.commit
    if report.until is None and commit is None:
        return None
    data = t(N_("no entry"))
    if report.until is not None:
        data = t(N_("Data until {day}")).format(day=day_label(report.until, t))
    if commit is None:
        return data
    words = N_("{data} ({commit}, with changes since)") if report.as_of.dirty else N_("{data} ({commit})")
    return t(words).format(data=data, commit=commit[:_COMMIT])


def scope_words(report: ReviewReport, t: Translate) -> str:
    """Return the part of the plan that the papers are limited to."""
    scope = report.scope
    named: Sequence[tuple[str, str | None]] = (
        (level_words(report.plan, 0, N_("policy"), "{level}", t), scope.policy),
        (level_words(report.plan, 1, N_("measure"), "{level}", t), scope.measure),
        (t(N_("department")), scope.department),
        (t(N_("tag")), scope.tag),
    )
    return t(N_(", ")).join(f"{word} {value}" for word, value in named if value is not None)
