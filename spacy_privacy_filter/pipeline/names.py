"""The names under which spaCy knows our components: `nlp.add_pipe(FILTER)`."""

from typing import Final

FILTER: Final = "privacy_filter"
TEXTCAT: Final = "privacy_filter_textcat"
RULES: Final = "privacy_filter_rules"
REDACT: Final = "privacy_filter_redact"
