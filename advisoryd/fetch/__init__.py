"""Polite, bounded, safe HTTP.

From the outside in: :mod:`.client` asks and follows redirects, :mod:`.gate` makes it wait its turn, :mod:`.curl` moves
the bytes, :mod:`.verdict` says what the answer is worth. All else here is pure and knows no socket: who may be talked
to (:mod:`.guard`, :mod:`.urls`), when (:mod:`.schedule`), how long an answer lasts (:mod:`.freshness`), and what the
bytes are (:mod:`.headers`, :mod:`.unpack`, :mod:`.body`, :mod:`.challenge`, :mod:`.redirects`).
"""
