"""Pure decisions: what changed, may it be believed, which story, who hears of it, when, how often to try again.

No function here does I/O or reads a clock. Each takes what is known, the time and the thresholds, and returns a value
that says what it decided and why.
"""
