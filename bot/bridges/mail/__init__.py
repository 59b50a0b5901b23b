"""Mail, over SMTP."""
