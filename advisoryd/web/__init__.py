"""The daemon's own web server: so far the page on which a reader acknowledges an alert."""
