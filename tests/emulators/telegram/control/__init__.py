"""The town over HTTP, for a bot that runs as a process and for a hand with curl."""
