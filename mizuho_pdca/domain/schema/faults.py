"""What can be wrong in a file: a code, a place in the data, and words for a person.

A fault is a value that is collected, never an exception. The catalogue below is the one place
that gives a code its message and its remedy; ``docs/errors.md`` is made from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from mizuho_pdca.message import N_, Message, Value

At = tuple[str | int, ...]
"""A path in parsed YAML: keys and list positions; empty for the file as a whole."""

_UNSURE = frozenset({"E211"})
"""Codes whose guess is a number of the plan: near in spelling says little about what was meant."""

Severity = Literal["error", "warning", "note"]
"""A note is said, and stops nothing: what it is about is as it should be."""

_SEVERITIES: dict[str, Severity] = {"E": "error", "W": "warning", "N": "note"}


@dataclass(frozen=True)
class Fault:
    """One thing wrong at one place of a file's data.

    ``guess`` is what was probably meant; ``first`` is an earlier place in the same file, whose
    line the message names; ``on_key`` marks the key rather than its value.
    """

    code: str
    at: At = ()
    values: Mapping[str, Value] = field(default_factory=dict)
    guess: str | None = None
    first: At | None = None
    on_key: bool = False

    @property
    def severity(self) -> Severity:
        """Return whether the fault stops the data from being used."""
        return _SEVERITIES[self.code[0]]

    @property
    def message(self) -> Message:
        """Return what is wrong."""
        return Message(CATALOGUE[self.code].message, self.values)

    @property
    def remedy(self) -> Message:
        """Return what to do about it."""
        if self.guess is not None:
            words = N_("Did you mean {guess}?") if self.code in _UNSURE else N_("Write {guess}.")
            return Message(words, {"guess": self.guess})
        return Message(CATALOGUE[self.code].remedy, self.values)


@dataclass(frozen=True)
class Problem:
    """A fault with its place in a file: lines and columns count from 1, 0 where there is none.

    ``width`` is the length of the marked text in characters.
    """

    fault: Fault
    file: str
    line: int = 0
    column: int = 0
    excerpt: str = ""
    width: int = 1

    @property
    def order(self) -> tuple[str, int, int, str]:
        """Return the key that lists problems by place."""
        return (self.file, self.line, self.column, self.fault.code)


def guess(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that was probably meant, or None."""
    from difflib import get_close_matches

    choices = list(known)
    if word:
        begun = [choice for choice in choices if choice.startswith(word) or word.startswith(choice)]
        if len(begun) == 1:
            return begun[0]
    close = get_close_matches(word, choices, n=1, cutoff=0.6)
    return close[0] if close else None


@dataclass(frozen=True)
class Entry:
    """The words of one code, as English msgids."""

    message: str
    remedy: str


