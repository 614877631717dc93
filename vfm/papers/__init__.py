"""What we explain: sixteen short papers, one Markdown file each, read and checked by paper.py."""
