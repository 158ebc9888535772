"""What the two languages share: English words and stems, gloss vectors, numbers and names, and word links."""
