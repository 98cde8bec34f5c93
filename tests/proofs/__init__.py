"""Proofs: nothing that was confirmed is lost, nothing is doubled."""
