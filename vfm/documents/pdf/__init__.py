"""PDF that everybody can read: `make_pdf` in document.py, from the plain parts in parts.py."""
