"""Blanks that several commands share, with what is offered for them and how an entry's are printed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from mizuho_pdca.cli.prompts import Offer
from mizuho_pdca.cli.questions.slip import Blank, Round
from mizuho_pdca.eras import era_sign
from mizuho_pdca.errors import PdcaError
from mizuho_pdca.message import N_

if TYPE_CHECKING:
    from mizuho_pdca.domain.plan.indicator import Indicator
    from mizuho_pdca.domain.plan.plan import Place
    from mizuho_pdca.domain.plan.scheme import Scale, Scheme

FILLER = "…"
"""Stands in for a text that is not known yet."""

_YEARS = 3
"""How many fiscal years are offered without being typed."""


def held(attribute: str) -> Callable[[Round, Any], str]:
    """Return what prints an attribute of an entry as it stands."""
    return lambda _, entry: str(getattr(entry, attribute) or "")


def of_entries(*kinds: str, only_open: bool = False) -> Callable[[Round], Sequence[Offer]]:
    """Return what offers the entries of some kinds, the newest first, numbered."""

    def offers(at: Round) -> Sequence[Offer]:
        from mizuho_pdca.app.list import choices

        listed = choices(at.desk, kinds=frozenset(kinds) or None, only_open=only_open)
        return [
            Offer(name, f"{number:2} {label}", f"{number} {name}") for number, (name, label) in enumerate(listed, 1)
        ]

    return offers


# -- what is recorded about -------------------------------------------------------------------


def initiatives(at: Round) -> list[Offer]:
    """Return the initiatives: one's own, those last recorded, those of one's department, the others."""
    settings = getattr(at.here, "settings", None)
    plan, year = at.plan, at.year
    places = [place for place in plan.initiatives if place.in_force(year)]
    own = _known(plan.places, getattr(settings, "initiatives", ()) or ())
    last = _last_recorded(at)
    department = getattr(settings, "department", None)

    def rank(place: Place) -> tuple[int, int]:
        if place.id in own:
            return 0, own.index(place.id)
        if place.id in last:
            return 1, last.index(place.id)
        return (2 if department and department in place.departments else 3), 0

    return [_offer(at, place) for place in sorted(places, key=rank)]


def nodes(at: Round) -> list[Offer]:
    """Return the plan as a whole and all that it holds."""
    whole = Offer("plan", at.here.t(N_("the plan as a whole")), "plan 全体 けいかくぜんたい")
    plan = at.plan.at(at.year)
    return [whole, *(_offer(at, place) for place in plan.places.values() if place.node.original_id is None)]


def rated(at: Round) -> list[Offer]:
    """Return what a rating is expected of, else the initiatives, as ``initiatives`` does; these behind the others."""
    from mizuho_pdca.domain.review.ratings import level_of

    plan, scheme = at.plan.at(at.year), at.plan.scheme_at(at.year)
    above = [place for place in plan.places.values() if not place.is_initiative and scheme.expects(level_of(place))]
    found = [*(nodes(at)[:1] if scheme.expects("plan") else ()), *(_offer(at, place) for place in above)]
    return found + initiatives(at) if scheme.expects("initiative") or not found else found


def _known(places: Any, named: Sequence[str]) -> list[str]:  # noqa: ANN401 (any container of numbers)
    from mizuho_pdca.domain.plan.numbers import parse_node_id

    return [known for name in named if (known := parse_node_id(name) or name) in places]


def _last_recorded(at: Round) -> list[str]:
    """Return the numbers of which something was recorded, the newest first, as the names of files tell."""
    from mizuho_pdca.domain.records.paths import entry_at

    newest: dict[str, str] = {}
    for path, *_ in at.desk.tree.records():
        parts = entry_at(path)
        if parts is not None and parts.year >= at.year - 1:
            newest[parts.target] = max(newest.get(parts.target, ""), parts.name)
    return sorted(newest, key=lambda target: newest[target], reverse=True)


def _offer(at: Round, place: Place) -> Offer:
    department = f"（{place.department}）" if place.is_initiative and place.department else ""
    reading = at.plan.original(place).node.reading or ""
    above = " ".join(step.node.heading for step in place.lineage if step is not place)
    label = f"{place.number}  {at.plan.title(place)}{department}"
    return Offer(place.id, label, f"{place.id} {reading} {above}")


def any_place(at: Round) -> str:
    """Return an initiative that is in force as long as any."""
    places, period = at.plan.initiatives, at.plan.header.period
    lasting = (p for p in places if p.in_force(period.since) and p.in_force(period.until))
    return next(lasting, places[0]).id


def print_target(at: Round, entry: Any) -> str:  # noqa: ANN401 (an entry of any kind)
    """Return number and title of what an entry is about."""
    from mizuho_pdca.papers.entries.line import subject_words

    return subject_words(at.plan, entry, at.here.t)


def own_indicators(at: Round) -> Iterator[tuple[Indicator, str]]:
    """Yield the indicators of the initiative that was named, each with its name and unit in print."""
    from mizuho_pdca.papers.words import print_indicator

    place = _named_place(at)
    for indicator in () if place is None else at.plan.original(place).node.indicators:
        if indicator.in_force(at.year):
            unit = f"（{indicator.unit}）" if indicator.unit else ""
            yield indicator, f"{print_indicator(indicator, at.here.t)}{unit}"


def figures_typed(at: Round, texts: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Return what was typed by the indicator that it is of, whole and without its name: of 企業訪問=3件 also 3件.

    What can't be read stands by itself.
    """
    from mizuho_pdca.app.input.figures import typed_value

    place, found = _named_place(at), dict[str, tuple[str, str]]()
    for text in texts:
        slug = text
        if place is not None:
            with suppress(PdcaError):
                slug, _ = typed_value(at.plan, text, at.year, at.plan.original(place))
        found[slug] = text, re.split("[=＝:：]", text, maxsplit=1)[-1].strip()
    return found


