"""Values as a report shows them."""

SHOWN_CHARACTERS = 300


def shown(value: str) -> str:
    """A value cut to a length that a list can hold."""
    return value if len(value) <= SHOWN_CHARACTERS else value[:SHOWN_CHARACTERS] + "…"
