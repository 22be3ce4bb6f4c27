"""``python -m advisoryd``."""

import sys

from advisoryd.cli import main

sys.exit(main())
