"""Whole séances of each kind, played once through the doors: their journals are kept, and the drafts that these make."""
