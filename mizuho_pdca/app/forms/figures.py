"""Figures of a form: the year's value that somebody wrote beside the one that the records make."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from mizuho_pdca.app.actual import ToldFigure, record_actual
from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.entry import NOT_CORRECTED, Receipt
from mizuho_pdca.app.forms.cells import CellFault
from mizuho_pdca.app.forms.lost import plain
from mizuho_pdca.app.forms.returned import AnsweredRow, CellAnswer, unknown_row
from mizuho_pdca.app.forms.steps import CODES, FormReading, FormStep, Steps, as_word, note_cleared
from mizuho_pdca.app.input.figures import check_count, typed_figure
from mizuho_pdca.app.input.words import understood
from mizuho_pdca.domain.digits import exact_decimal
from mizuho_pdca.domain.figures.achievement import Observation, Observed, year_value
from mizuho_pdca.domain.plan.indicator import Indicator, Measured
from mizuho_pdca.domain.plan.plan import Place
from mizuho_pdca.domain.records.entries import Actual
from mizuho_pdca.domain.review.observations import Observations
from mizuho_pdca.domain.schema.shapes import Figure
from mizuho_pdca.errors import PdcaError
from mizuho_pdca.message import N_, Message, message
from mizuho_pdca.papers.forms.sheet import as_text
from mizuho_pdca.papers.forms.wording import own_words
from mizuho_pdca.papers.words import print_measured
from mizuho_pdca.text import cleaned, folded

_ADDED = frozenset({"sum", "cumulative"})
"""Ways of making a year's value in which entries add up."""

_HUNDRED = 100


@dataclass(frozen=True)
class SaidFigure:
    """What a row says of its indicator, in which cell, and the entry that this corrects.

    What ``is_kept`` is recorded there already; it only counts where another row corrects the same entry.
    """

    at: Message
    told: ToldFigure
    source: CellAnswer | None
    corrected: Actual | None
    is_kept: bool = False


def figure_steps(read: FormReading, rows: Iterable[AnsweredRow], observed: Observations, result: Steps) -> None:
    """Add the steps that record figures, or why there are none: what corrects one entry is one correction."""
    together: defaultdict[str, list[SaidFigure]] = defaultdict(list)
    for row in rows:
        if row.id not in read.desk.plan.indicators:
            result.faults.append(unknown_row(row))
        elif (said := _said(read, row, observed, result)) is not None:
            together[row.id if said.corrected is None else said.corrected.id].append(said)
    for said_of_one in together.values():
        _add(read, said_of_one, result)


def _said(read: FormReading, row: AnsweredRow, observed: Observations, result: Steps) -> SaidFigure | None:
    """Return what a row says that is new."""
    indicator, place = read.desk.plan.indicators[row.id]
    value, missing, source = (row.answers.get(key) for key in ("value", "missing", "source"))
    told = [key for key in ("value", "missing") if row.text(key) is not None]
    note_cleared(row, ["source"] if told else ["value", "missing", "source"], result)  # one gives way to the other
    changed = [answer for answer in (value, missing, source) if answer is not None and answer.changed and answer.text]
    if changed and read.was_taken("actual", indicator.id, changed[0].place, result):
        return None
    of = (indicator, place, observed.get(indicator.id, {}))
    source = source if source is not None and source.changed and source.text is not None else None
    if value is not None and value.changed and value.text is not None and value.fault is None:
        if missing is not None and missing.text is not None and missing.changed:
            what = message(N_("there is a figure, and a reason why there is none"))
            result.faults.append(CellFault(missing.place, what, message(N_("Clear one of the two cells."))))
            _figure(indicator, value, result)
            _reason(read, missing, result)
            return None
        return _value_said(read, row, value, of, source, result)
    if missing is not None and missing.changed and missing.text is not None and missing.fault is None:
        return _reason_said(read, row, missing, of, source, result)
    return None if source is None else _source_said(read, row, source, of, result)


_Of = tuple[Indicator, Place, Observed]


