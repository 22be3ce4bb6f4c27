"""The order of the phases: ask, read, judge, commit, deliver, watch. Only this floor knows concrete classes.

tick ─> due sources ─> ask ─> read ─> judge ─> COMMIT ─> (later) due deliveries ─> render ─> send ─> settle
"""
