"""The rules that look across entries and files; each file holds one family of codes."""
