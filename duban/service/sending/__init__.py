"""From queued notices to mails on the wire, and nudges beside them."""
