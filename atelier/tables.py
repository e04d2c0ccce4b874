"""Every table of the product, for migrations and for walks over the whole database."""

from __future__ import annotations

from atelier.db import Base
from atelier.live import models as live_models  # noqa: F401 - they register their tables
from atelier.minutes import models as minutes_models  # noqa: F401
from atelier.people import models as people_models  # noqa: F401
from atelier.workshops import models as workshop_models  # noqa: F401

metadata = Base.metadata