def _value_said(
    read: FormReading, row: AnsweredRow, answer: CellAnswer, of: _Of, source: CellAnswer | None, result: Steps
) -> SaidFigure | None:
    indicator, place, observed = of
    now = year_value(indicator, observed, read.year)
    figure = _figure(indicator, answer, result)
    changed = _counted_otherwise(row, indicator, answer, read.year)
    result.faults += [] if changed is None else [changed]
    if figure is None or changed is not None:
        return None
    meant = indicator.read(figure)
    if meant is not None and now.value is not None and _same(meant, now.value):
        return _source_beside(read, row, source, of, result)
    own = _own(read, indicator, place)
    if isinstance(figure, Decimal) and indicator.aggregate in _ADDED:
        others = _counted(indicator, observed, read.year)
        if len(own) == 1 and isinstance(held := own[0].values.get(indicator.id), Decimal):
            others -= held
        rest = figure - others
        if rest < 0 <= others and figure >= 0:
            what = message(
                N_("the records make {counted} already, more than {value}"),
                counted=print_measured(indicator, others),
                value=str(figure),
            )
            remedy = message(N_("Clear the cell, or correct the records first: pdca list {number}"), number=place.id)
            result.faults.append(CellFault(answer.place, what, remedy))
            return None
        if rest != figure:
            words = N_("{at}: recorded as {rest}, which makes {value} with what the records have ({counted})")
            told = print_measured(indicator, others)
            result.notes.append(message(words, at=answer.place, value=str(figure), rest=str(rest), counted=told))
        figure = rest
    elif hidden := _hiding(indicator, observed.get(read.year, ()), own[-1].id if own else "", figure):
        what = message(N_("with {entries} the records would not make {value}"), entries=hidden, value=answer.text or "")
        result.faults.append(CellFault(answer.place, what, _TAKE_BACK))
        return None
    corrected = own[-1] if len(own) == 1 or (own and indicator.aggregate not in _ADDED) else None
    if corrected is not None and not read.check_newer(corrected, row, answer.place, result):
        return None
    return SaidFigure(answer.place, ToldFigure(indicator.id, _typed(indicator, figure)), source, corrected)


def _counted_otherwise(row: AnsweredRow, indicator: Indicator, answer: CellAnswer, year: int) -> CellFault | None:
    """Return that an indicator was counted otherwise when the form went out, None where it is as it was."""
    if row.handed is None or indicator.method == "done":
        return None
    unit, was_total = row.handed.given.get("unit", ""), "\n" in row.handed.given.get("name", "")
    is_total = indicator.aggregate == "cumulative"
    if (plain(unit), was_total) == (plain(indicator.unit or ""), is_total):
        return None
    what = message(
        N_("{name} was counted otherwise when the form went out: {before}, now {now}"),
        name=indicator.name,
        before=_counted_in(unit, is_total=was_total),
        now=_counted_in(indicator.unit or "", is_total=is_total),
    )
    words = N_("Clear the cell, and record the figure as it is counted now: pdca actual {id} … --year {year}")
    return CellFault(answer.place, what, message(words, id=indicator.id, year=year))


def _counted_in(unit: str, *, is_total: bool) -> Message | str:
    told = unit or message(N_("no unit"))
    return message(N_("{unit}, the total since the plan began"), unit=told) if is_total else told


_TAKE_BACK = message(
    N_(
        "Clear the cell, or take back each of them that is no longer to count: pdca withdraw ENTRY --reason …; "
        "an activity can be recorded anew without -k."
    )
)


def _hiding(indicator: Indicator, own: Sequence[Observation], corrected: str, figure: Figure) -> list[str]:
    """Return the entries of a year beside which a figure would not be the year's value, where it would not."""
    said = Observation(corrected, indicator.read(figure))
    after = [said if item.entry == corrected else item for item in own]
    after = after if said in after else [*after, said]

    def made_of(items: Sequence[Observation]) -> Measured | None:
        return year_value(indicator, {0: items}, 0).value

    if made_of(after) == made_of([said]):
        return []
    return [
        item.entry
        for item in after
        if item is not said and made_of([one for one in after if one in (item, said)]) != made_of([said])
    ]


