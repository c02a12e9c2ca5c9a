"""Whether a page is in Spanish: then it is read again with Spanish data, as English data loses the accents."""

from collections.abc import Sequence

from explainer.readers.ocr.engine import Seen

_SPANISH = frozenset((
    "de", "del", "la", "el", "los", "las", "su", "sus", "que", "por", "para", "usted", "fecha", "pagado", "reclamo", "plan",
    "servicio", "servicios", "cantidad", "proveedor", "paciente", "miembro", "beneficios", "factura", "esto", "responsabilidad",
    "con", "una", "si", "total", "debe", "aviso",
))  # fmt: skip
_ENGLISH = frozenset((
    "the", "of", "you", "your", "this", "is", "for", "and", "amount", "claim", "date", "service", "provider", "patient", "member",
    "plan", "total", "paid", "not", "billed", "allowed", "may", "owe", "to", "a",
))  # fmt: skip
_LEAST = 6


def looks_spanish(words: Sequence[Seen]) -> bool:
    """Whether common Spanish words outnumber English ones by far."""
    said = [w.text.strip(".,:;()").lower() for w in words]
    spanish = sum(1 for w in said if w in _SPANISH)
    return spanish >= _LEAST and spanish > 2 * sum(1 for w in said if w in _ENGLISH)
