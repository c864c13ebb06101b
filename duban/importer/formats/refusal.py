"""The refusal of a file that cannot, or must not, be read."""

from duban.errors import Refused


class FormatRefused(Refused):
    """A file that is not read: ``code`` names the reason, the hint says what to do instead."""

    def __init__(self, code: str, message: str, remedy: str) -> None:
        super().__init__(message, remedy)
        self.code = code
