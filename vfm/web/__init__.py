"""What speaks HTTP: the only room that knows Flask and WTForms; one module per subject."""
