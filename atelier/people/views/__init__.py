"""The HTTP doors of this capability: signing in, the installation, the legal pages, contacts, a seat given back."""

from atelier.people.views import contacts, installation, legal, refusals, restore, signing_in  # noqa: F401 - routes
from atelier.people.views.blueprint import blueprint

__all__ = ["blueprint"]
