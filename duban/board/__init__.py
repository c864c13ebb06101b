"""The pages: a unit's, behind the link in its mail, and the office's, behind a sign-in."""
