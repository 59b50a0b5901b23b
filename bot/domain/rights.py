"""What a room can give the bot or withhold from it, whatever its platform calls that."""

from enum import StrEnum


class Right(StrEnum):
    """One thing that the bot may do in a room."""

    READS_ALL = "reads_all"
    DELETES = "deletes"
    PINS = "pins"
    POSTS = "posts"
