"""The regimes that are watched: one YAML file each, and the code that validates them."""

from sources.config import Kind, RegimeConfig, Schedule, SourceConfig
from sources.load import load_regimes, regime_named
from sources.profile import profile_of

__all__ = ["Kind", "RegimeConfig", "Schedule", "SourceConfig", "load_regimes", "profile_of", "regime_named"]
