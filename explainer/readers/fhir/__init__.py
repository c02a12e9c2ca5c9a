"""FHIR ExplanationOfBenefit: a JSON file from a plan's data service, read into the same records as a paper."""

from explainer.readers.fhir.reader import read_fhir

__all__ = ["read_fhir"]
