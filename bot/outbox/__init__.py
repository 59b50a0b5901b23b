"""Stored effects on their way out; the only caller of Bridge.send, edit, redact and pin."""