CATALOGUE: dict[str, Entry] = {
    # The file
    "E001": Entry(
        N_("the file is not UTF-8 text (it looks like {encoding})"),
        N_("Save it again with the encoding UTF-8 (Notepad: Save as, Encoding, UTF-8)."),
    ),
    "E002": Entry(
        N_("a merge stopped half way and left its marks ({marks})"),
        N_(
            "The lines from <<<<<<< to ======= are yours, those from ======= to >>>>>>> are the other side's. "
            "In each place keep only the lines that are right, and delete all lines with marks."
        ),
    ),
    "E003": Entry(
        N_("there is an invisible control character ({character})"),
        N_("Delete it; it often comes along when text is pasted from another program."),
    ),
    "E004": Entry(
        N_("a line is indented with a tab"),
        N_("Indent with spaces; YAML does not allow tabs there."),
    ),
    "E005": Entry(
        N_('the key "{key}" is given twice (first in line {first})'),
        N_("Keep one of the two lines."),
    ),
    "E006": Entry(
        N_("the file holds a second document (a line ---)"),
        N_("Keep one document a file."),
    ),
    "E007": Entry(
        N_("this is not valid YAML: {reason}"),
        N_("Compare the line with its neighbours: a colon wants a space behind it, a text with : or # wants quotes."),
    ),
    "E008": Entry(
        N_("the file is empty"),
        N_("Restore it with git (git checkout -- {file}), or record again."),
    ),
    "E009": Entry(
        N_("the file is too large ({size} bytes; at most {limit})"),
        N_("Put long papers elsewhere and refer to them with links."),
    ),
    "E010": Entry(
        N_("this is a symbolic link; plan and records must be files and folders of their own"),
        N_("Put the file or folder itself here in its place."),
    ),
    "E011": Entry(
        N_("the file can't be read ({reason})"),
        N_("Ask whoever looks after the shared folder for the right to read it."),
    ),
    # Its shape
    "E101": Entry(
        N_('the key "{key}" is not known here'),
        N_("Delete the line, or correct the key."),
    ),
    "E102": Entry(
        N_('the key "{key}" is missing'),
        N_("Add a line {key}: with its value."),
    ),
    "E103": Entry(
        N_('"{key}" has the wrong form ("{value}"): {expected} is wanted'),
        N_("Write it in that form."),
    ),
    "E104": Entry(
        N_('"{key}" is a number ({value}), but numbers of the plan are text'),
        N_('Quote it: {key}: "{value}"'),
    ),
    "E105": Entry(
        N_('"{key}" is empty'),
        N_("Write a text, or delete the line if the key is optional."),
    ),
    "E106": Entry(
        N_('{key} "{value}" is not one of {choices}'),
        N_("Use one of those words."),
    ),
    "E107": Entry(
        N_('{key} "{value}" is not a date'),
        N_("Write year-month-day, such as 2024-06-12."),
    ),
    "E108": Entry(
        N_('{key} "{value}" is not a time with its zone'),
        N_("Write it such as 2024-06-12T10:22:33+09:00."),
    ),
    "E109": Entry(
        N_('{key} "{value}" is not a fiscal year'),
        N_("Write the western year in which it begins, such as 2024."),
    ),
    "E110": Entry(
        N_('{key} "{value}" is not a figure of at most 15 digits'),
        N_("Write the figure alone, without unit or commas, such as 1234.5."),
    ),
    # The plan
    "E111": Entry(
        N_('the number {id} does not belong here: under {parent} it begins with "{parent}-"'),
        N_("Put it where its number belongs, or give it the number of its place."),
    ),
    "E112": Entry(
        N_("the number {id} is given twice (also in line {first})"),
        N_("Give a new item a new number; a number once used is never given again."),
    ),
    "E113": Entry(
        N_("{id} lists {original} again, but there is no such initiative"),
        N_("Write the number of the initiative that is listed again."),
    ),
    "E114": Entry(
        N_("{id} lists {original} again, which is itself a relisting"),
        N_("Refer to the original: {original_of}"),
    ),
    "E115": Entry(
        N_("from ({since}) is later than until ({until})"),
        N_("Correct one of the two fiscal years."),
    ),
    "E116": Entry(
        N_('the indicator "{id}" is to decrease, but its method is ratio'),
        N_('Use "method: progress" with a baseline, or "method: maintain" (at most the target).'),
    ),
    "E117": Entry(
        N_("the target of FY{year} is outside the plan's period (FY{since}-FY{until})"),
        N_("Give targets for fiscal years of the plan's period."),
    ),
    "E118": Entry(
        N_("the bands of the scale do not descend ({code}: {at_least})"),
        N_("List the ranks from best to worst, each at_least lower than the one before; the last has none."),
    ),
    "E119": Entry(
        N_('the indicator id "{id}" is given twice (also in line {first})'),
        N_("Give every indicator an id of its own."),
    ),
    "E120": Entry(
        N_('the indicator "{id}" is measured by progress, but has no baseline'),
        N_("Add a line baseline: {{year: 2021, value: …, source: …}}, or use another method."),
    ),
    "E121": Entry(
        N_('the indicator "{id}" combines method {method} with {other}, which has no meaning'),
        N_("See the list of methods in the plan file's comments."),
    ),
    "E122": Entry(
        N_('"{value}" is no value of the indicator "{id}" ({expected} is wanted)'),
        N_("Write the figure alone, or for a yes/no indicator yes or no."),
    ),
    "E123": Entry(
        N_('"{code}" stands twice in this list'),
        N_("Keep one of the two, or give one another name."),
    ),
    "E124": Entry(
        N_('the indicator id "{id}" has other characters than small letters, digits and -'),
        N_("Write it such as company-visits."),
    ),
    "E125": Entry(
        N_('"{id}" is not a number of the plan in its plain form'),
        N_("Write digits joined by -, such as {canonical}"),
    ),
    "E126": Entry(
        N_('the initiative "{id}" has neither a title nor relisted_from'),
        N_("Add a title, or refer to the original with relisted_from."),
    ),
    "E127": Entry(
        N_("the scheme lacks the status {missing}"),
        N_("List all seven statuses; their names and definitions are yours to choose."),
    ),
    "E128": Entry(
        N_("the number {id} does not belong here: a policy has one number, such as 1"),
        N_("Put it where its number belongs, or give it the number of its place."),
    ),
    "E130": Entry(
        N_("{id} is followed by {successor}, but there is no such number"),
        N_("Write the number of the item that goes on with it."),
    ),
    "E131": Entry(
        N_("{id} is an initiative on level {found}, but the plan has {depth} levels"),
        N_("Put initiatives on the lowest level, or list the plan's levels under plan: levels:"),
    ),
    "E132": Entry(
        N_("{id} lists submeasures and initiatives side by side"),
        N_("List one of the two: initiatives stand below submeasures, or right here in a plan of three levels."),
    ),
    # An entry
    "E201": Entry(
        N_('"{id}" is not the name of an entry (date and six characters)'),
        N_("Don't name entries by hand; pdca log gives the name."),
    ),
    "E202": Entry(
        N_("the entry is for {target}, but lies in the folder of {folder}"),
        N_("Move the file to {expected}"),
    ),
    "E203": Entry(
        N_("the entry belongs to FY{year}, but lies in the folder of {folder}"),
        N_("Move the file to {expected}"),
    ),
    "E204": Entry(
        N_('status "{value}" is not one of {choices}'),
        N_("Use one of those words."),
    ),
    "E205": Entry(
        N_('rating "{value}" is not one of {choices}'),
        N_("Use a code of the plan's scale."),
    ),
    "E206": Entry(
        N_('direction "{value}" is not one of {choices}'),
        N_("Use a word of the plan's list."),
    ),
    "E207": Entry(
        N_('there is no indicator "{value}" in the plan'),
        N_("pdca plan lists the indicators."),
    ),
    "E208": Entry(
        N_('the value "{value}" of "{indicator}" is not {expected}'),
        N_("Write the figure alone, or for a yes/no indicator yes or no."),
    ),
    "E209": Entry(
        N_('the file is named "{name}", but the entry inside is "{id}"'),
        N_("Name the file {id}.yaml"),
    ),
    "E210": Entry(
        N_("the date {date} is in the future"),
        N_("Record what has happened; correct the date."),
    ),
    "E211": Entry(
        N_('there is no "{target}" in the plan'),
        N_("pdca plan lists the numbers."),
    ),
    "E212": Entry(
        N_("{target} is not in force in FY{year} (in force from FY{since} to FY{until})"),
        N_("Record it for a year in which it is in force, or for the item that followed it."),
    ),
    "E213": Entry(
        N_('the reason "{value}" is not one of {choices}'),
        N_("Use a reason of the plan's list."),
    ),
    "E214": Entry(
        N_("{target} is a relisting of {original}"),
        N_("Record it for the original: target: {original}"),
    ),
    "E215": Entry(
        N_("an evaluation is for an initiative, but {target} is none"),
        N_("Evaluate the initiatives below it."),
    ),
    "E216": Entry(
        N_("the entry supersedes another, but gives no reason"),
        N_("Add a line reason: that says why."),
    ),
    "E218": Entry(
        N_('the response is "{value}", but gives no reason'),
        N_("Add a line reason: that says why."),
    ),
    "E219": Entry(
        N_('the state "{value}" is not one of {choices}'),
        N_("Use one of those words."),
    ),
    # Entries together
    "E301": Entry(
        N_("the entry {other} that this one refers to does not exist"),
        N_("Look it up with its date; if its file was deleted, restore it with git."),
    ),
    "E302": Entry(
        N_("{other} is superseded twice (also by {twin})"),
        N_("Withdraw one of the two: pdca withdraw {id} --reason …"),
    ),
    "E303": Entry(
        N_("entries refer to each other in a circle: {circle}"),
        N_("Withdrawals and corrections refer to older entries only; correct {key}."),
    ),
    "E304": Entry(
        N_("the entry {id} exists twice (also {other})"),
        N_("Delete the copy."),
    ),
    "E305": Entry(
        N_("this is {kind}, but it supersedes {other}, which is {other_kind}"),
        N_("Withdraw the other entry and record this one on its own."),
    ),
    "E306": Entry(
        N_("this response answers {other}, which is {other_kind} and no opinion"),
        N_("Name the opinion in responds:"),
    ),
    # A closed year
    "E501": Entry(
        N_("this entry of the closed year FY{year} was changed after it was sealed on {sealed}"),
        N_("Restore it with git; to change a closed year, reopen it first: pdca reopen {year} --reason …"),
    ),
    "E502": Entry(
        N_("the entry {entry} of the closed year FY{year} is missing; it was sealed on {sealed}"),
        N_("Restore it with git; to change a closed year, reopen it first: pdca reopen {year} --reason …"),
    ),
    "E503": Entry(
        N_("this entry came into the closed year FY{year} after it was sealed on {sealed}"),
        N_("Take it out, or reopen the year first: pdca reopen {year} --reason …"),
    ),
    "E504": Entry(
        N_("the plan for the closed year FY{year} was changed after it was sealed on {sealed}: {what}"),
        N_("Put the plan back as it was (git has it); {then}."),
    ),
    "E505": Entry(
        N_("this seal can't be read: {reason}"),
        N_("Restore the file with git; seals are made by pdca close and pdca reopen only."),
    ),
    "N501": Entry(
        N_(
            "FY{year} was closed on {sealed} with a seal of the first form: "
            "entries and plan are held against it, figures no longer"
        ),
        N_("pdca close {year} adds a seal of today's form; until then even a department may not change for that year."),
    ),
    "N502": Entry(
        N_(
            "FY{year} was closed on {sealed} by the rules of counting no. {sealed_rules}; "
            "this program has no. {rules}, so figures printed anew may differ"
        ),
        N_(
            "pdca close {year} adds a seal by newer rules; where the program's are the older ones, bring it up to date."
        ),
    ),
    "N503": Entry(
        N_("counted in FY{year} as well, which was closed on {sealed} without: {items}"),
        N_("Add from: {since} to what is new, so that closed years stay as they were."),
    ),
    "W401": Entry(
        N_('"{indicator}" of FY{year} adds up activities and actuals: {sum}'),
        N_("If the actual is the total of the year, supersede or withdraw the entries that it includes."),
    ),
    "W402": Entry(
        N_("this file is not an entry and is not read"),
        N_("Keep only entries in records/; put other papers elsewhere."),
    ),
}
