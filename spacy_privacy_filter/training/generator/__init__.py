"""Made-up texts with known spans: a seed -> rows in the format of the training data.

For what the gathered sources lack: links, secrets, addresses, phone and account numbers, names of
many cultures, messy text, and things that look like personal data and are not.
"""

from .rows import LABELS, generate, templates_of

__all__ = ["LABELS", "generate", "templates_of"]
