"""From the bytes of a file to a document: paragraphs and tables, whatever the format."""
