"""Room coverage."""
