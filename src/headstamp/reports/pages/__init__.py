"""What stands on which page? One module per page, each from a case to a template's values."""
