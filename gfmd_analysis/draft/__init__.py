"""Room draft."""
