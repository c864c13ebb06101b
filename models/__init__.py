"""What things are: frozen, strict, without input, output or clock."""
