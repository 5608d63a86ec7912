"""Room practices."""
