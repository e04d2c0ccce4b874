"""What tests of documents start from."""
