"""Feeds by way of ``reader``, run with an interpreter that has it: ``peer_reader.py setup|poll DATABASE [URLS]``."""

import json
import sys
from pathlib import Path

from reader import make_reader

verb, database = sys.argv[1:3]
reader = make_reader(database)
if verb == "setup":
    for url in Path(sys.argv[3]).read_text().split():
        reader.add_feed(url)
else:
    new = edited = 0
    for result in reader.update_feeds_iter(scheduled=False, workers=10):
        if isinstance(result.value, Exception):
            raise result.value
        new += result.value.new if result.value else 0
        edited += result.value.modified if result.value else 0
    print(json.dumps({"new": new, "edited": edited}))
reader.close()
