"""Answers by mail: read, checked, understood, acted on or left to the office."""
