"""``python -m mizuho_pdca``."""

from mizuho_pdca.cli.main import run

run()
