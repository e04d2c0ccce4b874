"""Who facilitates on a fresh installation: the account that `run` signs in."""

FIRST_ACCOUNT = "animation@atelier.example"
FIRST_NAME = "Apolline"
