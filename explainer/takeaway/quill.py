"""The pieces that letters share: who writes to whom about what, and figures of the papers in sentences of content."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from explainer.case import total_of
from explainer.explain import finding_text
from explainer.knowledge.wording import Blank, day, listed
from explainer.model.document import Claim, ServiceLine, plain_key
from explainer.model.finding import Finding
from explainer.takeaway.matter import Matter

_MOST_LISTED = 12
_WRITTEN_OFF, _MORE, _STRANGERS = "bill.write-off-billed", "bill.more-than-eob", "bill.unmatched"


@dataclass(frozen=True, slots=True)
class Quill:
    """Writes the pieces of a letter to a provider, in the matter's language."""

    matter: Matter

    def say(self, key: str, **values: Blank) -> str:
        """A piece of content."""
        return self.matter.say(key, **values)

    def blank(self, name: str) -> str:
        """A blank to fill in: "[amount on the bill]"."""
        return self.say(f"letter.blank.{name}")

    def head(self, kind: str) -> Iterable[str]:
        """The address, what it is about, and the greeting."""
        office = self.say("letter.office.records" if kind == "records" else "letter.office.billing")
        to = {
            "date": self.blank("date"),
            "provider": self.provider or self.blank("provider"),
            "office": office,
            "address": self.blank("address"),
        }
        yield self.say("letter.to", **to)
        yield self.say("letter.about", subject=self.say(f"letter.{kind}.subject"), **self._numbers())
        yield self.say("letter.open")

    def close(self) -> str:
        """Thanks and a place to sign."""
        return self.say("letter.close", name=self.blank("me"), phone=self.blank("phone"))

    @property
    def provider(self) -> str | None:
        """Who the letter goes to: whose bill it is, else the only provider on the plan's papers. None where there are several."""
        billed = next((c.provider for b in self.matter.bills for c in b.claims if c.provider), None)
        names = {plain_key(c.provider): c.provider for c in self.matter.claims if c.provider}
        return billed or (next(iter(names.values())) if len(names) == 1 else None)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims on the plan's papers that are that provider's; all where only one stands there, or none is known."""
        names = {plain_key(c.provider) for c in self.matter.claims if c.provider}
        if len(names) < 2 or self.provider is None:
            return self.matter.claims
        return tuple(c for c in self.matter.claims if c.provider and plain_key(c.provider) == plain_key(self.provider))

    @property
    def owed(self) -> Decimal | None:
        """The share of that provider's claims; None where it is not known whose letter it is, or what is owed."""
        if self.provider is None or self.matter.owed is None or not self.claims:
            return None
        return total_of(self.claims, "patient_owes")

    def _lines(self) -> tuple[ServiceLine, ...]:
        """The services of those claims, else of the bills."""
        billed = tuple(c for b in self.matter.bills for c in b.claims)
        return tuple(line for c in (self.claims or billed) for line in c.lines)

    def _numbers(self) -> dict[str, Blank]:
        every = [*(c for b in self.matter.bills for c in b.claims), *self.claims]
        person = self.matter.talk.person
        patient = person.own_name if person else next((c.patient for c in every if c.patient), None)
        days = sorted({line.service_date for line in self._lines() if line.service_date})
        return {
            "name": patient or self.blank("patient"),
            "account": self._listed(c.account_number for c in every) or self.blank("account"),
            "claim": self._listed(c.claim_id for c in self.claims) or self.blank("claim"),
            "visits": self._listed(day(d, self.matter.lang) for d in days) or self.blank("days"),
        }

    def _listed(self, values: Iterable[str | None]) -> str:
        return listed(tuple(dict.fromkeys(v for v in values if v))[:_MOST_LISTED], self.matter.lang)

    def asked(self) -> dict[str, Blank]:
        """What the bill asks for and what the plan's papers say may be owed, as amounts or blanks."""
        due, owed = self.matter.due, self.owed
        return {
            "asked": due if due is not None else self.blank("asked"),
            "owed": owed if owed is not None else self.blank("owed"),
            "plan": self._plan(),
            "left": next((amount for amount in (due, owed) if amount is not None), None) or self.blank("asked"),
        }

    def _plan(self) -> str:
        """The plan's name; a blank where several plans worked on the visits, since each tells another share."""
        named = {plain_key(d.payer): d.payer for d in self.matter.plans if d.payer}
        medicare = any(d.kind == "msn" for d in self.matter.plans)
        if len(named) + (medicare and "medicare" not in named) > 1:
            return self.blank("plan")
        return next(iter(named.values()), "Medicare" if medicare else self.blank("plan"))

    def protected(self) -> tuple[str, ...]:
        """What the papers say may not be collected, as the question that goes with it."""
        return self._questions("protection.")

    def _questions(self, begin: str) -> tuple[str, ...]:
        texts = (finding_text(f, self.matter.knowledge, self.matter.lang)[1] for f in self._found(begin))
        return tuple(text for text in texts if text)

    def _found(self, begin: str) -> tuple[Finding, ...]:
        return tuple(f for f in self.matter.asked if f.id.startswith(begin))

    def differences(self) -> tuple[str, ...]:
        """Where the bill asks for more than the plan's papers leave to the patient: in all, then service by service."""
        total = [f for f in self._found(_MORE) if {"due", "share"} <= set(f.values)][:1]
        each = (*self._found(_MORE), *self._found(_WRITTEN_OFF))
        rows = [f for f in each if {"code", "day", "balance", "share"} <= set(f.values)]
        said = [self._whole(f) for f in total]
        if rows and not said:
            said.append(self.say("letter.bill.lines", plan=self._plan()))
        return (*said, *(self._row(f) for f in rows[:_MOST_LISTED]))

    def _whole(self, finding: Finding) -> str:
        key = "letter.bill.more-paid" if finding.values.get("paid") else "letter.bill.more"
        return self.say(key, plan=self._plan(), **_figures(finding))

    def _row(self, finding: Finding) -> str:
        key = "letter.bill.write-off" if finding.id == _WRITTEN_OFF else "letter.bill.line"
        return self.say(key, **_figures(finding))

    def strangers(self) -> tuple[str, ...]:
        """Services of the bill that no paper of the plan shows."""
        found = [f for f in self._found(_STRANGERS) if "codes" in f.values]
        return tuple(self.say("letter.bill.unmatched", **_figures(f)) for f in found)

    def services(self) -> str:
        """Every service with its day, to keep or strike out."""
        lines = self._lines()[:_MOST_LISTED]
        return "\n".join(self._service(line) for line in lines) if lines else self.say("letter.service-blank")

    def _service(self, line: ServiceLine) -> str:
        entry = self.matter.knowledge.procedure(line.code)
        name = entry.name.in_(self.matter.lang) if entry else line.description
        what = " ".join(part for part in (line.code, f"({name})" if line.code and name else name) if part)
        return self.say("letter.service", day=line.service_date or self.blank("day"), what=what or self.blank("service"))

    def overpaid(self) -> tuple[str, ...]:
        """What was paid at the visits against the share, with the difference where both are known."""
        paid = next((d.paid_at_visit for d in self.matter.bills if d.paid_at_visit), None)
        owed = self.owed
        known = {"owed": owed if owed is not None else self.blank("owed"), "plan": self._plan()}
        first = self.say("letter.refund.paid", paid=paid if paid is not None else self.blank("paid"), **known)
        if paid is None or owed is None or paid <= owed:
            return (first,)
        return first, self.say("letter.refund.more", difference=paid - owed)

    def fact(self, name: str) -> tuple[str, str] | None:
        """A sentence with a dated figure, and its source; None where none holds today or it was never read in a source."""
        found = self.matter.knowledge.fact_on(name, self.matter.case.today)
        if found is None or found.sure == "unverified" or not isinstance(found.value, int):
            return None
        value = Decimal(found.value) if found.unit == "usd" else found.value
        return self.say(f"letter.fact.{name}", value=value), found.source

    def helper(self) -> tuple[str, str] | None:
        """The help line about good-faith estimates."""
        contact = self.matter.knowledge.contacts.get("nsa-help-desk")
        if contact is None or contact.phone is None:
            return None
        name = contact.name.in_(self.matter.lang)
        does = contact.does.in_(self.matter.lang)
        return self.say("help.contact.phone", name=name, phone=contact.phone, does=does), contact.source


def _figures(finding: Finding) -> dict[str, Blank]:
    """A finding's values for a sentence; days travel as ISO texts, and what is not known is left out."""
    known: dict[str, Blank] = {name: value for name, value in finding.values.items() if value is not None}
    return {**known, "day": date.fromisoformat(str(known["day"]))} if "day" in known else known
