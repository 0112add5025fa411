"""What the tests need from the machine besides Python libraries."""
