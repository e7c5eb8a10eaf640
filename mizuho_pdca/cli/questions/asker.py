"""Ask at a terminal: what is missing, what is wrong, or everything; show the whole; keep what was typed."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from mizuho_pdca.cli import prompts, streams
from mizuho_pdca.cli.framework import Session
from mizuho_pdca.cli.prompts import Interrupted, Offer
from mizuho_pdca.cli.questions.blanks import REASON, figures_typed, own_indicators
from mizuho_pdca.cli.questions.resume import (
    ASKED_FOR,
    YES,
    Stopped,
    candidates_of,
    chosen_entry,
    first_line_of,
    resumed,
    texts_of,
)
from mizuho_pdca.cli.questions.slip import Answer, Answers, Blank, Round, Slip
from mizuho_pdca.cli.questions.trial import MENDABLE, fault, tried
from mizuho_pdca.errors import PdcaError
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.storage.drafts import Unfinished, drop_draft, keep_draft, kept_draft
from mizuho_pdca.text import NONE

if TYPE_CHECKING:
    from mizuho_pdca.app.entry import Receipt

_CHANGE, _LEAVE = "change", "leave"


class Asker:
    """Asks for one entry. A command with nothing missing and nothing wrong is carried out without a question.

    ``name`` is the command that was typed, under which a draft is kept.
    """

    def __init__(
        self, here: Session, slip: Slip, answers: Answers, name: str = "", draft: Unfinished | None = None
    ) -> None:
        """Take what was given on the command line, or what a draft holds."""
        self.here = here
        self.slip = slip
        self.name = name or slip.command
        self.draft = draft
        self.at = Round(here, answers)
        self.unchecked = set(answers)
        self.told: set[str] = set()
        self.was_asked = False
        self.left_out: set[str] = set()
        self.keeps: bool | None = None
        self.asking: Blank | None = None

    @property
    def t(self) -> Translate:
        """Return the reader's language, with years as the plan counts them."""
        return self.here.plans_t

    def receipt(self) -> Receipt:
        """Return what was recorded; raise ``Stopped`` where somebody left, the command's error where it can't be."""
        try:
            receipt = self._receipt()
        except KeyboardInterrupt as exc:
            raise self._stopped(exc.text if isinstance(exc, Interrupted) else "") from None
        except PdcaError:
            if self.was_asked and self._keep():
                streams.write_error(self._kept_words())
            raise
        if self.was_asked and self.keeps:
            drop_draft(self.here.desk.root, self.name)
        return receipt

    def _receipt(self) -> Receipt:
        _ = self.here.desk.plan  # a plan with a fault is told of before anything is asked
        answers = self.at.answers
        if "reason" in answers and "supersedes" not in answers and self.slip.by_key["reason"] is REASON:
            answers["supersedes"] = ASKED_FOR
        whole = self.slip.is_bare(answers)
        if not (whole or self._to_choose() or self.draft or self._open_blanks(everything=False)):
            self._narrow()
            return self._carried_out()
        self.keeps = False  # what was kept stays until somebody has said what becomes of it
        self._go_on(self.draft or resumed(self.here, self.name, self.slip))
        self.keeps = True
        whole = whole or self.draft is not None or self.slip.is_bare(self.at.answers)
        self._check_given()
        self._narrow()
        self._find_old()
        for blank in self._open_blanks(everything=whole):
            if whole and blank.key == "reason":
                self._check_changed()
            self._ask(blank)
        if whole:
            self._check_changed()
            self._review()
        return self._carried_out()

    def _check_changed(self) -> None:
        """Raise ``Stopped`` where a correction would change nothing; it is found before the reason is asked for."""
        if "supersedes" in self.at.answers and self.slip.is_bare(self.at.answers):
            drop_draft(self.here.desk.root, self.name)
            self.was_asked = False
            raise Stopped(N_("Nothing was changed, so nothing was recorded."))

    def _go_on(self, draft: Unfinished | None) -> None:
        """Take the answers of a draft in place of those that were given, and choose what is still to be chosen."""
        if draft is not None:
            begun = draft.begun[0] if draft.begun else ""
            known = {key: value for key, value in draft.answers.items() if key != begun and key in self.slip.by_key}
            self.at.answers = Answers({key: value for key, value in known.items() if value})
            self.left_out = known.keys() - self.at.answers.keys()
            self.unchecked = set(self.at.answers)
        self.draft = draft
        for key in self._to_choose():
            del self.at.answers[key]
            if key == "supersedes":
                self.was_asked = True
                self.at.answers[key] = chosen_entry(self.at, self.t, self.slip.kind)

    def _to_choose(self) -> list[str]:
        """Return the keys of what is to be chosen from a list, as somebody typed."""
        return [key for key, answer in self.at.answers.items() if answer == ASKED_FOR]

    def _open_blanks(self, *, everything: bool) -> list[Blank]:
        """Return what is to be asked: what is missing, or all that the command has questions for."""
        known = self.at.answers
        missing = self.slip.missing(self.at)
        return [
            blank
            for blank in self.slip.blanks
            if blank.key not in known.keys() | self.left_out
            and blank.unless not in known
            and (
                blank in missing
                or (blank.when is not None and (everything or blank.when(self.at)))
                or (everything and (blank.need != "option" or self._present(blank)))
            )
        ]

    def _find_old(self) -> None:
        """Note the entry that is corrected, whose fields the questions show."""
        name = self.at.answers.one("supersedes")
        if name is not None and self.at.old is None:
            from mizuho_pdca.app.input.entries import entry_in_force

            self.at.old, _ = entry_in_force(self.here.desk, name, {self.slip.kind})

    def _present(self, blank: Blank) -> str:
        """Return what the entry that is corrected holds, in print."""
        return "" if self.at.old is None or blank.held is None else blank.held(self.at, self.at.old)

    # -- carrying it out ----------------------------------------------------------------------

    def _carried_out(self) -> Receipt:
        """Record what is known; ask again for what is refused."""
        while True:
            try:
                return self.slip.run(self.here.desk, self.at.answers)
            except PdcaError as exc:
                if exc.exit_code not in MENDABLE:
                    raise
                self.unchecked = set(self.at.answers)
                if self._check_given():
                    continue
                if not (self._open_blanks(everything=False) or self.was_asked):
                    raise
                self._tell(exc)
                self._mend_whole()

    def _mend_whole(self) -> None:
        """Ask for what a refused entry lacks, else which answer is to be another."""
        if missing := self._open_blanks(everything=False):
            for blank in missing:
                self._ask(blank)
        else:
            self._review()

    def _narrow(self) -> None:
        """Let somebody choose what is meant below a broader answer."""
        for blank in self.slip.blanks:
            answer = self.at.answers.one(blank.key)
            if blank.below is None or answer is None:
                continue
            with suppress(PdcaError):  # the command itself says what is wrong with it
                if choices := blank.below(self.here.desk, answer):
                    whole = Offer(answer, self.t(N_("{number} as a whole")).format(number=answer))
                    offers = [*(Offer(value, f"{value}  {name}", value) for value, name in choices), whole]
                    self.at.answers[blank.key] = prompts.choose(self.t(N_("Which initiative?")), offers, self.t)

    def _review(self) -> None:
        """Show the whole entry until somebody says that it is right."""
        while True:
            error = tried(self.at, self.slip, self.at.answers)
            offers = [Offer(_CHANGE, self.t(N_("change an answer"))), Offer(_LEAVE, self.t(N_("stop")))]
            if error is None and (last := self.at.last) is not None:
                streams.write_text("\n" + self._preview(last) + "\n")
                offers.insert(0, Offer(YES, self.t(N_("yes, record it")), "y はい"))
            elif error is not None:
                self._tell(error)
            match prompts.pick(self.t(N_("Record it?")), offers, self.t):
                case "yes":
                    return
                case "change":
                    self.told = set() if error is None else set(texts_of(error, self.t))
                    self._change()
                case "leave":
                    raise Interrupted

    def _preview(self, made: Receipt) -> str:
        from mizuho_pdca.render.text.receipt import preview_text

        notes, width = [*made.totals, *made.notes], streams.screen_width()
        return preview_text(made.plan, made.entry, notes, self.t, before=made.before, width=width)

    def _change(self) -> None:
        """Ask which answer is to be another, and for it."""
        offers = []
        for blank in self.slip.blanks:
            held = self.at.answers.get(blank.key)
            if held is not None or (blank.need != "option" and blank.applies(self.at)):
                shown = blank.label(self.at, held) if held else self._present(blank) or NONE
                offers.append(Offer(blank.key, f"{self.t(blank.words)}: {first_line_of(shown)}"))
        blank = self.slip.by_key[prompts.pick(self.t(N_("Which answer?")), offers, self.t)]
        is_written = blank.widget in ("line", "text")
        self._ask(blank, (self.at.answers.one(blank.key) or "") if is_written else "")

    # -- one question -------------------------------------------------------------------------

    def _ask(self, blank: Blank, typed: str = "", candidates: Sequence[Offer] = ()) -> None:
        """Put one question until its answer is right, or left out where it may be."""
        if (blank.when is not None and not blank.when(self.at)) or not blank.applies(self.at):
            return
        self.was_asked = True
        if blank.widget == "figures":
            self._ask_figures(blank)
            return
        if self.draft is not None and self.draft.begun is not None and self.draft.begun[0] == blank.key:
            typed, self.draft = self.draft.begun[1], None
        is_must = blank.need == "must" and not blank.spared(self.at)
        may_be_empty = not (is_must or blank.when is not None) or self._present(blank) != ""
        while True:
            self.asking = blank
            answer = self._put(blank, typed, candidates)
            self.asking = None
            if blank.widget == "choice" and not answer:
                answer = self._on_enter(blank)
            typed, candidates = self._begun_again(blank, answer), ()
            if not answer.strip() or (blank.widget == "text" and answer.strip() == self._present(blank).strip()):
                if may_be_empty:
                    self._leave_out(blank)
                    return
                streams.write_text(self.t(N_("This can't be left out.")))
                continue
            error = self._fault(blank, answer)
            if error is None:
                self._take(blank, answer)
                return
            self._tell(error)
            candidates = candidates_of(error)

    def _put(self, blank: Blank, typed: str, candidates: Sequence[Offer]) -> str:
        words, present, enter = self.t(blank.asks or blank.words), self._present(blank), self._enter(blank)
        if candidates:
            return prompts.choose(words, candidates, self.t)
        if blank.widget == "text":
            given = present or self._on_enter(blank)
            keeps = bool(given) and not typed
            enter = self.t(N_("as it is")) if keeps and present else enter
            return prompts.paragraphs(self._with(words, enter), typed or given, self.t, keeps=keeps)
        offers = list(blank.offers(self.at)) if blank.widget in ("choice", "free choice") else []
        if offers and enter and blank.widget == "choice":
            offers.insert(0, Offer("", self.t(N_("(Enter) {enter}")).format(enter=enter)))
            return prompts.choose(words, offers, self.t, typed)
        if offers:
            free = blank.widget == "free choice"
            return prompts.choose(self._with(words, enter), offers, self.t, typed, free=free)
        return prompts.line(self._with(words, enter), typed)

    def _begun_again(self, blank: Blank, answer: str) -> str:
        """Return what the line holds after a wrong answer: nothing where Enter alone means something."""
        return "" if blank.widget == "line" and self._enter(blank) else answer

    def _enter(self, blank: Blank) -> str:
        """Return what Enter alone means, empty where it means nothing."""
        if present := self._present(blank):
            return self.t(N_("as it is: {held}")).format(held=first_line_of(present))
        enter = blank.enter if isinstance(blank.enter, str) else blank.enter(self.at)
        return self.t(enter) if enter else ""

    def _on_enter(self, blank: Blank) -> str:
        """Return the answer that Enter alone gives; a correction keeps what stands."""
        return "" if self._present(blank) else blank.on_enter(self.at)

    def _with(self, words: str, enter: str) -> str:
        return words + self.t(N_(" (Enter: {enter})")).format(enter=enter) if enter else words

    def _ask_figures(self, blank: Blank) -> None:
        """Ask for a figure of each indicator of the initiative's own; Enter alone gives none."""
        before = figures_typed(self.at, self.at.answers.many(blank.key))
        own = dict.fromkeys(indicator.id for indicator, _ in own_indicators(self.at))
        self.at.answers[blank.key] = [text for slug, (text, _) in before.items() if slug not in own]
        held = getattr(self.at.old, "values", {})
        for indicator, label in own_indicators(self.at):
            shown = self.t(N_("as it is: {held}")).format(held=held[indicator.id]) if indicator.id in held else ""
            words = self._with(label, shown or self.t(N_("none")))
            _, typed = before.get(indicator.id, ("", ""))
            while typed := prompts.line(words, typed).strip():
                figures = [*self.at.answers.many(blank.key), f"{indicator.id}={typed}"]
                error = self._fault(blank, figures)
                if error is None:
                    self._take(blank, figures)
                    break
                self._tell(error)
                typed = ""
        if not self.at.answers[blank.key]:
            self._leave_out(blank)

    def _leave_out(self, blank: Blank) -> None:
        self.at.answers.pop(blank.key, None)
        self.left_out.add(blank.key)
        self._keep()

    def _take(self, blank: Blank, answer: Answer) -> None:
        self.at.answers[blank.key] = answer
        self.unchecked.discard(blank.key)
        self._keep()

    # -- whether an answer is right -----------------------------------------------------------

    def _check_given(self) -> bool:
        """Ask again for each answer that is wrong by itself, with the reason; return whether there was one."""
        found = False
        for blank in sorted(self.slip.blanks, key=lambda one: one.key != "supersedes"):
            if blank.key not in self.unchecked or blank.key not in self.at.answers:
                continue
            error = self._fault(blank, self.at.answers[blank.key])
            if error is not None:
                found = self.was_asked = True
                self._tell(error)
                self._mend(blank, error)
            self.unchecked.discard(blank.key)
        return found

    def _mend(self, blank: Blank, error: PdcaError) -> None:
        answer = self.at.answers[blank.key]
        if isinstance(answer, str):
            self._ask(blank, self._begun_again(blank, answer), candidates_of(error))
            return
        good: list[str] = []
        for given in answer:
            one = given
            while one.strip() and (wrong := self._fault(blank, [*good, one])) is not None:
                if one != given:
                    self._tell(wrong)
                one = prompts.line(self.t(blank.words), one)
            good += [one] if one.strip() else []
        self._take(blank, good)

    def _fault(self, blank: Blank, answer: Answer) -> PdcaError | None:
        error = fault(self.at, self.slip, blank, answer, self.unchecked)
        return None if error is None or self.told.issuperset(texts_of(error, self.t)) else error

    def _tell(self, error: PdcaError) -> None:
        streams.write_text("\n".join(texts_of(error, self.t)))

    # -- what is kept -------------------------------------------------------------------------

    def _keep(self, begun: tuple[str, str] | None = None) -> bool:
        """Write the draft, unless that would take the place of one that nobody has decided about."""
        root = self.here.desk.root
        if self.keeps is None:
            self.keeps = kept_draft(root, self.name) is None
        answers = {**dict.fromkeys(self.left_out, ""), **self.at.answers}
        return self.keeps and keep_draft(root, self.name, Unfinished(answers, begun))

    def _stopped(self, text: str) -> PdcaError:
        is_written = self.asking is not None and self.asking.widget in ("line", "text") and text.strip()
        begun = (self.asking.key, text) if self.asking is not None and is_written else None
        if (self.at.answers or begun) and self._keep(begun):
            words = N_("Stopped; nothing was recorded. What you typed is kept: pdca {command} goes on with it.")
            return Stopped(words, command=self.name)
        return Stopped(N_("Stopped; nothing was written."))

    def _kept_words(self) -> str:
        words = N_("What you typed is kept: pdca {command} goes on with it.")
        return self.t(words).format(command=self.name)