def _named_place(at: Round) -> Place | None:
    """Return the node that was named, else that of the entry to correct."""
    from mizuho_pdca.app.input.names import find_place

    named = at.answers.one("target")
    if named is not None:
        return find_place(at.plan, named, at.year)
    return None if at.old is None else at.plan.places.get(at.old.target)


# -- what was said the year before ------------------------------------------------------------


class LastYear:
    """What the year before said of the initiative in an entry of a kind, as the answer on Enter."""

    def __init__(self, kind: str, attribute: str, otherwise: str = "", *, is_text: bool = True) -> None:
        """Take which of its texts or words, and what Enter means where there is none."""
        self.kind = kind
        self.attribute = attribute
        self.otherwise = otherwise
        self.is_text = is_text

    def value(self, at: Round) -> str:
        """Return it, empty where nothing was said or the year is not known."""
        from mizuho_pdca.app.input.years import typed_year
        from mizuho_pdca.app.same import last_year, rates_alike

        target, year = at.answers.one("target"), at.answers.one("year")
        if target is None or year is None:
            return ""
        with suppress(PdcaError):
            evaluator, meant = at.answers.one("evaluator"), typed_year(at.desk, year)
            entry = last_year(at.desk, target, meant, self.kind, evaluator)
            if entry is not None and (self.attribute != "rating" or rates_alike(at.plan, entry, meant)):
                return str(getattr(entry, self.attribute) or "")
        return ""

    def words(self, at: Round) -> str:
        """Return what Enter means; a text is seen in the question itself."""
        value = self.value(at)
        if not value:
            return self.otherwise
        words = N_("as the year before") if self.is_text else N_("as the year before: {held}")
        return at.here.t(words).format(held=value)


# -- words of the plan ------------------------------------------------------------------------


def words_of(part: str) -> Callable[[Round], Sequence[Offer]]:
    """Return what offers the words of a part of the plan's scheme, each with what it means."""

    def offers(at: Round) -> Sequence[Offer]:
        scheme = at.plan.scheme_at(at.year)
        listed: Sequence[Any] = _scale_of(at, scheme).ratings if part == "scale" else getattr(scheme, part)
        return [_word(one) for one in listed]

    return offers


def _scale_of(at: Round, scheme: Scheme) -> Scale:
    """Return by what is rated: by what the evaluator who is named does, else the one of the entry to correct."""
    from mizuho_pdca.app.input.words import understood

    named = at.answers.one("evaluator")
    if named is None:
        return scheme.scale_of(getattr(at.old, "evaluator", None))
    try:
        return scheme.scale_of(understood(named, scheme.evaluators, "", "").code)
    except PdcaError:
        return scheme.scale


def _word(one: Any) -> Offer:  # noqa: ANN401 (a status, a rank, a term: they have code, name, definition)
    named = one.name if one.code == one.name or not _is_printed(one.code) else f"{one.code}  {one.name}"
    meaning = f"  {one.definition}" if one.definition else ""
    return Offer(one.code, named + meaning, " ".join([one.code, *getattr(one, "aliases", ())]))


def _is_printed(code: str) -> bool:
    """Return whether people know a word by its code: A, B, but not in_progress."""
    return code.isupper() or not code.isascii()


def first_word(part: str) -> Callable[[Round], str | None]:
    """Return what gives the first word of a part of the plan's scheme."""
    return lambda at: next((offer.value for offer in words_of(part)(at)), FILLER)


# -- years and days ---------------------------------------------------------------------------


def years(at: Round) -> list[Offer]:
    """Return the fiscal years that have begun, the one before first: that is the one which is rated and asked about."""
    from mizuho_pdca.papers.words import of_plan, year_label

    t = of_plan(at.here.t, at.plan)
    since = at.plan.header.period.since
    begun = range(at.this_year, max(since, at.this_year - _YEARS) - 1, -1)
    ordered = sorted(begun, key=lambda year: (year != at.this_year - 1, -year))
    return [Offer(str(year), year_label(year, t), f"{era_sign(year)[1:]} {era_sign(year)}") for year in ordered]


TARGET = Blank(
    "target",
    N_("ID"),
    N_("the initiative's number"),
    widget="choice",
    offers=initiatives,
    stand_in=any_place,
    held=print_target,
    head=True,
)


def _print_year(at: Round, entry: Any) -> str:  # noqa: ANN401 (an entry of any kind)
    from mizuho_pdca.papers.words import of_plan, year_label

    return year_label(entry.year, of_plan(at.here.t, at.plan))


YEAR = Blank(
    "year",
    "--year",
    N_("the fiscal year"),
    widget="choice",
    offers=years,
    stand_in=lambda at: str(at.this_year),
    held=_print_year,
    head=True,
)
DAY = Blank("day", "-d", N_("the day"), "may", enter=N_("today"), held=held("date"))
DAY_GIVEN = Blank("day", "-d", N_("the day"), "option", held=held("date"))
BY = Blank("by", "--by", N_("who records"), "option")
SUPERSEDES = Blank("supersedes", "--supersedes", N_("the entry that is corrected"), "option")
REASON = Blank(
    "reason",
    "--reason",
    N_("why it is corrected"),
    "option",
    widget="text",
    stand_in=lambda _: FILLER,
    when=lambda at: "supersedes" in at.answers,
)
FORCE = Blank("force", "--force", N_("whether the figure holds all the same"), "option")
SAME = Blank("same", "--same", N_("whether it is as last year"), "option")
CORRECTING = (BY, SUPERSEDES, REASON)
"""The last blanks of every command whose entries can be corrected."""
