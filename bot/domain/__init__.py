"""What the bot is about, in plain values: no I/O, no clock, no chat platform, no database."""
