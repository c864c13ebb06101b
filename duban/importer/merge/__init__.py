"""Importing again: the document as it is now against the YAML that a clerk has edited."""
