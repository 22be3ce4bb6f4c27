"""advisoryd: hears what governments tell their citizens about travelling abroad, and tells the right people."""

__version__ = "0.1.0"
