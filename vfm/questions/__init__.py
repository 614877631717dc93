"""What we ask: the bank of questions, one TOML file a stage, read and checked by bank.py."""
