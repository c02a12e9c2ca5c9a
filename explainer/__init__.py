"""EOB Explainer: reads an Explanation of Benefits and says in plain words what it means."""

__version__ = "0.1.0"
