"""A package of two extension modules."""
