"""What every code of a fault says, and what to do about it: docs/errors.md is made from this and the gallery."""

from __future__ import annotations

from dataclasses import dataclass

from mizuho_pdca.message import N_


@dataclass(frozen=True)
class CodeWords:
    """The words of one code, as English msgids."""

    message: str
    remedy: str


CATALOGUE: dict[str, CodeWords] = {
    # The file
    "E001": CodeWords(
        N_("the file is not UTF-8 text (it looks like {encoding})"),
        N_("Save it again with the encoding UTF-8 (Notepad: Save as, Encoding, UTF-8)."),
    ),
    "E002": CodeWords(
        N_("a merge stopped half way and left its marks ({marks})"),
        N_(
            "The lines from <<<<<<< to ======= are yours, those from ======= to >>>>>>> are the other side's. "
            "In each place keep only the lines that are right, and delete all lines with marks."
        ),
    ),
    "E003": CodeWords(
        N_("there is an invisible control character ({character})"),
        N_("Delete it; it often comes along when text is pasted from another program."),
    ),
    "E004": CodeWords(N_("a line is indented with a tab"), N_("Indent with spaces; YAML does not allow tabs there.")),
    "E005": CodeWords(N_('the key "{key}" is given twice (first in line {first})'), N_("Keep one of the two lines.")),
    "E006": CodeWords(N_("the file holds a second document (a line ---)"), N_("Keep one document a file.")),
    "E007": CodeWords(
        N_("this is not valid YAML: {reason}"),
        N_("Compare the line with its neighbours: a colon wants a space behind it, a text with : or # wants quotes."),
    ),
    "E008": CodeWords(N_("the file is empty"), N_("Restore it with git (git checkout -- {file}), or record again.")),
    "E009": CodeWords(
        N_("the file is larger than {limit} bytes"), N_("Put long papers elsewhere and refer to them with links.")
    ),
    "E010": CodeWords(
        N_("this is a symbolic link; plan and records must be files and folders of their own"),
        N_("Put the file or folder itself here in its place."),
    ),
    "E011": CodeWords(
        N_("the file can't be read ({reason})"),
        N_("Ask whoever looks after the shared folder for the right to read it."),
    ),
    "E012": CodeWords(
        N_("there are {count} faults in this file; the first {shown} are shown"),
        N_("Correct these first; pdca validate then shows the next ones."),
    ),
    # Its shape
    "E101": CodeWords(N_('the key "{key}" is not known here'), N_("Delete the line, or correct the key.")),
    "E102": CodeWords(N_('the key "{key}" is missing'), N_("Add a line {key}: with its value.")),
    "E103": CodeWords(N_('"{key}" has the wrong form ("{value}"): {expected} is wanted'), N_("Write it in that form.")),
    "E104": CodeWords(
        N_('"{key}" is a number ({value}), but numbers of the plan are text'), N_('Quote it: {key}: "{value}"')
    ),
    "E105": CodeWords(N_('"{key}" is empty'), N_("Write a text, or delete the line if the key is optional.")),
    "E106": CodeWords(N_('{key} "{value}" is not one of {choices}'), N_("Use one of those words.")),
    "E107": CodeWords(N_('{key} "{value}" is not a date'), N_("Write year-month-day, such as 2024-06-12.")),
    "E108": CodeWords(
        N_('{key} "{value}" is not a time with its zone'), N_("Write it such as 2024-06-12T10:22:33+09:00.")
    ),
    "E109": CodeWords(
        N_('{key} "{value}" is not a fiscal year'), N_("Write the western year in which it begins, such as 2024.")
    ),
    "E110": CodeWords(
        N_('{key} "{value}" is not a figure of at most 15 digits'),
        N_("Write the figure alone, without unit or commas, such as 1234.5."),
    ),
    # The plan
    "E111": CodeWords(
        N_('the number {id} does not belong here: under {parent} it begins with "{parent}-"'),
        N_("Put it where its number belongs, or give it the number of its place."),
    ),
    "E112": CodeWords(
        N_("the number {id} is given twice (also in line {first})"),
        N_("Give a new item a new number; a number once used is never given again."),
    ),
    "E113": CodeWords(
        N_("{id} lists {original} again, but there is no such initiative"),
        N_("Write the number of the initiative that is listed again."),
    ),
    "E114": CodeWords(
        N_("{id} lists {original} again, which is itself a relisting"), N_("Refer to the original: {original_of}")
    ),
    "E115": CodeWords(N_("from ({since}) is later than until ({until})"), N_("Correct one of the two fiscal years.")),
    "E116": CodeWords(
        N_('the indicator "{id}" is to decrease, but its method is ratio'),
        N_(
            'Use "method: progress" with a baseline, "method: inverse" (target / actual), '
            'or "method: maintain" (at most the target).'
        ),
    ),
    "E117": CodeWords(
        N_("the target of FY{year} is from before the plan, which begins in FY{since}"),
        N_("Give targets for fiscal years of the plan or later; an earlier value stands in baseline: or history:"),
    ),
    "E118": CodeWords(
        N_("the bands of the scale do not descend ({code}: {at_least})"),
        N_("List the ranks from best to worst, each at_least lower than the one before; the last has none."),
    ),
    "E119": CodeWords(
        N_('the indicator id "{id}" is given twice (also in line {first})'),
        N_("Give every indicator an id of its own."),
    ),
    "E120": CodeWords(
        N_('the indicator "{id}" is measured by progress, but has no baseline'),
        N_("Add a line baseline: {{year: 2021, value: …, source: …}}, or use another method."),
    ),
    "E121": CodeWords(
        N_('the indicator "{id}" combines method {method} with {other}, which has no meaning'),
        N_("See the list of methods in the plan file's comments."),
    ),
    "E122": CodeWords(
        N_('"{value}" is no value of the indicator "{id}" ({expected} is wanted)'),
        N_("Write the figure alone, or for an indicator without figures one of its words (else yes or no)."),
    ),
    "E123": CodeWords(N_('"{code}" stands twice in this list'), N_("Keep one of the two, or give one another name.")),
    "E124": CodeWords(
        N_('the indicator id "{id}" has other characters than small letters, digits and -'),
        N_("Write it such as company-visits."),
    ),
    "E125": CodeWords(
        N_('"{id}" is not a number of the plan in its plain form'), N_("Write digits joined by -, such as {canonical}")
    ),
    "E126": CodeWords(
        N_('the initiative "{id}" has neither a title nor relisted_from'),
        N_("Add a title, or refer to the original with relisted_from."),
    ),
    "E127": CodeWords(
        N_("the scheme lacks the status {missing}"),
        N_("List all seven statuses; their names and definitions are yours to choose."),
    ),
    "E128": CodeWords(
        N_("the number {id} does not belong here: a policy has one number, such as 1"),
        N_("Put it where its number belongs, or give it the number of its place."),
    ),
    "E130": CodeWords(
        N_("{id} is followed by {successor}, but there is no such number"),
        N_("Write the number of the item that goes on with it."),
    ),
    "E131": CodeWords(
        N_("{id} is an initiative on level {found}, but the plan has {depth} levels"),
        N_("Put initiatives on the lowest level, or list the plan's levels under plan: levels:"),
    ),
    "E132": CodeWords(
        N_("{id} lists submeasures and initiatives side by side"),
        N_("List one of the two: initiatives stand below submeasures, or right here in a plan of three levels."),
    ),
    "E133": CodeWords(
        N_('the tolerance of the indicator "{id}" is below 0 ({value})'),
        N_("Write how far an actual may be off, upward or downward, without a sign."),
    ),
    "E134": CodeWords(
        N_('the indicator "{id}" is measured by {method}, but its target is below 0 ({target})'),
        N_('Use "method: progress" with a baseline, or "method: maintain".'),
    ),
    "E135": CodeWords(
        N_('the indicator "{id}" has direction {direction}, but its target {target} is behind its baseline {baseline}'),
        N_('Correct the direction, the baseline or the target, or use "method: maintain".'),
    ),
    "E136": CodeWords(
        N_('the indicator "{id}" has a target of FY{year}, which is not after its baseline (FY{baseline})'),
        N_("Give a baseline from before the first target; a value of the plan's own years is an actual."),
    ),
    "E137": CodeWords(
        N_("a plan has three or four levels, but {key} lists {found}"),
        N_("Write three or four names, the highest level first."),
    ),
    "E138": CodeWords(
        N_('"{value}" is no time zone that is known here'), N_("Write it such as Asia/Tokyo, or delete the line.")
    ),
    "E139": CodeWords(
        N_('the indicator "{id}" stands at a relisting'),
        N_("Put it at the original, {original}: a relisting is never counted."),
    ),
    "E140": CodeWords(
        N_('a target of the indicator "{id}" has none of the forms that a target may have'),
        N_(
            "Write a number, a word with or without a bound such as {{text: 維持, at_least: 50}}, "
            "or a range such as {{from: 5, to: 10}}, the lower figure first. Steps and yes or no have no bounds."
        ),
    ),
    "E141": CodeWords(
        N_("the value of FY{year} in history is none from before the plan, which begins in FY{since}"),
        N_("Record it as an actual: pdca actual … --year {year}"),
    ),
    "E142": CodeWords(
        N_('the indicator "{id}" has both every and surveyed'),
        N_("Keep every: where a survey comes round by itself, or surveyed: with its years."),
    ),
    "E143": CodeWords(
        N_('the indicator "{id}" can\'t be listed again here'),
        N_("Write the id of an indicator of another place, once; a relisting shows those of its original."),
    ),
    "E144": CodeWords(
        N_("the relisting {id} has tags of its own"),
        N_("Put them at the original, {original}: a relisting has the tags of its original."),
    ),
    "E145": CodeWords(
        N_('"{value}" is no amount of money for the indicator "{id}" (unit: {unit})'),
        N_("Write an amount of 0 or more, without a part of a yen; other units than yen may have decimals."),
    ),
    "E146": CodeWords(
        N_('the evaluator "{name}" can\'t have this scale'),
        N_(
            "The first evaluator rates by the scale of the scheme: write it there. "
            "Give another at least one rating, or delete the line."
        ),
    ),
    "E150": CodeWords(
        N_("a rating is expected at the level {level}, but this plan of three levels has none of that"),
        N_("Leave {level} out of rate: a plan of three levels has initiatives right below its measures."),
    ),
    "E155": CodeWords(
        N_("the schedule's step of FY{year} is outside the plan's period (FY{since}-FY{until})"),
        N_("Give steps for fiscal years of the plan's period."),
    ),
    "E160": CodeWords(
        N_('"{value}" is not the code of a municipality: six digits, the last of which checks the others'),
        N_('Look it up in the list of codes (全国地方公共団体コード), and write it in quotes: code: "133035"'),
    ),
    # An entry
    "E201": CodeWords(
        N_('"{id}" is not the name of an entry (date and six characters)'),
        N_("Don't name entries by hand; pdca log gives the name."),
    ),
    "E202": CodeWords(
        N_("the entry is for {target}, but lies in the folder of {folder}"), N_("Move the file to {expected}")
    ),
    "E203": CodeWords(
        N_("the entry belongs to FY{year}, but lies in the folder of {folder}"), N_("Move the file to {expected}")
    ),
    "E204": CodeWords(N_('status "{value}" is not one of {choices}'), N_("Use one of those words.")),
    "E205": CodeWords(N_('rating "{value}" is not one of {choices}'), N_("Use a code of the plan's scale.")),
    "E206": CodeWords(N_('direction "{value}" is not one of {choices}'), N_("Use a word of the plan's list.")),
    "E207": CodeWords(N_('there is no indicator "{value}" in the plan'), N_("pdca plan lists the indicators.")),
    "E208": CodeWords(
        N_('the value "{value}" of "{indicator}" is not {expected}'),
        N_("Write the figure alone, or for an indicator without figures one of its words (else yes or no)."),
    ),
    "E209": CodeWords(N_('the file is named "{name}", but the entry inside is "{id}"'), N_("Name the file {id}.yaml")),
    "E210": CodeWords(N_("the date {date} is in the future"), N_("Record what has happened; correct the date.")),
    "E211": CodeWords(N_('there is no "{target}" in the plan'), N_("pdca plan lists the numbers.")),
    "E212": CodeWords(
        N_("{target} is not in force in FY{year} (in force from FY{since} to FY{until})"),
        N_("Record it for a year in which it is in force, or for the item that followed it."),
    ),
    "E213": CodeWords(N_('the reason "{value}" is not one of {choices}'), N_("Use a reason of the plan's list.")),
    "E214": CodeWords(
        N_("{target} is a relisting of {original}"), N_("Record it for the original: target: {original}")
    ),
    "E215": CodeWords(
        N_("{kind} is for an initiative, but {target} is none"), N_("Record it for the initiatives below it.")
    ),
    "E216": CodeWords(N_("the entry supersedes another, but gives no reason"), N_("Add a line reason: that says why.")),
    "E218": CodeWords(N_('the response is "{value}", but gives no reason'), N_("Add a line reason: that says why.")),
    "E219": CodeWords(N_('the state "{value}" is not one of {choices}'), N_("Use one of those words.")),
    "E220": CodeWords(
        N_('the file "{name}" is a copy of {id}.yaml, which Windows, OneDrive or an editor made'),
        N_("Compare it with {id}.yaml, then delete the copy; where {id}.yaml is missing, give this file that name."),
    ),
    "E221": CodeWords(
        N_('the indicator "{indicator}" is in force from FY{since} to FY{until}, not in FY{year}'),
        N_("Correct the fiscal year, or from and until of the indicator in the plan."),
    ),
    "E222": CodeWords(N_('"{indicator}" has a figure and a reason for no figure'), N_("Keep one of the two.")),
    "E223": CodeWords(
        N_("a withdrawal can't take the place of another entry ({other})"),
        N_("Delete the line; to undo a withdrawal, withdraw it."),
    ),
    "E224": CodeWords(
        N_('"{value}" can\'t be one of them: the plan has no {key}'),
        N_("Leave it out, or list them in the plan under scheme: {key}:"),
    ),
    "E225": CodeWords(
        N_("the period ends on {until}, before it begins on {date}"), N_("Correct the earlier or the later day.")
    ),
    "E226": CodeWords(
        N_('the evaluator "{value}" is not one of {choices}'), N_("Use a code of the plan's list of evaluators.")
    ),
    "E227": CodeWords(
        N_('the indicator "{indicator}" stands at {at}, not at {target}'), N_("Rate it where it stands: target: {at}")
    ),
    "E228": CodeWords(
        N_('"{value}" is no amount of money for the indicator "{indicator}" (unit: {unit})'),
        N_(
            "Write an amount of 0 or more, without a part of a yen; other units than yen may have decimals. "
            "What was paid back belongs into a correction of the entry that has the payment."
        ),
    ),
    "E229": CodeWords(
        N_('the indicator "{indicator}" tells of means or surroundings, which are never rated'),
        N_("Leave indicator: out to rate what it stands at. What is to be rated is an output or an outcome."),
    ),
    # Entries together
    "E301": CodeWords(
        N_("the entry {other} that this one refers to does not exist"),
        N_("Look it up with its date; if its file was deleted, restore it with git."),
    ),
    "E302": CodeWords(
        N_("{other} is superseded twice (also by {twin})"), N_("Withdraw one of the two: pdca withdraw {id} --reason …")
    ),
    "E303": CodeWords(
        N_("entries refer to each other in a circle: {circle}"),
        N_("Withdrawals and corrections refer to older entries only; correct {key}."),
    ),
    "E304": CodeWords(N_("the entry {id} exists twice (also {other})"), N_("Delete the copy.")),
    "E305": CodeWords(
        N_("this is {kind}, but it supersedes {other}, which is {other_kind}"),
        N_("Withdraw it, and record it on its own: pdca withdraw {id} --reason …"),
    ),
    "E306": CodeWords(
        N_("this response answers {other}, which is {other_kind} and no opinion"), N_("Name the opinion in responds:")
    ),
    # A closed year
    "E501": CodeWords(
        N_("this entry of the closed year FY{year} was changed after it was sealed on {sealed}"),
        N_("Restore it with git; to change a closed year, reopen it first: pdca reopen {year} --reason …"),
    ),
    "E502": CodeWords(
        N_("the entry {entry} of the closed year FY{year} is missing; it was sealed on {sealed}"),
        N_("Restore it with git; to change a closed year, reopen it first: pdca reopen {year} --reason …"),
    ),
    "E503": CodeWords(
        N_("this entry came into the closed year FY{year} after it was sealed on {sealed}"),
        N_("Take it out, or reopen the year first: pdca reopen {year} --reason …"),
    ),
    "E504": CodeWords(
        N_("the plan for the closed year FY{year} was changed after it was sealed on {sealed}: {what}"),
        N_("Put the plan back as it was (git has it); {then}."),
    ),
    "E505": CodeWords(
        N_("this seal can't be read: {reason}"),
        N_("Restore the file with git; seals are made by pdca close and pdca reopen only."),
    ),
    # A closed year, for information
    "N501": CodeWords(
        N_(
            "closed on {sealed} with a seal of the first form: "
            "entries and plan of FY{year} are held against it, figures no longer"
        ),
        N_("pdca close {year} adds a seal of today's form; until then even a department may not change for that year."),
    ),
    "N502": CodeWords(
        N_(
            "closed on {sealed} by the rules of counting no. {sealed_rules}; "
            "this program has no. {rules}, so figures of FY{year} may differ when they are printed anew"
        ),
        N_("pdca close {year} adds a seal by newer rules; where the program's are older, bring it up to date."),
    ),
    "N503": CodeWords(
        N_("counted in FY{year} as well, which was closed on {sealed} without: {items}"),
        N_("Add from: {since} to what is new, so that closed years stay as they were."),
    ),
    # Worth a look
    "W401": CodeWords(
        N_('"{indicator}" of FY{year} adds up activities and actuals: {sum}'),
        N_("If the actual is the year's total, withdraw activities that it includes; log them anew without -k."),
    ),
    "W402": CodeWords(
        N_("this file is not an entry and is not read"),
        N_("Keep only entries in records/; put other papers elsewhere."),
    ),
    "W403": CodeWords(
        N_("{target} is rated {rating} for FY{year} by {by}, after {other_by} had rated it {other_rating} ({other})"),
        N_("The last one counts. Agree on one of them, and withdraw the other: pdca withdraw {other} --reason …"),
    ),
    "W404": CodeWords(
        N_("this may have been recorded twice: the same day and {what} as {others}"),
        N_('If it was, take one back: pdca withdraw {id} --reason "recorded twice". If both are right, leave them.'),
    ),
    "W405": CodeWords(
        N_('"{indicator}" of FY{year} is {value} by {by}, and was {other_value} by {other_by} ({other})'),
        N_("The last one is the year's value. Agree on one, and withdraw the other: pdca withdraw {other} --reason …"),
    ),
}
