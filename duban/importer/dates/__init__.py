"""From the phrases with which documents give dates to the project's due rules."""
