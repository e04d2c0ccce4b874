"""Where a process starts under another server: the driver first, then everything else. `atelier run` does the same."""

from atelier import realtime

realtime.patch()

from atelier.app import create_app  # noqa: E402
from atelier.settings import from_environment  # noqa: E402

application = create_app(from_environment())
