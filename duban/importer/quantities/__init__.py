"""From the words of a text to the quantities that it sets as targets."""
