"""Why a file of billing edits is not loaded."""


class EditsRefused(Exception):
    """The file is not loaded, and nothing was changed. `code` is one of content's `edits.refused.*`."""

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.values = values
