"""Made-up schools to try things on, from a seed: plain values, written by the same store functions as the site."""
