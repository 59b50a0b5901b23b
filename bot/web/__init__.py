"""What is looked at in a browser: the chat, health and metrics."""
