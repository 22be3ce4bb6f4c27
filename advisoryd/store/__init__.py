"""What is remembered: tables, queries, migrations and raw payloads, on SQLite or PostgreSQL.

SQL never shows above this floor. The service opens a :class:`~advisoryd.store.engine.Store`, begins a transaction and
hands it to the functions of the modules here, so that new state, its events and its deliveries are one commit. No
transaction is open while the network is asked.
"""
