"""The web chat: a platform that lives in this process and is looked at in a browser."""
