"""What is written -> what it is, where that is nobody's: hashes, versions, measures, methods."""
