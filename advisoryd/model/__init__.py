"""The words of the domain: frozen dataclasses and enums, standard library only.

Nothing here reads a clock, opens a file or knows where a value came from. Every instant is an aware
``datetime`` in UTC; every level is on the common ladder of :mod:`advisoryd.model.ladder`, where ``None``
means *unknown* and is never shown as safe.
"""
