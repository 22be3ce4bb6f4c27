"""From bytes to records: one module per issuer, generic readers for the rest, and the catalogue of what is polled.

Every reader is a pure function of the bytes it is given. To add an issuer: one module with ``reader(source)``, one
``catalogue/<id>.toml``, one recorded payload under ``tests/sources/golden/<id>``.
"""
