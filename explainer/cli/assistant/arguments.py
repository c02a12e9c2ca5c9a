"""What each tool takes. Strict: an unknown name or a wrong type is refused, never guessed at."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Format = Literal["auto", "text", "csv", "xlsx", "pdf", "image", "x12-835", "fhir-eob", "msn", "sbc", "bill"]
MOST_UNITS, MOST_MINUTES, MOST_SERVICES = 24, 600, 20


class Arguments(BaseModel):
    """Strict, and closed to unknown names."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Paper(Arguments):
    """One paper, by exactly one of text, base64 and path."""

    text: str = Field("", description="The text of the paper, as copied from it.")
    base64: str = Field("", description="The bytes of the file (PDF, photo, spreadsheet, 835 ...), in base64.")
    path: str = Field("", description="A file on this machine. Only under a folder that the person named at the start.")
    name: str = Field("", max_length=200, description="What to call it, such as its file name.")
    format: Format = "auto"


class InLanguage(Arguments):
    """The language of what is said."""

    lang: Literal["en", "es"] = Field("en", description="The language of the answer.")


class Papers(InLanguage):
    """One person's papers."""

    documents: list[Paper] = Field(min_length=1, description="The papers. Give each exactly one of text, base64, path.")


class Questions(InLanguage):
    """A whole conversation: nothing is remembered between calls."""

    questions: list[str] = Field(
        min_length=1, description="The person's questions in their own words, in order, those asked before included."
    )
    documents: list[Paper] = Field(
        default_factory=list, description="The papers they are about. Without any, only general questions can be answered."
    )
    why: bool = Field(False, description="Also say how each answer was found: words, places on the paper, dated facts.")


class Code(InLanguage):
    """One code."""

    code: str = Field(min_length=1, max_length=12, description="Such as 97110, GP, CO-45 or N130.")


class Service(Arguments):
    """One service of a day."""

    code: str = Field("", max_length=12, description="Its procedure code, where it is known.")
    units: int | None = Field(None, ge=1, le=MOST_UNITS)
    minutes: int | None = Field(None, ge=1, le=MOST_MINUTES, description="Minutes of one-on-one treatment.")


class Day(InLanguage):
    """The timed services of one day."""

    services: list[Service] = Field(
        min_length=1,
        max_length=MOST_SERVICES,
        description="Give every service its units, or every service its minutes, or every service both to compare them.",
    )
