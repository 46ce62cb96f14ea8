"""Rules of wijk-werken; plain values in, plain values out."""
