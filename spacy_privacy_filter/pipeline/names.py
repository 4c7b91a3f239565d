"""Names of our components, as spaCy knows their factories."""

from typing import Final

FILTER: Final = "privacy_filter"
TEXTCAT: Final = "privacy_filter_textcat"
RULES: Final = "privacy_filter_rules"
REDACT: Final = "privacy_filter_redact"
