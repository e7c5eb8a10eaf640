"""The town's rules: plan, entries and what they add up to; no translation, no words for print, no input or output."""
