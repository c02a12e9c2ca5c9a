"""Last days as a calendar file (iCalendar, RFC 5545): all-day events with reminders, and nothing of the patient's health.

Only a day that a paper prints or that the checks counted is given, never a past one, and the text says which of the two it is.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from explainer.model.finding import Finding
from explainer.takeaway.deadlines import counted_from, deadlines, last_day
from explainer.takeaway.matter import Matter

REMIND_DAYS = (14, 7, 1)
_HOUR = 9
_OCTETS = 75
_PRINTED = "printed-day"


@dataclass(frozen=True, slots=True)
class Event:
    """A day to keep. kind: appeal or due. title, text: in the person's language, without names, services or amounts."""

    kind: str
    day: date
    title: str
    text: str

    @property
    def uid(self) -> str:
        """The same for the same day each time, so that a calendar replaces it; it holds the kind and the day alone."""
        return f"{self.kind}-{self.day:%Y%m%d}@eob-explainer.invalid"


def events(matters: Iterable[Matter]) -> tuple[Event, ...]:
    """The days to come, each once: last days to appeal, and days by which a bill asks for payment."""
    found = (e for m in matters for e in (*_appeals(m), *_dues(m)) if e.day >= m.case.today)
    return tuple(sorted({e.uid: e for e in found}.values(), key=lambda e: (e.day, e.kind)))


def _appeals(matter: Matter) -> Iterator[Event]:
    for finding in deadlines(matter):
        last = last_day(finding)
        if last is not None:
            text = f"{_why(matter, finding)} {matter.say('calendar.wins')}"
            yield Event("appeal", last, matter.say("calendar.appeal"), text)


def _why(matter: Matter, finding: Finding) -> str:
    """Whether the paper prints the day, or how it was counted."""
    notice, days = counted_from(finding), finding.values.get("days")
    if notice is None or finding.case == _PRINTED:
        return matter.say("calendar.printed")
    if "plan_key" in finding.values or not isinstance(days, int):
        return matter.say("calendar.counted-rule", notice=notice)
    return matter.say("calendar.counted-paper", days=days, notice=notice)


def _dues(matter: Matter) -> Iterator[Event]:
    text = f"{matter.say('calendar.printed')} {matter.say('calendar.due-wins')}"
    for bill in matter.bills:
        if bill.due_date is not None:
            yield Event("due", bill.due_date, matter.say("calendar.due"), text)


def calendar_file(found: Sequence[Event], today: date) -> str:
    """The events as a file. Lines end and are folded as RFC 5545 wants it."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//EOB Explainer//Last days//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    for event in found:
        lines += _event(event, today)
    return "".join(f"{_folded(line)}\r\n" for line in (*lines, "END:VCALENDAR"))


def _event(event: Event, today: date) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{today:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(event.title)}"
    yield f"DESCRIPTION:{_escaped(event.text)}"
    yield "CLASS:PRIVATE"
    yield "TRANSP:TRANSPARENT"
    for days in REMIND_DAYS:
        if event.day - timedelta(days=days) >= today:
            yield from _alarm(event, days)
    yield "END:VEVENT"


def _alarm(event: Event, days: int) -> Iterator[str]:
    """In the morning of the day so many days before, since an all-day event begins at midnight."""
    yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_escaped(event.title)}")
    yield f"TRIGGER:-P{days - 1}DT{24 - _HOUR}H" if days > 1 else f"TRIGGER:-PT{24 - _HOUR}H"
    yield "END:VALARM"


def _escaped(text: str) -> str:
    """A text value: backslash, comma, semicolon and line ends are marked; other control characters are left out."""
    marked = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    return "".join(c for c in marked if c.isprintable())


def _folded(line: str) -> str:
    """Cut into pieces of at most 75 bytes, never within a character; each further piece begins with a space."""
    pieces: list[str] = []
    piece = ""
    for character in line:
        room = _OCTETS if not pieces else _OCTETS - 1
        if len((piece + character).encode()) > room:
            pieces.append(piece)
            piece = ""
        piece += character
    return "\r\n ".join((*pieces, piece))