def _hiding_source(indicator: Indicator, observed: Sequence[Observation], own: Actual) -> list[str]:
    """Return the entries that make a year's figure in the place of the one that a source would be added to."""
    figure = own.values.get(indicator.id)
    if figure is None:
        return [item.entry for item in observed if item.value is not None]
    return [] if indicator.aggregate in _ADDED else _hiding(indicator, observed, own.id, figure)


def _typed(indicator: Indicator, figure: Figure) -> str:
    """Return a figure as it is typed."""
    return indicator.spell(figure) if isinstance(figure, bool) else str(figure)


def _counted(indicator: Indicator, observed: Observed, year: int) -> Decimal:
    """Return what the records make up to now: of the year, or since the beginning."""
    now = year_value(indicator, observed, year)
    value = now.value if now.value is not None else now.before
    if value is None and indicator.aggregate == "cumulative":
        earlier = (year_value(indicator, observed, one).value for one in sorted(observed, reverse=True) if one < year)
        value = next((one for one in earlier if one is not None), indicator.baseline_value)
    return _decimal(value)


def _figure(indicator: Indicator, answer: CellAnswer, result: Steps) -> Figure | None:
    """Return the figure of a cell, None after noting what is wrong with it."""
    text = answer.text or ""
    if answer.percent and indicator.method != "done":
        if folded(indicator.unit or "") != "%":
            what = message(
                N_("the cell shows a percentage, but {name} is counted in {unit}"),
                name=indicator.name,
                unit=indicator.unit or message(N_("no unit")),
            )
            result.faults.append(CellFault(answer.place, what, message(N_("Write the figure itself, such as 80."))))
            return None
        text = as_text(Decimal(text) * _HUNDRED) if _is_number(text) else text
    try:
        figure = typed_figure(indicator, text)
        check_count(indicator, figure)
    except PdcaError as exc:
        result.faults.append(CellFault(answer.place, exc.message, message(N_("Correct the figure in the cell."))))
        return None
    if not indicator.accepts(figure):
        what = message(N_('"{value}" is no figure of {name}'), value=text, name=indicator.name)
        remedy = message(N_("Write the figure alone, such as 80; where there is none, choose why beside it."))
        if words := [word.shown for word in own_words(indicator)]:
            remedy = message(N_("Choose one of {words}; where there is none, choose why beside it."), words=words)
        result.faults.append(CellFault(answer.place, what, remedy))
        return None
    return figure


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).replace("-", "", 1).isdecimal()


def _same(one: Measured, other: Measured) -> bool:
    if isinstance(one, bool | str) or isinstance(other, bool | str):
        return one == other
    return Fraction(one) == Fraction(other)


def _decimal(value: Measured | None) -> Decimal:
    return Decimal(0) if value is None or isinstance(value, bool | str) else exact_decimal(value)


def _own(read: FormReading, indicator: Indicator, place: Place) -> list[Actual]:
    """Return the actuals of the year that give a figure of the indicator, or say why there is none."""
    found = (entry for entry in read.entries(place.id) if isinstance(entry, Actual))
    return [entry for entry in found if indicator.id in entry.values or indicator.id in entry.missing]


def _reason_said(
    read: FormReading, row: AnsweredRow, answer: CellAnswer, of: _Of, source: CellAnswer | None, result: Steps
) -> SaidFigure | None:
    indicator, place, observed = of
    now = year_value(indicator, observed, read.year)
    reason = _reason(read, answer, result)
    if reason is None:
        return None
    own = _own(read, indicator, place)
    if now.value is None and own and own[-1].missing.get(indicator.id) == reason:
        return _source_beside(read, row, source, of, result)
    others = [item for item in observed.get(read.year, ()) if not own or item.entry != own[-1].id]
    giving = [item.entry for item in others if item.value is not None]
    if now.value is not None and giving:
        what = message(N_("the records have a figure of the year: {value}"), value=print_measured(indicator, now.value))
        told = N_("Clear the cell, or take the figure back first ({entries}): pdca withdraw ENTRY --reason …")
        result.faults.append(CellFault(answer.place, what, message(told, entries=giving)))
        return None
    if own and not read.check_newer(own[-1], row, answer.place, result):
        return None
    return SaidFigure(answer.place, ToldFigure(indicator.id, missing=reason), source, own[-1] if own else None)


