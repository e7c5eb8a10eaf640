"""The form of a year 調査票: what plan and last year say of each initiative, and what is asked of its office."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mizuho_pdca.domain.plan.indicator import Indicator
from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.plan.scheme import Scheme
from mizuho_pdca.domain.records.entries import Activity, Actual, Entry, Evaluation
from mizuho_pdca.domain.records.ledger import Ledger
from mizuho_pdca.domain.review.council import OpinionRow
from mizuho_pdca.domain.review.office import is_awaited
from mizuho_pdca.domain.review.review import IndicatorRow, InitiativeRow, ReviewReport
from mizuho_pdca.message import N_, Translate, message
from mizuho_pdca.papers.forms.ratings import own_columns, parts_sheet
from mizuho_pdca.papers.forms.sheet import Ask, FormColumn, FormRow, FormSheet, Held
from mizuho_pdca.papers.forms.wording import offered, own_words, proposal, said, subject
from mizuho_pdca.papers.words import (
    activities_heading,
    day_label,
    level_words,
    measured_value,
    on_day,
    print_answer,
    print_goal,
    print_indicator,
    print_measured,
    print_missing,
    print_rating,
    print_status,
)

ANSWERS, FIGURES, OPINIONS = "answers", "figures", "opinions"
"""The keys of the sheets."""


@dataclass(frozen=True)
class YearForm:
    """Makes the sheets of a year's form, of everything or of what one department sees to."""

    report: ReviewReport
    ledger: Ledger
    t: Translate

    @property
    def plan(self) -> Plan:
        """Return the plan as in force in the year."""
        return self.report.plan

    @property
    def scheme(self) -> Scheme:
        """Return the words of the year."""
        return self.plan.scheme

    def sheets(self) -> tuple[FormSheet, ...]:
        """Return the sheets that have anything to ask."""
        found = (self.answers(), parts_sheet(self.report, self.t), self.figures(), self.opinions())
        return tuple(sheet for sheet in found if sheet.rows)

    # -- initiatives --------------------------------------------------------------------------

    def answers(self) -> FormSheet:
        """Return the sheet with a row an initiative."""
        t, originals = self.t, [row for row in self.report.initiatives if not row.is_relisting]
        return FormSheet(
            ANSWERS,
            t(N_("Answers")),
            t(N_("Progress of the year")),
            (*self._given(), *self._asked()),
            tuple(map(self._initiative, originals)),
        )

    def _given(self) -> Iterator[FormColumn]:
        t = self.t
        yield FormColumn("number", t(N_("No.")), 8)
        yield FormColumn("title", level_words(self.plan, -1, N_("Initiative"), "{level}", t), 22)
        yield FormColumn("before", t(N_("What was done last year")), 28)
        yield FormColumn("promise", t(N_("What last year planned for this year")), 22)
        if any(one.is_open for row in self.report.initiatives for one in row.opinions):
            yield FormColumn("opinions", t(N_("Opinions of the council that are open")), 22)

    def _asked(self) -> Iterator[FormColumn]:
        t, scheme = self.t, self.scheme
        is_asked = scheme.asks_initiatives  # else these cells are there for who wants to say more
        if scheme.statuses:
            ask = Ask(
                "word", t(N_("Where it stands at the end of the year.")), expected=True, words=offered(scheme.statuses)
            )
            yield FormColumn("status", t(N_("Status")), 14, ask)
        hint = t(
            N_(
                "What was done in the year, in one to three sentences. What was recorded during the year stands "
                "here already: add to it, or leave it as it is."
            )
        )
        yield FormColumn("summary", activities_heading(self.plan, t), 40, Ask("text", hint, expected=is_asked))
        if self.report.rates_initiatives:
            yield from own_columns(scheme, t, is_expected=scheme.expects("initiative"), width=24)
        if scheme.directions:
            ask = Ask("word", t(N_("Where it goes from here.")), expected=is_asked, words=offered(scheme.directions))
            yield FormColumn("direction", t(N_("Future direction")), 12, ask)
            hint = t(N_("What will be done next year; it comes back to you on next year's form."))
            ask = Ask("text", hint, expected=is_asked)
            yield FormColumn("next", t(N_("Plans for the next year")), 30, ask)

    def _initiative(self, row: InitiativeRow) -> FormRow:
        cells: dict[str, Held] = {
            "number": row.place.number,
            "title": row.title,
            "before": "\n".join(self._before(row)),
            "promise": row.promised.next.strip() if row.promised else "",
            "opinions": "\n".join(self._opinion(one) for one in row.opinions if one.is_open),
            "summary": "\n".join(proposal(row.activities, self.t)),
        }
        if row.state.status is not None and row.activities:
            cells["status"] = print_status(self.plan, row.state.status)
        cells |= said(self.scheme, row.evaluation, row.improvement)
        made_of: tuple[Entry | None, ...] = (*row.activities, row.evaluation, row.improvement)
        entries = tuple(entry.id for entry in made_of if entry is not None)
        held = {key: text for key, text in cells.items() if text}
        if row.state.is_carried:
            held["before"] = self.t(N_("Ended in an earlier year: nothing has to be filled in."))
        return FormRow(row.original.id, held, entries, quiet=row.state.is_carried)

    def _before(self, row: InitiativeRow) -> Iterator[str]:
        """Yield how last year was rated, where it was to go, and what was done."""
        before = self.report.previous_plan
        words = [print_rating(before, row.previous_rating) if row.previous_rating else ""]
        words.append(row.promised.direction if row.promised else "")
        if any(words):
            yield "【" + self.t(N_("・")).join(filter(None, words)) + "】"
        of = row.came_from or row.original
        entries = self.ledger.of(self.report.year - 1, of.id)
        for entry in entries:
            if isinstance(entry, Evaluation) and entry.progress:
                yield entry.progress.strip()
        yield from proposal([entry for entry in entries if isinstance(entry, Activity)], self.t)

    def _opinion(self, row: OpinionRow) -> str:
        return on_day(row.opinion.meeting, row.opinion.text, self.t)

    # -- indicators ---------------------------------------------------------------------------

    def figures(self) -> FormSheet:
        """Return the sheet with a row an indicator."""
        t = self.t
        ask = Ask(
            "figure", t(N_("The figure of the year as a number. 80件 and 1,234 are understood as well.")), expected=True
        )
        columns = [
            FormColumn("number", t(N_("No.")), 8),
            FormColumn("title", t(N_("What it measures")), 34),
            FormColumn("name", t(N_("Indicator")), 34),
            FormColumn("unit", t(N_("Unit")), 8),
            FormColumn("target", t(N_("Target")), 14),
            FormColumn("before", t(N_("Figure of last year")), 14),
            FormColumn("value", t(N_("Figure of the year")), 16, ask),
        ]
        if self.scheme.missing:
            hint = t(N_("Why there is no figure, where there is none. A figure that is missing is not 0."))
            ask = Ask("word", hint, words=offered(self.scheme.missing))
            columns.append(FormColumn("missing", t(N_("If there is none: why")), 16, ask))
        ask = Ask("text", t(N_("Where the figure comes from. May stay empty.")))
        columns.append(FormColumn("source", t(N_("Source (optional)")), 28, ask))
        rows = tuple(self._indicator(row) for row in self.report.indicators)
        return FormSheet(FIGURES, t(N_("Indicators")), t(N_("Figures of the indicators")), tuple(columns), rows)

    def _indicator(self, row: IndicatorRow) -> FormRow:
        indicator, t = row.indicator, self.t
        target = "" if row.result.target is None else print_goal(indicator, row.result.target, t)
        if target and row.result.target_year not in (None, self.report.year):
            target = message(N_("{target} (FY{year})"), target=target, year=row.result.target_year or 0).text(t)
        cells: dict[str, Held | None] = {
            "number": row.place.number,
            "title": self.plan.title(row.place),
            "name": print_indicator(indicator, t) + self._added_up(indicator),
            "unit": indicator.unit or "",
            "target": target,
            "before": print_missing(indicator, row.previous, t)
            or ("" if row.previous.value is None else print_measured(indicator, row.previous.value)),
            "value": measured_value(indicator, row.value.value),
            "missing": row.value.missing,
        }
        about = [entry for entry in self.ledger.of(self.report.year, row.place.id) if isinstance(entry, Actual)]
        entries = tuple(one.id for one in about if indicator.id in one.values or indicator.id in one.missing)
        held = {key: value for key, value in cells.items() if value is not None and value != ""}
        words = own_words(indicator)
        asks = {"value": Ask("word", t(N_("Choose a word.")), expected=True, words=words)} if words else {}
        is_quiet = not row.value.used and not is_awaited(self.report, row)
        return FormRow(indicator.id, held, entries, is_quiet, asks)

    def _added_up(self, indicator: Indicator) -> str:
        """Return that a running total is asked for, where that is so."""
        return "\n" + self.t(N_("(the total since the plan began)")) if indicator.aggregate == "cumulative" else ""

    # -- opinions -----------------------------------------------------------------------------

    def opinions(self) -> FormSheet:
        """Return the sheet with a row an open opinion."""
        t = self.t
        hint = t(N_("What becomes of the opinion, in a sentence or two."))
        columns = [
            FormColumn("meeting", t(N_("Meeting")), 18),
            FormColumn("place", t(N_("On")), 26),
            FormColumn("opinion", t(N_("Opinion")), 50),
            FormColumn("reply", t(N_("Response")), 50, Ask("text", hint)),
            FormColumn("state", t(N_("State")), 12, self.reply_state()),
        ]
        rows = tuple(self._open_opinion(row) for row in self.report.opinions if row.is_open)
        title = t(N_("Responses to the council's opinions"))
        return FormSheet(OPINIONS, t(N_("Opinions")), title, tuple(columns), rows)

    def reply_state(self) -> Ask:
        """Return what asks for the state of a response."""
        return Ask("word", self.t(N_("How far the answer has come.")), words=offered(self.scheme.responses))

    def _open_opinion(self, row: OpinionRow) -> FormRow:
        cells: dict[str, Held] = {
            "meeting": day_label(row.opinion.meeting, self.t),
            "place": subject(self.plan, row.place, self.t),
            "opinion": row.opinion.text.strip(),
        }
        if row.replies:
            last = row.replies[-1]
            cells |= {"reply": last.response.text.strip(), "state": print_answer(self.plan, last.state)}
        return FormRow(row.opinion.id, cells, tuple(reply.response.id for reply in row.replies))


def last_possible(last: date, today: date) -> date:
    """Return the day under which a year's text is recorded: its last one, or today while it runs."""
    return min(last, today)
