"""The list of contacts that an office collects, in Excel or Word, as a roster."""