def _reason(read: FormReading, answer: CellAnswer, result: Steps) -> str | None:
    """Return the code of the reason in a cell, None after noting what is wrong with it."""
    words = read.desk.plan.scheme_at(read.year).missing
    try:
        return understood(as_word(answer.text or "", words), words, N_("the reason"), CODES["missing"]).code
    except PdcaError as exc:
        result.faults.append(CellFault(answer.place, exc.message, exc.remedy))
        return None


def _source_beside(
    read: FormReading, row: AnsweredRow, source: CellAnswer | None, of: _Of, result: Steps
) -> SaidFigure | None:
    """Return the source beside what is recorded already, where it says anything new."""
    if source is None:
        result.same += 1
        return None
    return _source_said(read, row, source, of, result)


def _source_said(read: FormReading, row: AnsweredRow, answer: CellAnswer, of: _Of, result: Steps) -> SaidFigure | None:
    """Return the source of the one figure that there is; alone it says nothing."""
    indicator, place, observed = of
    own = _own(read, indicator, place)
    text, told = cleaned(answer.text or ""), ToldFigure(indicator.id)
    if len(own) == 1:
        before = (own[0].source or "").strip()
        of_one = len(own[0].values) + len(own[0].missing) == 1
        if text == before or (not of_one and text in before.split(read.t(N_(", ")))):
            return SaidFigure(answer.place, told, answer, own[0], is_kept=True)
        if hidden := _hiding_source(indicator, observed.get(read.year, ()), own[0]):
            words = N_("the source would be that of {entry}, which is not the year's figure beside {entries}")
            what = message(words, entry=own[0].id, entries=hidden)
            result.faults.append(CellFault(answer.place, what, _TAKE_BACK))
            return None
        is_free = read.check_newer(own[0], row, answer.place, result)
        return SaidFigure(answer.place, told, answer, own[0]) if is_free else None
    if any((one.source or "").strip() == text for one in own):
        result.same += 1
        return None
    value = row.answers.get("value")
    if value is not None and value.text is not None:
        words = N_("{at}: the source is not recorded, for no entry alone makes the figure (pdca list {number})")
        result.notes.append(message(words, at=answer.place, number=place.id))
        result.same += 1
        return None
    what = message(N_("there is a source without a figure"))
    result.faults.append(CellFault(answer.place, what, message(N_("Write the figure as well, or clear the cell."))))
    return None


def _add(read: FormReading, said: Sequence[SaidFigure], result: Steps) -> None:
    """Add the step of one entry, whatever number of rows speak of it."""
    if all(one.is_kept for one in said):
        result.same += len(said)
        return
    first, *more = (one.told for one in said)
    corrected = said[0].corrected
    known = read.desk.plan.indicators
    reckoned = [slug for one in said if (slug := one.told.indicator) and known[slug][0].aggregate in _ADDED]
    given = {one.told.indicator: one.source for one in said if one.source is not None}
    places = [one.place for one in given.values()]
    texts = dict.fromkeys(cleaned(one.text or "") for one in given.values())
    source = read.t(N_(", ")).join(texts) or None
    if len(texts) > 1:
        words = N_('{at}: the figures stand in one entry, whose source is now "{source}"')
        result.notes.append(message(words, at=places[0], source=source or ""))
    if corrected is not None and places:
        slugs = [slug for slug in (*corrected.values, *corrected.missing) if slug not in given]
        names = [known[slug][0].name for slug in slugs]
        words = N_("{at}: the source is that of {names} as well, which stand in the same entry")
        result.notes += [message(words, at=places[0], names=names)] if names else []

    def make(desk: Desk) -> Receipt:
        return record_actual(
            desk,
            first.indicator,
            first.value,
            year=read.year,
            missing=first.missing,
            source=source,
            by=read.by,
            correction=NOT_CORRECTED if corrected is None else read.correction(corrected),
            force=True,
            more=more,
            reckoned=reckoned,
        )

    result.steps.append(FormStep(next(one.at for one in said if not one.is_kept), make))
