"""What only Medicare's Summary Notice has: hospital stays with benefit days, claims named by their totals, heads of two designs.

The tables of services themselves are read as on any statement.
"""
