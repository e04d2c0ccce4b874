"""The rehearsal: simulated phones play a copy of a séance through the front door, and say whether the server follows (D-24)."""
