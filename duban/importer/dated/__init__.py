"""From sentences to the dated and periodic things that a document asks for."""
