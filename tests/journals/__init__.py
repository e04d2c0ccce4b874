"""Golden journals, one per release: what was written must be read for ever."""
