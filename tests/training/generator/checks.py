"""Checks of numbers, by their definitions and not by our functions."""

from __future__ import annotations


def passes_luhn(number: str) -> bool:
    """Check a whole number, by the definition and not by our function for its last digit."""
    digits = [int(char) for char in number if char.isdigit()][::-1]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0
