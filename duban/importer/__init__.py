"""From a government document to a draft matrix that a clerk only has to confirm."""
